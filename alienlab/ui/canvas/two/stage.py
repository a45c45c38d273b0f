"""Where the image of a tool, its captions and its colour bar stand. No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

from alienlab.ui.canvas.layout import CAPTION_LINE, CAPTION_MARGIN, GAP, Fit, Rect

BAR_ROOM = 104.0
"""Beside the image, for the colour bar and its figures."""
LETTER_ROOM = 16.0
"""Beside the image, for the letters A and B, besides the usual gap."""
BAR_WIDTH = 12.0
LOW = 360.0
"""Below this height there is little room around the picture, and one caption line."""
CLOSE = 4.0
"""The gap there."""


@dataclass(frozen=True, slots=True)
class Stage:
    picture: Rect
    caption: Rect
    """As wide as the view: a small image has long captions too."""
    bar: Rect
    """Of no use where the tool has no colours to explain."""
    caption_lines: int


def stage_of(*, width: float, height: float, fit: Fit, with_bar: bool) -> Stage:
    """All in the middle of width × height; the picture begins at a whole pixel."""
    lines, gap = (1, CLOSE) if height < LOW else (3, GAP)
    caption = CAPTION_MARGIN + lines * CAPTION_LINE
    beside = BAR_ROOM if with_bar else LETTER_ROOM
    room_x = max(1.0, width - 2 * GAP - 2 * beside)
    room_y = max(1.0, height - 2 * gap - caption)
    picture_width, picture_height = fit.into(room_x, room_y)
    x = math.floor((width - picture_width) / 2)
    y = math.floor(max(gap, (height - picture_height - caption) / 2))
    picture = Rect(x, y, picture_width, picture_height)
    below = Rect(GAP, picture.bottom, max(1.0, width - 2 * GAP), caption)
    return Stage(picture, below, Rect(picture.right + GAP, y, BAR_WIDTH, picture_height), lines)
