"""The list of what can be exported."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from alienlab.app.exports.sources import SheetSource

MOST_LETTERS = 21


class SourceBox(QComboBox):
    """Each source with the number of its images."""

    def __init__(self, sources: Sequence[SheetSource], chosen: SheetSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Images")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        for source in sources:
            self.addItem(f"{_short(source.name)} · {source.count:,}", source)
            self.setItemData(self.count() - 1, source.name, Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(list(sources).index(chosen))
        self.currentIndexChanged.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        self.setToolTip(f"Which images are written: {self.source.name}")

    @property
    def source(self) -> SheetSource:
        return self.currentData()


def _short(name: str) -> str:
    """As much of a long title as there is room for."""
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1].rstrip()}…"
