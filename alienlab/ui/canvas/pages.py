"""The pages of the canvas, of which one is seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

_Wish = tuple[QWidget, Callable[[], bool]]


class CanvasPages(QStackedWidget):
    """Each page says whether it is wanted now; of several, the one that was added last is seen.

    Where one is wanted above all others, it is seen in any case.
    """

    def __init__(self, empty: QWidget, parent: QWidget | None = None) -> None:
        """``empty`` is seen where no other page is wanted."""
        super().__init__(parent)
        self._empty = empty
        self._wishes: list[_Wish] = []
        self._urgent: list[_Wish] = []
        super().addWidget(empty)

    @property
    def is_empty(self) -> bool:
        return self.currentWidget() is self._empty

    def add(self, page: QWidget, *, is_wanted: Callable[[], bool]) -> None:
        """``is_wanted`` is asked whenever ``choose`` is called."""
        self.addWidget(page)
        self._wishes.insert(0, (page, is_wanted))

    def add_above_all(self, page: QWidget, *, is_wanted: Callable[[], bool]) -> None:
        """The same before all pages that are added with ``add``; a page may be added in both ways."""
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self._urgent.insert(0, (page, is_wanted))

    def choose(self) -> None:
        """See the page that is wanted now; it takes the keyboard from the one before."""
        wanted = (page for page, is_wanted in (*self._urgent, *self._wishes) if is_wanted())
        page = next(wanted, self._empty)
        if page is self.currentWidget():
            return
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self.isAncestorOf(focused)
        self.setCurrentWidget(page)
        if had_keyboard:
            page.setFocus()
