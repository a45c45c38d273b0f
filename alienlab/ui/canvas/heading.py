"""The bar above the canvas: what all images have in common, and buttons for what concerns them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from alienlab.ui.canvas.canvas_button import quiet_button
from alienlab.ui.canvas.tool_bar import CompareBar
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.window_actions import CANVAS_ARRANGEMENTS

STALE = "Settings changed: Ctrl+Enter renders them"
STALE_IN_SHORT = "Settings changed"
WIDE = 700
"""From this width on there is room for the tools' icons."""
WIDEST = 960
"""From this width on there is room for the long sentence beside what images have in common."""
ZOOM = ("canvas.zoom_out", "canvas.fit", "canvas.zoom_in")


class CanvasHeading(QFrame):
    """Buttons for the arrangements of ``CANVAS_ARRANGEMENTS``, the tools and the zoom. ``actions`` are the window's."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.common = ElidedLabel()
        self.stale = QLabel(STALE)
        self.stale.setProperty("tone", "small")
        self.stale.setToolTip(STALE)
        self.stale.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self.common, 1)
        row.addWidget(self.stale)
        row.addSpacing(8)
        for name in CANVAS_ARRANGEMENTS:
            row.addWidget(quiet_button(actions[name], with_text=True))
        row.addSpacing(4)
        self.tools = CompareBar(actions)
        row.addWidget(self.tools)
        row.addSpacing(4)
        for name in ZOOM:
            row.addWidget(quiet_button(actions[name], with_text=False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stale.setText(STALE if self.width() > WIDEST else STALE_IN_SHORT)
        self.tools.set_narrow(self.width() <= WIDE)
