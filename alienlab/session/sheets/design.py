"""The sizes of everything on a sheet, in whatever unit its page has: pixels or points."""

from __future__ import annotations

from dataclasses import dataclass

from alienlab.session.sheets.content import Labelling, Sheet
from alienlab.session.sheets.surface import Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What is not said here follows from the size of captions."""

    columns: int
    box: tuple[float, float]
    """Room of an image: width and height."""
    column_width: float
    """As wide as the box, or wider to give captions room."""
    gutter: float
    row_labels: float
    """Width of the labels left of the rows, with what parts them from the images; 0 without any."""
    title: Type
    text: Type
    heading: Type
    caption: Type
    labels: Labelling
    has_strip: bool
    has_value: bool
    is_whole: bool
    """Whether images are enlarged by whole numbers alone."""

    @property
    def width(self) -> float:
        """Of the grid, labels included."""
        return self.row_labels + self.columns * self.column_width + (self.columns - 1) * self.gutter

    @property
    def gap(self) -> float:
        """Between an image and what stands beneath it."""
        return (0.4 if self.labels is Labelling.CAPTIONS else 0.25) * self.caption.size

    @property
    def strip(self) -> float:
        """Height of a strip."""
        return 0.45 * self.caption.size

    @property
    def row_gap(self) -> float:
        return (1.4 if self.labels is Labelling.CAPTIONS else 0.8) * self.caption.size

    @property
    def legend(self) -> Type:
        return Type(0.88 * self.text.size)

    @property
    def head(self) -> Type:
        """Of the labels of columns and rows."""
        return Type(max(self.caption.size, 0.8 * self.text.size), is_bold=True)

    def fitted(self, width: int, height: int) -> tuple[float, float]:
        """How large an image of so many pixels is drawn."""
        scale = min(self.box[0] / width, self.box[1] / height)
        if self.is_whole and scale >= 1.0:
            scale = int(scale)
        return width * scale, height * scale


def has_strips(sheet: Sheet) -> bool:
    return any(cell.strip is not None for cell in sheet.cells)


def has_values(sheet: Sheet) -> bool:
    return sheet.scale is not None and any(cell.value is not None for cell in sheet.cells)


def largest(sheet: Sheet) -> tuple[int, int]:
    """Width and height in pixels that every image fits into."""
    return max(cell.width for cell in sheet.cells), max(cell.height for cell in sheet.cells)
