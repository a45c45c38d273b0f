"""An atlas in two files: what was measured as JSON, and all images on one sheet.

One comes with the embedded brain, so that the first map that is seen is painted.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image as Pillow

from alienlab.domain.effects import Effect, Measures, Yardsticks
from alienlab.domain.errors import AlienLabError, SessionError
from alienlab.domain.events import Image
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.sweeps.results import Result
from alienlab.session.files import write_atomically

ATLAS_VERSION = 1
QUALITY = 88
DIGITS = 5
"""After the point, in JSON."""
_MOST_BYTES = 64 * 2**20
_LONGEST_SIDE = 16_383
"""What WebP can hold."""


class AtlasFile:
    """Effects of single knockouts, with their images; reads the sheet when the first image is asked for."""

    def __init__(
        self,
        sheet: Path,
        *,
        recipe: DiffusionRecipe,
        title: str,
        effects: Mapping[str, Effect],
        places: Mapping[str, int],
    ) -> None:
        """``places`` are those of the modules' images on the sheet, row by row; the intact image is the first."""
        self._sheet, self._places = sheet, places
        self.recipe, self.title, self.effects = recipe, title, effects

    @property
    def yardsticks(self) -> Yardsticks | None:
        return next((effect.yardsticks for effect in self.effects.values()), None)

    def picture(self, path: str) -> Image | None:
        """The image without a module; None where there is none."""
        return self._cut(self._places[path]) if path in self._places else None

    def intact(self) -> Image | None:
        return self._cut(0)

    @classmethod
    def read(cls, file: Path) -> AtlasFile:
        """Raises SessionError where it is not there, or malformed."""
        try:
            if file.stat().st_size > _MOST_BYTES:
                raise ValueError("too large")
            data = json.loads(file.read_text(encoding="utf-8"))
            return cls._of(data, file.with_suffix(".webp"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, AlienLabError) as error:
            raise SessionError(f"The atlas {file} cannot be read.") from error

    @classmethod
    def _of(cls, data: Mapping[str, Any], sheet: Path) -> AtlasFile:
        if data["version"] != ATLAS_VERSION:
            raise ValueError("another version")
        intact, yardsticks = Measures.from_json(data["intact"]), Yardsticks.from_json(data["yardsticks"])
        entries: Mapping[str, Any] = data["modules"]
        computed = [Measures.from_json(measures) for measures in data["measures"]]
        return cls(
            sheet,
            recipe=DiffusionRecipe.from_json(data["recipe"]),
            title=str(data["title"]),
            effects={str(path): Effect(computed[int(place)], intact, yardsticks) for path, place in entries.items()},
            places={str(path): int(place) + 1 for path, place in entries.items()},
        )

    def _cut(self, place: int) -> Image | None:
        sheet, (height, width) = self._pixels, (self.recipe.height, self.recipe.width)
        if sheet is None or sheet.shape[1] < width:
            return None
        row, column = divmod(place, sheet.shape[1] // width)
        cut = sheet[row * height : (row + 1) * height, column * width : (column + 1) * width]
        return cut.copy() if cut.shape == (height, width, 3) else None

    @cached_property
    def _pixels(self) -> Image | None:
        try:
            with Pillow.open(self._sheet, formats=("WEBP",)) as picture:
                return np.asarray(picture.convert("RGB"))
        except (OSError, ValueError, Pillow.DecompressionBombError):
            return None


def write_atlas(
    file: Path, recipe: DiffusionRecipe, title: str, rows: Iterable[Result], *, image: Callable[[str], Image | None]
) -> None:
    """Write the results of a knockout sweep as ``file`` (JSON) and a sheet beside it (WebP).

    ``image`` gives that of a computation id, and the intact one for the empty id.
    """
    measured = [(row.trial.module, row.key, row.effect) for row in rows if row.effect is not None]
    keys = list(dict.fromkeys(key for _, key, _ in measured))
    effects = {key: effect for _, key, effect in measured}
    first = effects[keys[0]]
    assert first.yardsticks is not None
    data = {
        "version": ATLAS_VERSION,
        "title": title,
        "recipe": recipe.to_json(),
        "intact": _short(first.intact.to_json()),
        "yardsticks": _short(first.yardsticks.to_json(), digits=8),
        "measures": [_short(effects[key].measures.to_json()) for key in keys],
        "modules": {module: keys.index(key) for module, key, _ in measured if module is not None},
    }
    write_atomically(file.with_suffix(".webp"), _sheet([image(key) for key in ("", *keys)], recipe))
    write_atomically(file, json.dumps(data, separators=(",", ":")).encode("utf-8"))


def _sheet(images: list[Image | None], recipe: DiffusionRecipe) -> bytes:
    columns = min(math.ceil(math.sqrt(len(images))), _LONGEST_SIDE // recipe.width)
    rows = math.ceil(len(images) / columns)
    sheet = np.zeros((rows * recipe.height, columns * recipe.width, 3), np.uint8)
    for place, image in enumerate(images):
        row, column = divmod(place, columns)
        top, left = row * recipe.height, column * recipe.width
        if image is not None:
            sheet[top : top + recipe.height, left : left + recipe.width] = image
    buffer = io.BytesIO()
    Pillow.fromarray(sheet).save(buffer, "WEBP", quality=QUALITY, method=6)
    return buffer.getvalue()


def _short(value: Any, *, digits: int = DIGITS) -> Any:
    """Numbers rounded, also within lists and objects."""
    if isinstance(value, float):
        return round(value, digits)
    if isinstance(value, list):
        return [_short(entry, digits=digits) for entry in value]
    return {key: _short(entry, digits=digits) for key, entry in value.items()} if isinstance(value, dict) else value
