"""What is dragged in a picture or plot: from places on it to values of parameters and back. No Qt."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alienlab.domain.laboratories.exhibits import Grip, Handle, Scale
from alienlab.domain.laboratories.parameters import Parameter, Value
from alienlab.ui.labs.numbers import decimals_of, fitted, place_on, step_of, value_on, written

FINENESS = 1000
"""Places along a side of a picture that points and boxes stand on."""
_UNIT = Scale("", 0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A handle with its parameter, its value, and the axes that it is read on.

    Places are shares of the picture: (0, 0) is its top left corner, (1, 1) its bottom right one.
    """

    handle: Handle
    parameter: Parameter
    value: Value
    x: Scale
    y: Scale

    @property
    def grip(self) -> Grip:
        return self.handle.grip

    @property
    def numbers(self) -> tuple[float, ...]:
        if isinstance(self.value, tuple):
            return tuple(float(part) for part in self.value)
        return (float(self.value),) if isinstance(self.value, int | float) else ()

    @property
    def words(self) -> str:
        """Of a line: its name and value."""
        unit = f" {self.parameter.unit}" if self.parameter.unit else ""
        return f"{self.parameter.name} = {written(self.numbers[0], decimals_of(self.parameter))}{unit}"

    @property
    def is_whole(self) -> bool:
        """Whether it is a box that covers the whole picture."""
        return self.grip is Grip.BOX and self.box == (0.0, 0.0, 1.0, 1.0)

    @property
    def place(self) -> tuple[float, float]:
        """Of a line or point; of a box, its middle."""
        numbers = self.numbers
        match self.grip:
            case Grip.ACROSS:
                return place_on(self.x, numbers[0]), 0.5
            case Grip.UP:
                return 0.5, 1.0 - place_on(self.y, numbers[0])
            case Grip.POINT:
                return numbers[0], numbers[1]
            case Grip.BOX:
                left, top, right, bottom = self.box
                return (left + right) / 2, (top + bottom) / 2

    @property
    def box(self) -> tuple[float, ...]:
        """Left, top, right, bottom; the whole picture where the box is empty."""
        left, top, right, bottom = self.numbers
        return self.numbers if right > left and bottom > top else (0.0, 0.0, 1.0, 1.0)

    def moved_to(self, x: float, y: float) -> Value:
        """The value with the handle at a place, as near as the parameter allows."""
        match self.grip:
            case Grip.ACROSS:
                return fitted(self.parameter, value_on(self.x, x))
            case Grip.UP:
                return fitted(self.parameter, value_on(self.y, 1.0 - y))
            case Grip.POINT:
                return _fine(x), _fine(y)
            case Grip.BOX:
                left, top, right, bottom = self.box
                width, height = right - left, bottom - top
                left = min(max(x - width / 2, 0.0), 1.0 - width)
                top = min(max(y - height / 2, 0.0), 1.0 - height)
                return _fine(left), _fine(top), _fine(left + width), _fine(top + height)

    def stepped(self, across: int, up: int, *, factor: int = 1) -> Value:
        """The value some steps of the keyboard further to the right and up."""
        match self.grip:
            case Grip.ACROSS | Grip.UP:
                scale = self.x if self.grip is Grip.ACROSS else self.y
                forward = math.copysign(1, scale.high - scale.low)
                steps = (across if self.grip is Grip.ACROSS else up) * factor * forward
                return fitted(self.parameter, self.numbers[0] + steps * step_of(self.parameter))
            case _:
                x, y = self.place
                return self.moved_to(x + across * factor / 100, y - up * factor / 100)

    def stretched(self, across: int, up: int) -> Value:
        """A box with its bottom right corner moved by steps of the keyboard."""
        left, top, right, bottom = self.box
        return drawn_box((left, top), (max(left + 0.01, right + across / 100), max(top + 0.01, bottom - up / 100)))

    def distance(self, x: float, y: float, width: float, height: float) -> float:
        """Pixels from a place to the handle, in a picture of this size; of a box, to the nearest corner."""
        at_x, at_y = self.place
        match self.grip:
            case Grip.ACROSS:
                return abs(at_x - x) * width
            case Grip.UP:
                return abs(at_y - y) * height
            case Grip.POINT:
                return math.hypot((at_x - x) * width, (at_y - y) * height)
            case Grip.BOX:
                return min(math.hypot((a - x) * width, (b - y) * height) for a, b in corners(self.box))


def held(
    handles: Iterable[Handle],
    parameters: Mapping[str, Parameter],
    values: Mapping[str, Value],
    x: Scale | None,
    y: Scale | None,
) -> tuple[Held, ...]:
    """Handles of parameters that there are."""
    return tuple(
        Held(
            handle=handle,
            parameter=parameters[handle.parameter],
            value=values[handle.parameter],
            x=x or _UNIT,
            y=y or _UNIT,
        )
        for handle in handles
        if handle.parameter in parameters and handle.parameter in values
    )


def corners(box: tuple[float, ...]) -> tuple[tuple[float, float], ...]:
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)


def drawn_box(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, ...]:
    """A box between two corners, wherever they are."""
    (x1, x2), (y1, y2) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return _fine(x1), _fine(y1), _fine(x2), _fine(y2)


def _fine(share: float) -> float:
    return min(max(round(share * FINENESS) / FINENESS, 0.0), 1.0)
