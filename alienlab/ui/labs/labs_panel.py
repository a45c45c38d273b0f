"""The tab of laboratories: the gallery, and the page of the one that is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from alienlab.app.labs.bench import LabBench
from alienlab.app.labs.benches import Benches
from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.labs.gallery import LabGallery
from alienlab.ui.labs.lab_page import LabPage
from alienlab.ui.theme import Theme


class LabsPanel(QWidget):
    """Pages are made when their laboratory is first opened, and kept."""

    first_shown = Signal()
    """The tab is looked at for the first time."""
    page_made = Signal(object)
    """A LabPage."""

    def __init__(
        self,
        benches: Benches,
        make_page: Callable[[LabBench, Theme], LabPage],
        picture_of: Callable[[Laboratory], QImage | None],
        appearance: AppearanceSwitch,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._benches, self._make_page, self._appearance = benches, make_page, appearance
        self.gallery = LabGallery(picture_of, appearance.theme)
        self.pages: dict[str, LabPage] = {}
        self._is_smooth = False
        self._was_shown = False
        self._stack = QStackedWidget()
        self._stack.addWidget(self.gallery)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.gallery.chosen.connect(self._open)
        benches.changed.connect(self._take_laboratories)
        benches.current_changed.connect(self._take_current)
        appearance.changed.connect(self._wear)
        self._take_laboratories()

    def sizeHint(self) -> QSize:
        return QSize(760, 560)

    @property
    def page(self) -> LabPage | None:
        """The one that is looked at; None in the gallery."""
        current = self._stack.currentWidget()
        return current if isinstance(current, LabPage) else None

    def take_focus(self) -> None:
        """Give the keyboard to what is looked at."""
        (self.page or self.gallery).take_focus()

    def set_smooth(self, smooth: bool) -> None:
        self._is_smooth = smooth
        for page in self.pages.values():
            page.exhibit.set_smooth(smooth)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self.first_shown.emit()

    def _open(self, key: str) -> None:
        self._benches.open(key)

    def _take_laboratories(self) -> None:
        """Pages of laboratories that are not on any more are closed."""
        laboratories = self._benches.laboratories
        keys = {laboratory.key for laboratory in laboratories}
        for key in [key for key in self.pages if key not in keys]:
            page = self.pages.pop(key)
            self._stack.removeWidget(page)
            page.deleteLater()
        self.gallery.show_laboratories(laboratories)

    def _take_current(self) -> None:
        bench = self._benches.current
        had_keyboard = self.isAncestorOf(QApplication.focusWidget() or self.window())
        if bench is None:
            self.gallery.refresh_pictures(self._benches.laboratories)
            self._stack.setCurrentWidget(self.gallery)
        else:
            self._stack.setCurrentWidget(self._page_of(bench))
        if had_keyboard:
            self.take_focus()

    def _page_of(self, bench: LabBench) -> LabPage:
        key = bench.laboratory.key
        if key not in self.pages:
            page = self._make_page(bench, self._appearance.theme)
            page.exhibit.set_smooth(self._is_smooth)
            page.guide.set_folded(self._benches.folds_guide)
            page.guide.folded.connect(self._fold_guides)
            self.pages[key] = page
            self._stack.addWidget(page)
            self.page_made.emit(page)
        return self.pages[key]

    def _fold_guides(self, folded: bool) -> None:
        self._benches.fold_guide(folded)
        for page in self.pages.values():
            page.guide.set_folded(folded)

    def _wear(self, theme: Theme) -> None:
        self.gallery.set_theme(theme)
        for page in self.pages.values():
            page.set_theme(theme)
