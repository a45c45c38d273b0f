"""The comparison canvas with its heading."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from alienlab.app.comparison import Arrangement, Comparison
from alienlab.app.open_brain import OpenBrain
from alienlab.app.workload import Workload
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.canvas.heading import CanvasHeading
from alienlab.ui.canvas.pages import CanvasPages
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
        self.heading = CanvasHeading(actions)
        self.view = CanvasView(comparison, appearance.theme)
        self._empty = _empty_page()
        self.pages = CanvasPages(self._empty)
        self.pages.add(self.view, is_wanted=self._has_tiles)
        self._lay_out()
        appearance.changed.connect(self.view.set_theme)
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
        column.addWidget(self.pages, 1)

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
