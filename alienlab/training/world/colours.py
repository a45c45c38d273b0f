"""The world's colour words."""

from __future__ import annotations

RGB = tuple[int, int, int]

COLOURS: dict[str, RGB] = {
    "red": (222, 48, 52),
    "orange": (243, 138, 38),
    "yellow": (247, 208, 62),
    "green": (66, 170, 82),
    "turquoise": (54, 190, 188),
    "blue": (58, 112, 218),
    "purple": (138, 78, 196),
    "pink": (244, 140, 182),
    "brown": (140, 92, 58),
    "black": (40, 40, 46),
    "gray": (144, 148, 154),
    "white": (242, 242, 244),
}


def mixed(first: RGB, second: RGB, share: float) -> RGB:
    """``share`` 0 gives the first colour, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue
