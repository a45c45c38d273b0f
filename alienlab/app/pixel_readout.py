"""The values of a pixel in words. No Qt."""

from __future__ import annotations

from alienlab.domain.events import Image

SEPARATOR = " · "
MINUS = "−"

Place = tuple[int, int]
"""Column and row of a pixel, from 0."""


def one_pixel(image: Image, at: Place) -> str:
    """Such as ``x 12, y 40 · 203 181 90 of 255``."""
    return SEPARATOR.join((_where(at), f"{_values(image, at)} of 255"))


def two_pixels(a: Image, at_a: Place | None, b: Image, at_b: Place | None) -> str:
    """The same place in both; None where an image does not reach it. At least one of them does.

    The place is that in the larger image.
    """
    larger = at_a if at_b is None or (at_a is not None and a.size >= b.size) else at_b
    assert larger is not None
    parts = [_where(larger), f"A {_said(a, at_a)}", f"B {_said(b, at_b)}"]
    if at_a is not None and at_b is not None:
        parts.append(f"B {MINUS} A {_differences(a, at_a, b, at_b)}")
    return f"{SEPARATOR.join(parts)} of 255"


def _where(at: Place) -> str:
    return f"x {at[0]}, y {at[1]}"


def _said(image: Image, at: Place | None) -> str:
    return "not there" if at is None else _values(image, at)


def _values(image: Image, at: Place) -> str:
    return " ".join(str(int(value)) for value in image[at[1], at[0], :3])


def _differences(a: Image, at_a: Place, b: Image, at_b: Place) -> str:
    pairs = zip(a[at_a[1], at_a[0], :3], b[at_b[1], at_b[0], :3], strict=True)
    return " ".join(_signed(int(of_b) - int(of_a)) for of_a, of_b in pairs)


def _signed(value: int) -> str:
    return f"{MINUS}{-value}" if value < 0 else f"+{value}" if value else "0"
