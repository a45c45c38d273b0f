"""Measures of plugins, for the results of a sweep."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from alienlab.domain.laboratories.declarations import Measure


class MeasureMenu(QToolButton):
    """It is there where plugins offer measures."""

    chosen = Signal(object)
    """The Measure that is to be taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("Measure ▾")
        self.setProperty("variant", "quiet")
        self.setAccessibleName("Measures of plugins")
        self.setToolTip("Measure all images of this sweep with a plugin: a further column of the table")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.measures = QMenu(self)
        self.measures.setToolTipsVisible(True)
        self.setMenu(self.measures)
        self.hide()

    def offer(self, measures: Sequence[Measure]) -> None:
        self.measures.clear()
        for measure in measures:
            action = self.measures.addAction(measure.name, lambda measure=measure: self.chosen.emit(measure))
            action.setToolTip(f"{measure.summary} (plugin {measure.plugin})")
        self.setVisible(bool(measures))
