"""Numbers and words that were found, as a quiet table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from alienlab.domain.laboratories.exhibits import Reading
from alienlab.ui.labs.numbers import found
from alienlab.ui.plain_text import PlainLabel

MOST_COLUMNS = 3
"""Pairs of name and value beside each other."""
PAIR_WIDTH = 264
"""Room for a pair, in pixels."""


class ReadingsTable(QWidget):
    """Values can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[tuple[QLabel, QLabel]] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 4, 16, 4)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """``name value unit`` of each reading."""
        return tuple(f"{name.text()} {value.text()}" for name, value in self._pairs if not name.isHidden())

    def show_readings(self, readings: Sequence[Reading]) -> None:
        while len(self._pairs) < len(readings):
            self._add_pair()
        for number, (name, value) in enumerate(self._pairs):
            is_used = number < len(readings)
            name.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                reading = readings[number]
                name.setText(reading.name)
                value.setText(f"{found(reading.value)} {reading.unit}".strip())
        self._arrange()
        self.setVisible(bool(readings))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _add_pair(self) -> None:
        name, value = PlainLabel(parent=self), PlainLabel(parent=self)
        name.setProperty("tone", "muted")
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pairs.append((name, value))
        self._columns = 0

    def _arrange(self) -> None:
        """As many pairs beside each other as there is room for."""
        columns = max(1, min(MOST_COLUMNS, self.width() // PAIR_WIDTH))
        if columns == self._columns:
            return
        self._columns = columns
        for number, (name, value) in enumerate(self._pairs):
            row, column = divmod(number, columns)
            self._grid.addWidget(name, row, 3 * column)
            self._grid.addWidget(value, row, 3 * column + 1)
        for column in range(3 * MOST_COLUMNS + 1):
            self._grid.setColumnMinimumWidth(column, 16 if column % 3 == 2 and column < 3 * columns else 0)
            self._grid.setColumnStretch(column, 1 if column == 3 * columns else 0)
