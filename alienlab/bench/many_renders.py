"""A large session, made in little time: many records, few distinct images."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from alienlab import __version__
from alienlab.domain.brain import Provenance
from alienlab.domain.concepts import Prompt
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.session.log.database import open_for_writing, transaction
from alienlab.session.log.indexing import index_render
from alienlab.session.log.reading import IMAGES_FOLDER
from alienlab.session.log.records import COLUMNS, RenderRecord, to_row
from alienlab.session.png import Stamp, encode_png

ANIMALS = ("cat", "dog", "fox", "owl", "bear", "frog", "duck", "horse")
HATS = ("party hat", "top hat", "crown", "bow tie")
MODULES = 391
PICTURES, SIDE = 64, 128
_INSERT = f"INSERT INTO renders ({COLUMNS}) VALUES ({', '.join('?' * len(COLUMNS.split(',')))})"


def make_many_renders(folder: Path, count: int) -> None:
    """Renders of several prompts, each with one module knocked out; a minute lies between two of them."""
    images = folder / IMAGES_FOLDER
    images.mkdir(parents=True)
    records = list(_records(images, count))
    for record in records:
        _make_image(record, images)
    with closing(open_for_writing(folder)) as connection, transaction(connection):
        connection.executemany(_INSERT, map(to_row, records))
        for record in records:
            index_render(connection, record.number, record.recipe, record.provenance)


def _records(images: Path, count: int) -> Iterator[RenderRecord]:
    first = datetime.now(UTC) - timedelta(minutes=count)
    provenance = Provenance(
        device="cpu", device_name="CPU", threads=2, batch_class=8, seconds=0.2, app_version=__version__
    )
    for index in range(count):
        yield RenderRecord(
            number=index + 1,
            created=first + timedelta(minutes=index),
            recipe=_recipe(*divmod(index, MODULES)),
            provenance=provenance,
            recipe_id=f"{index:064x}",
            computation_id=f"{index:064x}",
            file=images / f"{index + 1:06d}.png",
        )


def _recipe(group: int, module: int) -> DiffusionRecipe:
    animal, hat = ANIMALS[group % len(ANIMALS)], HATS[group // len(ANIMALS) % len(HATS)]
    path = f"down_blocks.{module % 4}.resnets.{module // 4 % 2}.conv{module}"
    return DiffusionRecipe(
        brain="ab" * 32,
        prompt=Prompt(f"a {animal} in a {hat}"),
        seed=group,
        steps=12,
        guidance=7.5,
        scheduler="DDIMScheduler",
        width=SIDE,
        height=SIDE,
        lesions=(LesionSpec.parse(f"{path}:zero"),),
    )


def _make_image(record: RenderRecord, images: Path) -> None:
    """The first are written; the others are links to them."""
    if record.number > PICTURES:
        os.link(images / f"{record.number % PICTURES + 1:06d}.png", record.file)
        return
    coarse = np.random.default_rng(record.number).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    image = np.kron(coarse, np.ones((SIDE // 8, SIDE // 8, 1), dtype=np.uint8))
    record.file.write_bytes(encode_png(image, Stamp(recipe=record.recipe, provenance=record.provenance)))
