"""What laboratories were set to, from one start to the next."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alienlab.domain.errors import RecipeError, SessionError
from alienlab.domain.laboratories.parameters import Parameter, Value
from alienlab.domain.recipe import MAX_NOISE_SEED
from alienlab.session.files import write_atomically

_MOST_BYTES = 8 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """How a laboratory was left."""

    experiment: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    """As JSON, by parameter id."""
    seed: int = 0
    is_seed_locked: bool = True

    def checked(self, parameters: Iterable[Parameter]) -> dict[str, Value]:
        """A value for each parameter, its default where what is remembered does not fit any more."""
        return {parameter.id: self._checked(parameter) for parameter in parameters}

    def _checked(self, parameter: Parameter) -> Value:
        with contextlib.suppress(RecipeError, TypeError, ValueError, OverflowError):
            return parameter.check(self.values.get(parameter.id, parameter.default))
        return parameter.check(parameter.default)


class LabMemory:
    """A small JSON file. One that cannot be read or written is no matter."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.folds_guide = False
        """Whether the user has folded away what to look for."""
        self._entries: dict[str, Remembered] = {}
        with contextlib.suppress(OSError, ValueError, AttributeError, TypeError, KeyError):
            data = _read(file)
            self.folds_guide = data.get("folds_guide") is True
            self._entries = _entries(data["laboratories"])

    def get(self, laboratory: str) -> Remembered:
        """By ``plugin/laboratory``."""
        return self._entries.get(laboratory, Remembered())

    def keep(self, laboratory: str, remembered: Remembered) -> None:
        """Until ``save``, in memory only."""
        self._entries[laboratory] = remembered

    def save(self) -> None:
        entries = {key: _to_json(entry) for key, entry in self._entries.items()}
        data = {"folds_guide": self.folds_guide, "laboratories": entries}
        with contextlib.suppress(SessionError, TypeError, ValueError):
            write_atomically(self._file, json.dumps(data, indent=1).encode())


def _read(file: Path) -> Any:
    with file.open("rb") as stream:
        return json.loads(stream.read(_MOST_BYTES))


def _entries(data: Mapping[str, Any]) -> dict[str, Remembered]:
    return {str(key): _from_json(entry) for key, entry in data.items() if isinstance(entry, Mapping)}


def _to_json(entry: Remembered) -> dict[str, Any]:
    return {
        "experiment": entry.experiment,
        "values": dict(entry.values),
        "seed": entry.seed,
        "locked": entry.is_seed_locked,
    }


def _from_json(data: Mapping[str, Any]) -> Remembered:
    seed, values = data.get("seed"), data.get("values")
    return Remembered(
        experiment=str(data.get("experiment", "")),
        values=dict(values) if isinstance(values, Mapping) else {},
        seed=seed if isinstance(seed, int) and 0 <= seed <= MAX_NOISE_SEED else 0,
        is_seed_locked=data.get("locked") is not False,
    )
