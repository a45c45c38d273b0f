"""The verdicts that occur, each with its colour and its number of modules."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget
from superqt import QFlowLayout

from alienlab.domain.effects import THRESHOLDS, Verdict
from alienlab.ui.brain_map.legend import LEGEND_HEIGHT, SWATCH, swatch
from alienlab.ui.quantities import modules_of
from alienlab.ui.theme import Theme

_SEVERITY = (
    Verdict.NOTHING,
    Verdict.NUANCE,
    Verdict.ALTERED,
    Verdict.ANOTHER,
    Verdict.LOST,
    Verdict.NOISE,
    Verdict.FLAT,
)


class VerdictSwatches(QWidget):
    """A button for each verdict that occurs; only their numbers where there is no room for their names."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdicts: dict[Verdict, tuple[str, ...]] = {}
        self.buttons = {verdict: self._button(verdict) for verdict in _SEVERITY}
        self._flow = QFlowLayout()
        self._flow.setHorizontalSpacing(4)
        self._flow.setVerticalSpacing(0)
        self._flow.setContentsMargins(8, 0, 8, 0)
        self.setLayout(self._flow)
        self.setFixedHeight(LEGEND_HEIGHT)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        for verdict, button in self.buttons.items():
            button.setIcon(swatch(theme.verdicts[verdict], self.devicePixelRatioF()))

    def show_verdicts(self, verdicts: Mapping[Verdict, tuple[str, ...]]) -> None:
        self._verdicts = dict(verdicts)
        while self._flow.takeAt(0):
            pass
        for verdict, button in self.buttons.items():
            paths = self._verdicts.get(verdict, ())
            button.setVisible(bool(paths))
            button.setToolTip(f"{THRESHOLDS.explain(verdict)}\nClick to select {modules_of(len(paths))}.")
            button.setAccessibleName(f"Select {modules_of(len(paths))} with the verdict {verdict}")
            if paths:
                self._flow.addWidget(button)
        self._name_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_buttons()

    def _name_buttons(self) -> None:
        for text in ("{verdict} {count}", "{count}"):
            for verdict, paths in self._verdicts.items():
                self.buttons[verdict].setText(text.format(verdict=verdict, count=len(paths)))
            if self._flow.heightForWidth(self.width()) <= LEGEND_HEIGHT:
                return

    def _button(self, verdict: Verdict) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("variant", "quiet")
        button.setProperty("density", "compact")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(SWATCH, SWATCH))
        button.clicked.connect(lambda: self.chosen.emit(self._verdicts.get(verdict, ())))
        return button
