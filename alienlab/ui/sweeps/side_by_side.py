"""Two parts beside one another, or below one another where there is no room for that."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget


class SideBySide(QWidget):
    """The first part takes the room that the second one leaves, if that is at least ``room`` pixels."""

    def __init__(self, first: QWidget, second: QWidget, *, room: int, margins: QMargins) -> None:
        super().__init__()
        self._first, self._second, self._room = first, second, room
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(margins)
        self._box.setSpacing(8)
        self._box.addWidget(first, 1)
        self._box.addWidget(second)

    @property
    def is_folded(self) -> bool:
        """Whether the parts are below one another."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def fold(self) -> None:
        """See whether there is room, after a part has changed."""
        margins = self._box.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._box.spacing()
        fits = self._second.isHidden() or room - self._second.minimumSizeHint().width() >= self._room
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction is not self._box.direction():
            self._box.setDirection(direction)
            self._box.setSpacing(8 if fits else 4)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it can be folded."""
        margins = self._box.contentsMargins()
        widest = max(self._room, 0 if self._second.isHidden() else self._second.minimumSizeHint().width())
        return QSize(widest + margins.left() + margins.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()
