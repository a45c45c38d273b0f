"""Parameters of laboratories, sweeps and exporters: what they are called, what they may be, and checked values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from alienlab.domain.errors import AlienLabError, RecipeError
from alienlab.domain.lesions import LesionSpec

LONGEST_TEXT = 20_000
MOST_LESIONS = 2_000
LONGEST_SAID = 60
LARGEST_NUMBER = 1e300
_DIGEST = re.compile(r"[0-9a-f]{64}")


class ParameterKind(StrEnum):
    """What a parameter is, and with it what sets it."""

    NUMBER = "number"
    WHOLE = "whole"
    SWITCH = "switch"
    CHOICE = "choice"
    TEXT = "text"
    POINT = "point"
    """Two numbers from 0 to 1: how far to the right and how far down in a picture."""
    BOX = "box"
    """Left, top, right, bottom, each from 0 to 1; an empty box (0, 0, 0, 0) stands for the whole picture."""
    LESIONS = "lesions"
    """Lesions of the laboratory's network, in their text form."""
    IMAGE = "image"
    FILE = "file"
    FOLDER = "folder"
    BRAIN = "brain"

    @property
    def is_material(self) -> bool:
        """Whether it stands for something outside the recipe."""
        return self in (ParameterKind.IMAGE, ParameterKind.FILE, ParameterKind.FOLDER, ParameterKind.BRAIN)


@dataclass(frozen=True, slots=True)
class Material:
    """An image, file, folder or brain that a laboratory reads: what it holds, and where it was found."""

    place: str
    """A path; ``blob:DIGEST`` for an image that the session keeps."""
    digest: str = ""
    """SHA-256 of what it holds; of an image, of its pixels; of a brain, its hash. Empty until it was read."""


