"""The comparison canvas with its heading, and the things to try beneath it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from alienlab.app.comparison import Comparison
from alienlab.app.open_brain import OpenBrain
from alienlab.app.workload import Workload
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.canvas.view import CanvasView
from alienlab.ui.elided_label import ElidedLabel

STALE = "Settings changed: Ctrl+Enter renders them"


class CanvasPanel(QWidget):
    """``actions`` are the window's, by id; the heading shows those that concern the canvas."""

    def __init__(
        self,
        comparison: Comparison,
        *,
        brain: OpenBrain,
        workload: Workload,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self._brain = brain
        self._workload = workload
        self.view = CanvasView(comparison, appearance.theme)
        self._common = ElidedLabel()
        self._stale = QLabel(STALE)
        self._stale.setProperty("tone", "small")
        self._stale.hide()
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("tone", "muted")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.view)
        self._lay_out(actions)
        appearance.changed.connect(self.view.set_theme)
        comparison.tiles_changed.connect(self._update)
        comparison.staleness_changed.connect(self._stale.setVisible)
        brain.info_changed.connect(self._take_brain)
        workload.changed.connect(self._update_empty)
        self._take_brain()

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    def _lay_out(self, actions: Mapping[str, QAction]) -> None:
        heading = QFrame()
        heading.setProperty("role", "bar")
        row = QHBoxLayout(heading)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self._common, 1)
        row.addWidget(self._stale)
        row.addSpacing(8)
        for name in ("canvas.pair", "canvas.grid"):
            row.addWidget(_button(actions[name], with_text=True))
        row.addSpacing(4)
        for name in ("canvas.zoom_out", "canvas.fit", "canvas.zoom_in"):
            row.addWidget(_button(actions[name], with_text=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(heading)
        column.addWidget(self._pages, 1)

    def _take_brain(self) -> None:
        info = self._brain.info
        self.view.set_recognises(info is not None and info.recogniser is not None)
        self._update()

    def _update(self) -> None:
        captions = self.view.captions
        self._common.set_text(captions.common)
        self._pages.setCurrentWidget(self.view if self._comparison.shown() else self._empty)
        self._update_empty()

    def _update_empty(self) -> None:
        if self._pages.currentWidget() is self._empty:
            self._empty.setText(self._empty_text())

    def _empty_text(self) -> str:
        if self._brain.info is not None:
            return "Nothing imagined yet.\nWrite a prompt and press Render (Ctrl+Enter)."
        loading = self._workload.loading
        if loading is not None:
            return f"{loading.message}…\nThe first images follow by themselves."
        return "No brain is open.\nOpen one from the File menu."

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stale.setText(STALE if self.width() > 700 else "Settings changed")


def _button(action: QAction, *, with_text: bool) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setProperty("variant", "quiet")
    style = Qt.ToolButtonStyle.ToolButtonTextOnly if with_text else Qt.ToolButtonStyle.ToolButtonIconOnly
    button.setToolButtonStyle(style)
    button.setAccessibleName(action.iconText())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
