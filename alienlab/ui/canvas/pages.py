"""The pages of the canvas, of which one is seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget


class CanvasPages(QStackedWidget):
    """Each page says whether it is wanted now; of several, the one that was added last is seen."""

    def __init__(self, empty: QWidget, parent: QWidget | None = None) -> None:
        """``empty`` is seen where no other page is wanted."""
        super().__init__(parent)
        self._empty = empty
        self._wishes: list[tuple[QWidget, Callable[[], bool]]] = []
        super().addWidget(empty)

    @property
    def is_empty(self) -> bool:
        return self.currentWidget() is self._empty

    def add(self, page: QWidget, *, is_wanted: Callable[[], bool]) -> None:
        """``is_wanted`` is asked whenever ``choose`` is called."""
        self.addWidget(page)
        self._wishes.insert(0, (page, is_wanted))

    def choose(self) -> None:
        """See the page that is wanted now."""
        wanted = (page for page, is_wanted in self._wishes if is_wanted())
        self.setCurrentWidget(next(wanted, self._empty))
