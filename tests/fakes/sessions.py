"""Sessions of any size, made in little time: many small records, few distinct images."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from alienlab.domain.brain import Provenance
from alienlab.domain.effects import Measures, Yardsticks
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.recognition import Recognition
from alienlab.session.log.database import open_for_writing, transaction
from alienlab.session.log.indexing import index_render
from alienlab.session.log.reading import IMAGES_FOLDER
from alienlab.session.log.records import COLUMNS, RenderRecord
from alienlab.session.log.values import microseconds
from alienlab.session.png import Stamp, encode_png
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.recipes import make_image, make_provenance, make_recipe

ANIMALS = ("cat", "dog", "fox", "owl", "bear", "frog", "duck", "horse")
HATS = ("party hat", "top hat", "crown", "bow tie")
GROUP = 100
"""Records of one prompt and noise: an intact one, and a knockout of one module each."""
PICTURES = 8
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""Of the first record; the others follow a minute apart."""


def make_session(folder: Path, count: int, *, measured: bool = False) -> None:
    """A session of ``count`` renders, oldest first: groups of an intact render and knockouts of it.

    With ``measured`` all of them have measures and yardsticks: every fourth is noise, and intact ones are nothing.
    """
    images = folder / IMAGES_FOLDER
    images.mkdir(parents=True)
    records = list(_records(images, count))
    _make_images(images, records)
    with closing(open_for_writing(folder)) as connection, transaction(connection):
        _log(connection, records)
        if measured:
            _measure(connection, records)


def _records(images: Path, count: int) -> Iterator[RenderRecord]:
    paths = _paths()
    provenances = [_provenance(animal) for animal in ANIMALS]
    for index in range(count):
        group, place = divmod(index, GROUP)
        yield RenderRecord(
            number=index + 1,
            created=BEGINNING + timedelta(minutes=index),
            recipe=_recipe(group, paths[(37 * group + place) % len(paths)] if place else ""),
            provenance=provenances[group % len(ANIMALS)],
            recipe_id=f"{index:064x}",
            computation_id=f"{index:064x}",
            file=images / f"{index + 1:06d}.png",
        )


@cache
def _paths() -> tuple[str, ...]:
    return unet_anatomy().paths


def _recipe(group: int, path: str) -> DiffusionRecipe:
    animal, hat = ANIMALS[group % len(ANIMALS)], HATS[group // len(ANIMALS) % len(HATS)]
    lesions = (f"{path}:zero" if group % 2 else f"{path}:scale=0.5",) if path else ()
    return make_recipe(f"a {animal} in a {hat}", *lesions, seed=group, size=(16, 16))


def _provenance(animal: str) -> Provenance:
    plain = make_provenance()
    seen = Recognition(subjects=((animal, 0.9), ("nothing", 0.1)), nothing="nothing", recogniser="a recogniser")
    return Provenance.from_json({**plain.to_json(), "recognition": seen.to_json()})


def _make_images(images: Path, records: list[RenderRecord]) -> None:
    """A few pictures, and hard links to them: what they say of themselves is true of the first records alone."""
    for record in records:
        if record.number <= PICTURES:
            stamp = Stamp(recipe=record.recipe, provenance=record.provenance, created=record.created)
            record.file.write_bytes(encode_png(make_image(record.number, width=16, height=16), stamp))
        else:
            os.link(images / f"{record.number % PICTURES + 1:06d}.png", record.file)


def _log(connection: sqlite3.Connection, records: list[RenderRecord]) -> None:
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    connection.executemany(f"INSERT INTO renders ({COLUMNS}) VALUES ({marks})", _rows(records))
    for record in records:
        index_render(connection, record.number, record.recipe, record.provenance)


def _rows(records: list[RenderRecord]) -> Iterator[tuple[Any, ...]]:
    """``to_row`` of each; the provenances, of which there are few, are written down once."""
    provenances = {id(record.provenance): record.provenance for record in records}
    texts = {key: json.dumps(provenance.to_json()) for key, provenance in provenances.items()}
    for record in records:
        text = texts[id(record.provenance)]
        recipe = json.dumps(record.recipe.to_json())
        since = microseconds(record.created)
        yield (record.number, since, record.file.name, record.recipe_id, record.computation_id, recipe, text)


def _measure(connection: sqlite3.Connection, records: list[RenderRecord]) -> None:
    intact = {record.recipe: record.computation_id for record in records if not record.recipe.lesions}
    rows = [
        (intact[record.recipe.intact], record.computation_id, json.dumps(measures_of(record.number).to_json()))
        for record in records
    ]
    connection.executemany("INSERT INTO measures VALUES (?, ?, ?)", rows)
    yardsticks = Yardsticks(
        floor_perceptual=1e-5, floor_structural=1e-4, spread_perceptual=0.5, spread_structural=0.5, seeds=16
    )
    text = json.dumps(yardsticks.to_json())
    connection.executemany("INSERT INTO yardsticks VALUES (?, ?)", [(key, text) for key in intact.values()])


def measures_of(number: int) -> Measures:
    """The measures that ``make_session`` gives to the render of a number."""
    is_intact = (number - 1) % GROUP == 0
    return Measures(
        perceptual=0.0 if is_intact else 0.2,
        ssim=1.0 if is_intact else 0.7,
        pixel=0.0 if is_intact else 0.1,
        latent_cosine=None,
        concepts=(("cat", 0.9),),
        nothing=0.05,
        noise=0.95 if number % 4 == 0 else 0.3,
        flatness=0.1,
    )