Value = bool | int | float | str | tuple[float, ...] | tuple[str, ...] | Material | None
"""None stands for the laboratory's own material."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of a choice."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """Declared by a plugin."""

    id: str
    """A word of small letters, digits and ``_``; the command line writes ``-`` for ``_``."""
    name: str
    kind: ParameterKind
    default: Value
    low: float | None = None
    high: float | None = None
    """Limits of numbers, both included."""
    step: float | None = None
    """Smallest step of a slider; None leaves it to the window."""
    is_logarithmic: bool = False
    """Whether its slider moves by factors."""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    hint: str = ""
    """A sentence for its tooltip and for ``--help``."""
    is_slow: bool = False
    """Whether a change of it makes for a long computation, which waits to be asked for."""

    def check(self, value: Any) -> Value:
        """The value in its canonical form. Raises RecipeError with a sentence where it is none of this parameter."""
        return _CHECKS[self.kind](self, value)

    def read(self, text: str) -> Value:
        """A value as it is written on the command line. Raises RecipeError."""
        return self.check(_READERS.get(self.kind, str)(text.strip()))

    def to_json(self, value: Value) -> Any:
        """What a recipe keeps of a value."""
        match value:
            case Material(place=place, digest=digest):
                return {"digest": digest, "place": place}
            case tuple():
                return list(value)
            case _:
                return value


class Values(Mapping[str, Value]):
    """Checked values by parameter id, with a getter for each kind so that their types are known."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = dict(values)

    def __getitem__(self, id_: str) -> Value:
        return self._values[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Values({self._values!r})"

    def number(self, id_: str) -> float:
        return float(self._number(id_))

    def whole(self, id_: str) -> int:
        return int(self._number(id_))

    def switch(self, id_: str) -> bool:
        return bool(self._values[id_])

    def text(self, id_: str) -> str:
        """Of a text or a choice."""
        return str(self._values[id_])

    def numbers(self, id_: str) -> tuple[float, ...]:
        """Of a point or a box."""
        value = self._values[id_]
        return tuple(float(part) for part in value) if isinstance(value, tuple) else ()

    def lesions(self, id_: str) -> tuple[str, ...]:
        value = self._values[id_]
        return tuple(str(part) for part in value) if isinstance(value, tuple) else ()

    def material(self, id_: str) -> Material | None:
        """None where the laboratory is to take its own."""
        value = self._values[id_]
        return value if isinstance(value, Material) else None

    def _number(self, id_: str) -> float:
        value = self._values[id_]
        if not isinstance(value, int | float):
            raise TypeError(f"'{id_}' is no number: {value!r}.")
        return value


def checked(parameters: Iterable[Parameter], given: Mapping[str, Any]) -> Values:
    """A value for each parameter, its default where none is given. Raises RecipeError, also for an unknown one."""
    known = {parameter.id: parameter for parameter in parameters}
    strange = [id_ for id_ in given if id_ not in known]
    if strange:
        raise RecipeError(f"There is no parameter '{strange[0]}'. Known are {', '.join(known) or 'none'}.")
    return Values({id_: known[id_].check(given.get(id_, known[id_].default)) for id_ in known})


def _number(parameter: Parameter, value: Any) -> float:
    if not _is_number(value):
        raise RecipeError(f"{parameter.name} is a number, not {_said(value)}.")
    return _within(parameter, float(value))


def _whole(parameter: Parameter, value: Any) -> int:
    if not _is_number(value) or value != int(value):
        raise RecipeError(f"{parameter.name} is a whole number, not {_said(value)}.")
    return int(_within(parameter, int(value)))


def _is_number(value: Any) -> bool:
    """Whether it is one that a computer reckons with: ``true`` is none, nor is what has no end."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER


def _said(value: Any) -> str:
    """What was given, no longer than can be read."""
    text = repr(value)
    return text if len(text) <= LONGEST_SAID else f"{text[:LONGEST_SAID]}…"


def _within(parameter: Parameter, value: float) -> float:
    low = -math.inf if parameter.low is None else parameter.low
    high = math.inf if parameter.high is None else parameter.high
    if not low <= value <= high:
        raise RecipeError(f"{parameter.name} {value:g} is out of range. Take one from {low:g} to {high:g}.")
    return value + 0.0  # -0.0 becomes 0.0, so that equal values have equal texts


def _switch(parameter: Parameter, value: Any) -> bool:
    if not isinstance(value, bool):
        raise RecipeError(f"{parameter.name} is on or off, not {_said(value)}.")
    return value


def _choice(parameter: Parameter, value: Any) -> str:
    ids = [choice.id for choice in parameter.choices]
    if value not in ids:
        raise RecipeError(f"{parameter.name} cannot be {_said(value)}. Take one of: {', '.join(ids)}.")
    return str(value)


def _text(parameter: Parameter, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise RecipeError(f"{parameter.name} is a text of at most {LONGEST_TEXT:,} characters.")
    return value


def _fractions(parameter: Parameter, value: Any) -> tuple[float, ...]:
    wanted = 2 if parameter.kind is ParameterKind.POINT else 4
    parts = tuple(value) if isinstance(value, list | tuple) else ()
    if len(parts) != wanted or not all(isinstance(part, int | float) and 0 <= part <= 1 for part in parts):
        raise RecipeError(f"{parameter.name} is {wanted} numbers from 0 to 1, not {_said(value)}.")
    return tuple(float(part) for part in parts)


def _lesions(parameter: Parameter, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or len(value) > MOST_LESIONS:
        raise RecipeError(f"{parameter.name} is a list of lesions.")
    try:
        return tuple(str(LesionSpec.parse(str(text))) for text in value)
    except AlienLabError as error:
        raise RecipeError(str(error)) from error


def _material(parameter: Parameter, value: Any) -> Material | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = Material(value)
    if isinstance(value, Mapping):
        value = Material(str(value.get("place", "")), str(value.get("digest", "")))
    is_sound = isinstance(value, Material) and len(value.place) <= LONGEST_TEXT and "\0" not in value.place
    if not is_sound or (value.digest and not _DIGEST.fullmatch(value.digest)):
        raise RecipeError(f"{parameter.name} cannot be read: {_said(value)}.")
    return value


def _read_number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _read_switch(text: str) -> bool | str:
    return {"on": True, "yes": True, "true": True, "1": True}.get(
        text.lower(), False if text.lower() in ("off", "no", "false", "0") else text
    )


def _read_fractions(text: str) -> tuple[float | str, ...]:
    return tuple(_read_number(part) for part in re.split(r"[,\s]+", text))


def _read_lesions(text: str) -> tuple[str, ...]:
    return tuple(line for line in re.split(r"\s*[\n,]\s*", text) if line)


_CHECKS = {
    ParameterKind.NUMBER: _number,
    ParameterKind.WHOLE: _whole,
    ParameterKind.SWITCH: _switch,
    ParameterKind.CHOICE: _choice,
    ParameterKind.TEXT: _text,
    ParameterKind.POINT: _fractions,
    ParameterKind.BOX: _fractions,
    ParameterKind.LESIONS: _lesions,
    ParameterKind.IMAGE: _material,
    ParameterKind.FILE: _material,
    ParameterKind.FOLDER: _material,
    ParameterKind.BRAIN: _material,
}
_READERS = {
    ParameterKind.NUMBER: _read_number,
    ParameterKind.WHOLE: _read_number,
    ParameterKind.SWITCH: _read_switch,
    ParameterKind.POINT: _read_fractions,
    ParameterKind.BOX: _read_fractions,
    ParameterKind.LESIONS: _read_lesions,
}
