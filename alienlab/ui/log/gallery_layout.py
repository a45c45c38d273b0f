"""Where the cells and headings of a gallery stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize

from alienlab.app.log.grouping import Section

MARGIN = 8
HEADING = 36


@dataclass(frozen=True, slots=True)
class _Band:
    """A section with its place."""

    section: Section
    top: int

    @property
    def heading(self) -> int:
        """Height."""
        return HEADING if self.section.group is not None else 0


class GalleryLayout:
    """Rows of the model in lines of cells, in pixels from the top of all."""

    def __init__(self, sections: Sequence[Section], cell: QSize, width: int) -> None:
        self.cell = cell
        self._width = max(width, cell.width() + 2 * MARGIN)
        self.columns = max(1, (self._width - 2 * MARGIN) // cell.width())
        self._left = MARGIN + (self._width - 2 * MARGIN - self.columns * cell.width()) // 2
        self._bands: list[_Band] = []
        top = MARGIN
        for section in sections:
            band = _Band(section, top)
            self._bands.append(band)
            top += band.heading + -(-section.count // self.columns) * cell.height()
        self._tops = [band.top for band in self._bands]
        self._rows = [section.row for section in sections]
        self.height = top + MARGIN

    def rect(self, row: int) -> QRect:
        """Of a cell or a heading."""
        if not self._bands:
            return QRect()
        band = self._bands[max(0, bisect_right(self._rows, row) - 1)]
        place = row - band.section.first
        if place < 0:
            return QRect(0, band.top, self._width, HEADING)
        line, column = divmod(place, self.columns)
        corner = QPoint(self._left + column * self.cell.width(), band.top + band.heading + line * self.cell.height())
        return QRect(corner, self.cell)

    def row_at(self, place: QPoint) -> int | None:
        """None beside the cells."""
        band = self._band_at(place.y())
        if band is None:
            return None
        below = place.y() - band.top - band.heading
        if below < 0:
            return band.section.row
        column = (place.x() - self._left) // self.cell.width()
        at = below // self.cell.height() * self.columns + column
        return band.section.first + at if 0 <= column < self.columns and at < band.section.count else None

    def rows_between(self, top: int, bottom: int) -> Iterator[int]:
        """Rows that stand between two heights, headings among them."""
        for band in self._bands[max(0, bisect_right(self._tops, top) - 1) :]:
            if band.top > bottom:
                return
            if band.heading:
                yield band.section.row
            start = band.top + band.heading
            first = max(0, (top - start) // self.cell.height()) * self.columns
            end = min(band.section.count, ((bottom - start) // self.cell.height() + 1) * self.columns)
            yield from range(band.section.first + first, band.section.first + max(first, end))

    def rows_within(self, area: QRect) -> list[int]:
        """Rows of renders whose cells an area touches."""
        headings = {band.section.row for band in self._bands if band.heading}
        rows = self.rows_between(area.top(), area.bottom())
        return [row for row in rows if row not in headings and self.rect(row).intersects(area)]

    def heading_at(self, top: int) -> Section | None:
        """The section whose renders stand at a height, where it has a heading that is above it."""
        band = self._band_at(top)
        return band.section if band is not None and band.heading and band.top < top else None

    def neighbour(self, row: int, lines: int) -> int:
        """The row that stands so many lines below, or above; headings are lines too."""
        rect = self.rect(row)
        x = rect.center().x() if rect.height() == self.cell.height() else self._left
        found = row
        for _ in range(abs(lines)):
            y = rect.bottom() + 1 if lines > 0 else rect.top() - 1
            band = self._band_at(y)
            if band is None:
                break
            found = self._nearest(band, x, y)
            rect = self.rect(found)
        return found

    def _nearest(self, band: _Band, x: int, y: int) -> int:
        below = y - band.top - band.heading
        if below < 0:
            return band.section.row
        column = min(self.columns - 1, max(0, (x - self._left) // self.cell.width()))
        line = below // self.cell.height()
        return band.section.first + min(band.section.count - 1, line * self.columns + column)

    def _band_at(self, y: int) -> _Band | None:
        if not self._bands or not MARGIN <= y < self.height - MARGIN:
            return None
        return self._bands[bisect_right(self._tops, y) - 1]
