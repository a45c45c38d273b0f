"""Numbers and words that were found, as a quiet table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from alienlab.domain.laboratories.exhibits import Reading
from alienlab.ui.labs.numbers import said

COLUMNS = 3
"""Pairs of name and value beside each other."""


class ReadingsTable(QWidget):
    """Values can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[tuple[QLabel, QLabel]] = []
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
                value.setText(f"{said(reading.value)} {reading.unit}".strip())
        self.setVisible(bool(readings))

    def _add_pair(self) -> None:
        name, value = QLabel(), QLabel()
        name.setProperty("tone", "muted")
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row, column = divmod(len(self._pairs), COLUMNS)
        self._grid.addWidget(name, row, 3 * column)
        self._grid.addWidget(value, row, 3 * column + 1)
        self._grid.setColumnMinimumWidth(3 * column + 2, 16)
        self._grid.setColumnStretch(3 * COLUMNS, 1)
        self._pairs.append((name, value))
