"""The comparison canvas with its heading."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from alienlab.app.comparison import Arrangement, Comparison
from alienlab.app.open_brain import OpenBrain
from alienlab.app.two_images import Tool, TwoImages
from alienlab.app.workload import Workload
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.canvas.heading import CanvasHeading
from alienlab.ui.canvas.pages import CanvasPages
from alienlab.ui.canvas.readout import PixelReadout
from alienlab.ui.canvas.shared_view import SharedView
from alienlab.ui.canvas.two.controls import ToolControls
from alienlab.ui.canvas.two.tool_actions import ToolActions
from alienlab.ui.canvas.two.view import TwoImagesView
from alienlab.ui.canvas.view import CanvasView

OF_TILES = (Arrangement.PAIR, Arrangement.GRID)
"""Arrangements that the view of tiles shows."""


class CanvasPanel(QWidget):
    """``actions`` are the window's, by id; the heading shows those that concern the canvas.

    More pages are added to ``pages``; the arrangement of the comparison says which one is seen.
    """

    def __init__(
        self,
        comparison: Comparison,
        *,
        two: TwoImages,
        brain: OpenBrain,
        workload: Workload,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self._two = two
        self._brain = brain
        self._workload = workload
        self.heading = CanvasHeading(actions)
        self.shared = SharedView(self)
        self.view = CanvasView(comparison, appearance.theme, two=two, shared=self.shared)
        self.two_view = TwoImagesView(two, appearance.theme, shared=self.shared, is_veiled=self.view.is_veiled)
        self.controls = ToolControls(two, actions)
        self.readout = PixelReadout(two, self.shared)
        self._empty = _empty_page()
        self.pages = CanvasPages(self._empty)
        self.pages.add(self.view, is_wanted=self._has_tiles)
        self.pages.add_above_all(self.view, is_wanted=lambda: two.is_open and two.tool is Tool.SIDE_BY_SIDE)
        self.pages.add_above_all(self.two_view, is_wanted=lambda: two.is_used)
        self._lay_out()
        self._tool_actions = ToolActions(two, comparison, actions, take_keyboard=self._take_keyboard, parent=self)
        appearance.changed.connect(self.view.set_theme)
        appearance.changed.connect(self.two_view.set_theme)
        self.readout.read.connect(self.view.set_read)
        self.readout.read.connect(self.two_view.set_read)
        two.changed.connect(self._update)
        comparison.tiles_changed.connect(self._update)
        comparison.staleness_changed.connect(self.heading.stale.setVisible)
        brain.info_changed.connect(self._take_brain)
        workload.changed.connect(self._update_empty)
        self._take_brain()

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.controls)
        column.addWidget(self.pages, 1)
        column.addWidget(self.readout)

    def set_smooth(self, smooth: bool) -> None:
        self.view.set_smooth(smooth)
        self.two_view.set_smooth(smooth)

    def set_blurs_flagged(self, blurs: bool) -> None:
        self.view.set_blurs_flagged(blurs)
        self.two_view.update()

    def _take_keyboard(self) -> None:
        page = self.pages.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _has_tiles(self) -> bool:
        return self._comparison.arrangement in OF_TILES and bool(self._comparison.shown())

    def _take_brain(self) -> None:
        info = self._brain.info
        self.view.set_recognises(info is not None and info.recogniser is not None)
        self._update()

    def _update(self) -> None:
        self.heading.common.set_text(self.view.captions.common)
        self.pages.choose()
        self._update_empty()

    def _update_empty(self) -> None:
        if self.pages.is_empty:
            self._empty.setText(self._empty_text())

    def _empty_text(self) -> str:
        if self._brain.info is not None:
            return "Nothing imagined yet.\nWrite a prompt and press Render (Ctrl+Enter)."
        loading = self._workload.loading
        if loading is not None:
            return f"{loading.message}…\nThe first images follow by themselves."
        return "No brain is open.\nOpen one from the File menu."


def _empty_page() -> QLabel:
    page = QLabel()
    page.setAlignment(Qt.AlignmentFlag.AlignCenter)
    page.setWordWrap(True)
    page.setProperty("tone", "muted")
    return page
