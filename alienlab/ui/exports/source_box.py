"""The list of what can be exported."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from alienlab.app.exports.sources import SheetSource


class SourceBox(QComboBox):
    """Each source with the number of its images."""

    def __init__(self, sources: Sequence[SheetSource], chosen: SheetSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Images")
        self.setToolTip("Which images are written")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        for source in sources:
            images = "image" if source.count == 1 else "images"
            self.addItem(f"{source.name} ({source.count:,} {images})", source)
        self.setCurrentIndex(list(sources).index(chosen))

    @property
    def source(self) -> SheetSource:
        return self.currentData()
