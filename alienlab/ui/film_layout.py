"""Where the rows and columns of a filmstrip stand."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from alienlab.domain.filmstrip import Filmstrip

LEGEND = 176
"""Pixels of the column of captions, which stays where it is."""
MARGIN = 12
GAP = 8
"""Between columns, and between rows."""
HEAD = 20
LINE = 16
WORDS = 2
"""Lines of what a step is of."""
PLOT = 80
LARGE, SMALL = 96, 64
"""What images and channels are as large as, about: whole pixels a latent pixel."""


@dataclass(frozen=True, slots=True)
class FilmLayout:
    """Rows from top to bottom, in pixels of the whole strip; columns begin right of the legend."""

    head: QRect
    decoded: QRect
    said: QRect
    colours: QRect
    channels: tuple[QRect, ...]
    changes: QRect
    columns: int

    @classmethod
    def of(cls, film: Filmstrip, *, recognises: bool) -> FilmLayout:
        """Rectangles are those of the first column."""
        height, width = film.frames[0].preview.shape[:2]
        large, small = (QSize(width, height) * max(1, round(side / max(width, height))) for side in (LARGE, SMALL))
        top, rows = MARGIN, []
        words = WORDS * LINE if recognises else 0
        channels = [small.height()] * film.channels
        for row in (HEAD, large.height(), words, large.height(), *channels, PLOT):
            rows.append(QRect(LEGEND, top, large.width(), row))
            top += row + (GAP if row else 0)
        pictures = []
        for row in rows[4:-1]:
            picture = QRect(row.topLeft(), small)
            picture.moveCenter(row.center())
            pictures.append(picture)
        return cls(rows[0], rows[1], rows[2], rows[3], tuple(pictures), rows[-1], len(film.frames))

    @property
    def pitch(self) -> int:
        """From one column to the next."""
        return self.head.width() + GAP

    @property
    def size(self) -> QSize:
        return QSize(LEGEND + self.columns * self.pitch - GAP + MARGIN, self.changes.bottom() + 1 + MARGIN)

    def column_at(self, x: int) -> int | None:
        """The column at so many pixels from the left edge of the strip."""
        column = (x - LEGEND + GAP // 2) // self.pitch
        return column if 0 <= column < self.columns else None

    def moved(self, row: QRect, column: int) -> QRect:
        """A row's rectangle in another column."""
        return row.translated(column * self.pitch, 0)
