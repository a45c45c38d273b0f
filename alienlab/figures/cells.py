"""Parts of a figure's sheet: cells, grids with axes, and what images share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from alienlab.domain.differences import INTACT_CAPTION, SEPARATOR, common
from alienlab.domain.effects import Effect, Scale
from alienlab.domain.errors import SessionError
from alienlab.domain.events import Image
from alienlab.domain.lesions import LesionSpec, Operation, Treatment
from alienlab.figures.studio import Shot, Studio
from alienlab.session.sheets.content import SheetAxes, SheetCell, SheetRegion, SheetScale, SheetSection
from alienlab.session.sheets.scale import all_measures, value_of
from alienlab.session.sheets.strip import regions_of, strip_of

NO_IMAGE = "no image"
_SEAM = 3
"""Pixels between the pictures of a mosaic."""
_GREY = 200
WEIGHTS_SEED = 1
"""Of what is drawn for altered weights."""
KEPT = SheetScale(
    heading=Scale.KEPT.heading, unit=Scale.KEPT.unit, low=0.0, high=1.0, is_reversed=Scale.KEPT.is_reversed
)


def cell(studio: Studio, shot: Shot, *caption: str, value: float | None = None) -> SheetCell:
    """A shot with its caption; an empty frame where there is no image."""
    lines = tuple(filter(None, caption))
    return SheetCell(
        load=partial(_load, studio, shot),
        width=shot.recipe.width,
        height=shot.recipe.height,
        caption=lines if shot.record is not None else (*lines, NO_IMAGE),
        number=lines[0] if lines else "",
        value=value,
        measures={} if value is None else {KEPT.heading: value},
    )


def measured_cell(
    studio: Studio, shot: Shot, effect: Effect | None, scale: Scale, *caption: str, number: str = ""
) -> SheetCell:
    """A shot with its effect on a scale, and where its lesions sit."""
    plain = cell(studio, shot, *caption)
    return SheetCell(
        load=plain.load,
        width=plain.width,
        height=plain.height,
        caption=plain.caption,
        number=number,
        strip=strip_of(shot.recipe, studio.anatomy),
        value=value_of(effect, scale),
        measures=all_measures(effect),
    )


def row(
    heading: str, cells: Sequence[SheetCell], labels: Sequence[str], *, across: str = "", rows: Sequence[str] = ()
) -> SheetSection:
    """Cells with a label over each column; several rows where there are more cells than labels."""
    return SheetSection(heading, tuple(cells), SheetAxes(columns=tuple(labels), rows=tuple(rows), across=across))


def mosaic(studio: Studio, shots: Sequence[Shot], columns: int) -> Image:
    """All the shots in one picture, row by row; grey where there is no image."""
    width, height = shots[0].recipe.width, shots[0].recipe.height
    rows = -(-len(shots) // columns)
    whole = np.full((rows * (height + _SEAM) - _SEAM, columns * (width + _SEAM) - _SEAM, 3), 255, np.uint8)
    for place, shot in enumerate(shots):
        top, left = place // columns * (height + _SEAM), place % columns * (width + _SEAM)
        image = None if shot.record is None else studio.session.load_image(shot.record)
        whole[top : top + height, left : left + width] = _GREY if image is None else image
    return whole


def regions(studio: Studio) -> tuple[SheetRegion, ...]:
    """What strips are divided into."""
    return regions_of([studio.lab.info.hash], lambda brain: studio.anatomy)


def shared(shots: Sequence[Shot]) -> str:
    """What the images have in common, in one line. That they are intact is no news on a figure of altered minds."""
    said = common([shot.recipe for shot in shots]).split(SEPARATOR)
    return SEPARATOR.join(part for part in said if part != INTACT_CAPTION)


def on_all(operation: Operation, amount: float) -> tuple[LesionSpec, ...]:
    """The operation on every module; none where it would change nothing."""
    treatment = Treatment(operation, amount, WEIGHTS_SEED if operation.takes_seed else 0)
    return () if treatment.is_identity else (LesionSpec("*", treatment),)


def percents(amounts: Sequence[float]) -> tuple[str, ...]:
    return tuple(f"{100 * amount:g} %" for amount in amounts)


def _load(studio: Studio, shot: Shot) -> Image:
    if shot.record is None:
        raise SessionError(shot.failure or NO_IMAGE)
    return studio.session.load_image(shot.record)
