"""A plane through three digits, and a picture of its basins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw

from alienlab.api import Image, Scale, Values
from alienlab_digits.falling import NOWHERE, Ends
from alienlab_digits.written import SIDE, learned_and_held_out

COLOURS = np.array(
    [
        (86, 156, 214),
        (240, 150, 60),
        (96, 178, 104),
        (214, 84, 92),
        (156, 124, 204),
        (168, 118, 88),
        (226, 138, 196),
        (226, 206, 92),
        (88, 196, 200),
        (190, 200, 210),
    ],
    dtype=np.float64,
)
"""Of the ten digits."""
_MARK = 26
"""The side of a picture in units of a mark's radius."""
_NOWHERE = np.array((38, 40, 48), dtype=np.float64)
_FADED = 0.3
"""How much of the nearest digit's colour what comes to no digit has."""

LARGE, SMALL = 432, 216
"""Pixels of a picture's side at least, so that the marks on it are fine: of one or two, and of many."""


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """Pictures at ``middle`` + x·``right`` + y·``up``; ``reach`` is x and y at the edges."""

    middle: NDArray[np.float64]
    right: NDArray[np.float64]
    up: NDArray[np.float64]
    reach: float
    corners: NDArray[np.float64]
    """[3, 2]: where the three digits are."""
    digits: tuple[int, int, int]

    def points(self, detail: int) -> NDArray[np.float32]:
        """[detail², 64], row by row from the top left: the middles of so many squares."""
        steps = ((np.arange(detail) + 0.5) / detail * 2 - 1) * self.reach
        x, y = np.meshgrid(steps, -steps)
        return self._pictures(x.ravel(), y.ravel())

    def at(self, point: tuple[float, ...]) -> NDArray[np.float32]:
        """[1, 64]: what is so far to the right and down in the picture, each from 0 to 1."""
        x, y = (point[0] * 2 - 1) * self.reach, (1 - point[1] * 2) * self.reach
        return self._pictures(np.array([x]), np.array([y]))

    def shadow(self, pictures: NDArray[np.floating]) -> NDArray[np.float64]:
        """[n, 2]: the points of the plane that are nearest to pictures [n, 64]."""
        away = pictures - self.middle
        return np.stack([away @ self.right, away @ self.up], axis=1)

    def scales(self) -> tuple[Scale, Scale]:
        """In units of the step from paper to ink, the mean over the pixels of a picture."""
        reach = self.reach / SIDE / 2
        return Scale("to the right", -reach, reach), Scale("up", -reach, reach)

    def _pictures(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float32]:
        places = np.stack([x, y], axis=1).astype(np.float32)
        return places @ np.stack([self.right, self.up]).astype(np.float32) + self.middle.astype(np.float32)


def plane_of(values: Values) -> Plane:
    """Through held-out examples of the three digits; of equal ones each is another example."""
    digits = (values.whole("first"), values.whole("second"), values.whole("third"))
    held_out = learned_and_held_out()[1]
    number = values.whole("example")
    three = np.stack([held_out.example(digit, number + place) for place, digit in enumerate(digits)]).astype(float)
    middle = three.mean(axis=0)
    right = _unit(three[1] - three[0])
    rise = three[2] - three[0]
    up = _unit(rise - (rise @ right) * right)
    corners = np.stack([(three - middle) @ right, (three - middle) @ up], axis=1)
    reach = values.number("extent") * float(np.sqrt((corners**2).sum(axis=1)).mean())
    return Plane(middle, right, up, reach, corners, digits)


def paint(
    plane: Plane, found: Ends, iterations: int, *, sharpest: int = LARGE, way: NDArray[np.float64] | None = None
) -> Image:
    """The basins: a colour for each digit, darker where it takes longer, faded where no digit is reached; on top the
    three digits, and a way on the plane.
    """
    detail = round(len(found.classes) ** 0.5)
    colours = COLOURS[found.nearest] * (1 - 0.55 * (found.soon / max(1, iterations))[:, None])
    faded = _FADED * COLOURS[found.nearest] + (1 - _FADED) * _NOWHERE
    colours = np.where((found.classes == NOWHERE)[:, None], faded, colours)
    pixels = np.rint(colours).astype(np.uint8).reshape(detail, detail, 3)
    side = detail * max(1, -(-sharpest // detail))
    image = Pillow.fromarray(pixels).resize((side, side), Pillow.Resampling.NEAREST)
    pen = ImageDraw.Draw(image)
    for digit, corner in zip(plane.digits, plane.corners, strict=True):
        _mark(pen, str(digit), _pixel(plane, corner, side))
    if way is not None:
        places = [_pixel(plane, point, side) for point in way]
        pen.line(places, fill=(255, 255, 255), width=2)
        for place in places:
            _dot(pen, place)
    return np.asarray(image)


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return vector / max(float(np.sqrt(vector @ vector)), 1e-9)


def _pixel(plane: Plane, point: NDArray[np.float64], side: int) -> tuple[float, float]:
    return (
        float((point[0] / plane.reach + 1) / 2 * side),
        float((1 - point[1] / plane.reach) / 2 * side),
    )


def _mark(pen: ImageDraw.ImageDraw, text: str, place: tuple[float, float]) -> None:
    x, y = place
    radius = pen.im.size[0] / _MARK
    pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=(16, 18, 22), outline=(255, 255, 255), width=2)
    pen.text((x, y), text, fill=(255, 255, 255), anchor="mm", font_size=1.5 * radius)


def _dot(pen: ImageDraw.ImageDraw, place: tuple[float, float]) -> None:
    x, y = place
    pen.ellipse([x - 3, y - 3, x + 3, y + 3], fill=(255, 255, 255))
