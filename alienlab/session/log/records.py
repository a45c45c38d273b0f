"""What the log knows of a render, and how it stands in the database."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from alienlab.domain.brain import Provenance
from alienlab.domain.errors import ImageError
from alienlab.domain.recipe import LabRecipe, Recipe, recipe_from_json
from alienlab.session.log.values import MALFORMED, microseconds, moment
from alienlab.session.png import read_size

COLUMNS = "number, created, file, recipe_id, computation_id, recipe, provenance"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderRecord:
    """A render in the log. Its image is read with ``load_image``."""

    number: int
    """Increases from render to render within a session."""
    created: datetime
    """In UTC."""
    recipe: Recipe
    provenance: Provenance
    recipe_id: str
    """Empty, as ``computation_id``, where an adopted image does not tell."""
    computation_id: str
    file: Path
    missing: bool = False
    """Whether the image was gone when the session was opened; the record is kept."""

    def size(self) -> tuple[int, int]:
        """Width and height in pixels. Of a laboratory's picture they are read from its file.

        Raises ImageError where that is gone or damaged.
        """
        if isinstance(self.recipe, LabRecipe):
            return read_size(self.file)
        return self.recipe.width, self.recipe.height

    def size_if_known(self) -> tuple[int, int] | None:
        """``size``; None where the file is gone or damaged."""
        try:
            return self.size()
        except ImageError:
            return None


def to_row(record: RenderRecord) -> tuple[Any, ...]:
    """Values for ``COLUMNS``."""
    return (
        record.number,
        microseconds(record.created),
        record.file.name,
        record.recipe_id,
        record.computation_id,
        json.dumps(record.recipe.to_json()),
        json.dumps(record.provenance.to_json()),
    )


def from_row(row: tuple[Any, ...], images: Path, present: set[str]) -> RenderRecord | None:
    """Read what ``to_row`` gave; None for a row that this version cannot understand."""
    number, created, file, recipe_id, computation_id, recipe, provenance = row
    try:
        return RenderRecord(
            number=number,
            created=moment(created),
            recipe=recipe_from_json(json.loads(recipe)),
            provenance=Provenance.from_json(json.loads(provenance)),
            recipe_id=_text(recipe_id),
            computation_id=_text(computation_id),
            file=images / Path(file).name,
            missing=file not in present,
        )
    except MALFORMED as error:
        _log.warning("Record %s of %s is left out: %s", number, images.parent, error)
        return None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
