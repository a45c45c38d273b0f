"""Walls of rows that belong together and are too long for a screen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from alienlab.api import Picture, Wall

COLUMNS = 7
"""Pictures beside each other of what goes on step by step."""


def in_blocks(rows: Sequence[Sequence[Picture]], titles: tuple[str, ...], *, most: int) -> Wall:
    """The rows beneath each other, broken together: at most so many pictures beside each other."""
    length = len(rows[0])
    blocks = -(-length // most)
    columns = -(-length // blocks)
    blank = Picture(np.full_like(rows[0][0].pixels, 36))
    pictures: list[Picture] = []
    for start in range(0, length, columns):
        for row in rows:
            part = list(row[start : start + columns])
            pictures += part + [blank] * (columns - len(part))
    return Wall(tuple(pictures), columns=columns, row_titles=titles * blocks)
