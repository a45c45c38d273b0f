"""Walks through concept space as sheets and as frames."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from alienlab.domain.differences import INTACT_CAPTION, common
from alienlab.domain.errors import SessionError
from alienlab.domain.events import Image
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.walks import Walk
from alienlab.session.sheets.animation import animation_kinds, check_pace
from alienlab.session.sheets.content import MAX_COLUMNS, Sheet, SheetAxes, SheetCell, SheetSection, default_columns

NO_IMAGE = "no image"
ONE_ROW = 12
"""Stops of a walk up to which they stand in one row."""
_GREY = 96


def check_output(path: Path, frames_a_second: float) -> None:
    """Raises SessionError for a file that a walk cannot be written to."""
    kinds = [".png", ".pdf", *animation_kinds()]
    if path.suffix.lower() not in kinds:
        raise SessionError(f"A walk cannot be written as '{path.name}'. End the name in {', '.join(kinds)}.")
    check_pace(frames_a_second)


def walk_sheet(
    walk: Walk, rows: Sequence[Sequence[Image | None]], recipes: Sequence[Sequence[DiffusionRecipe | None]]
) -> Sheet:
    """A section for each mind that the walk was taken in; ``rows`` hold its images, None where there is none.

    Raises SessionError where no image came about at all.
    """
    made = [recipe for row in recipes for recipe in row if recipe is not None]
    if not made:
        raise SessionError("None of the points gave an image, so there is nothing to show.")
    shape = (made[0].height, made[0].width)
    is_single = len(rows) == 1
    shared = common(made)
    if not is_single and len(walk.stops) <= ONE_ROW and walk.columns is None:
        section = _minds(walk, rows, [_mind(own) for own in recipes], shape)
        return Sheet(title=walk.title, common=shared, sections=(section,), columns=len(walk.stops))
    axes = plane_axes(walk)
    sections = tuple(
        SheetSection(
            "" if is_single else _mind(own),
            tuple(map(lambda stop, image: _cell(stop.label, image, shape, is_named=axes is None), walk.stops, images)),
            axes,
        )
        for images, own in zip(rows, recipes, strict=True)
    )
    columns = walk.columns or (len(walk.stops) if len(walk.stops) <= ONE_ROW else default_columns([len(walk.stops)]))
    return Sheet(title=walk.title, common=shared, sections=sections, columns=min(columns, MAX_COLUMNS))


def side_by_side(rows: Sequence[Sequence[Image | None]]) -> list[Image]:
    """A frame for each point of a walk, the minds beside each other; grey where a mind gave no image.

    Raises SessionError where no image came about at all.
    """
    shapes = {image.shape for row in rows for image in row if image is not None}
    if len(shapes) != 1:
        raise SessionError("None of the points gave an image, so there is nothing to show.")
    blank = np.full(shapes.pop(), _GREY, np.uint8)
    steps = zip(*rows, strict=True)
    return [np.concatenate([blank if image is None else image for image in step], axis=1) for step in steps]


def plane_axes(walk: Walk) -> SheetAxes | None:
    """The coordinates of a plane as labels of its columns and rows; None for a walk that is not a plane's grid."""
    wide = walk.columns
    places = [tuple(stop.label.replace("-", "−").split(", ")) for stop in walk.stops]
    if wide is None or not 1 < wide <= MAX_COLUMNS or any(len(place) != 2 for place in places):
        return None
    columns = tuple(x for x, _ in places[:wide])
    rows = tuple(y for _, y in places[::wide])
    if places != [(x, y) for y in rows for x in columns]:
        return None
    return SheetAxes(columns=columns, rows=rows, across="first direction", down="second direction")


def _minds(
    walk: Walk, rows: Sequence[Sequence[Image | None]], minds: Sequence[str], shape: tuple[int, int]
) -> SheetSection:
    """The same stops in several minds, one below the other."""
    cells = tuple(
        _cell(stop.label, image, shape, is_named=False)
        for images in rows
        for stop, image in zip(walk.stops, images, strict=True)
    )
    return SheetSection("", cells, SheetAxes(columns=tuple(stop.label for stop in walk.stops), rows=tuple(minds)))


def _cell(label: str, image: Image | None, shape: tuple[int, int], *, is_named: bool) -> SheetCell:
    """``is_named`` where no head of a column says it."""
    caption = (label,) if is_named else ()
    if image is not None:
        return SheetCell.of(image, caption, number=label)

    def missing() -> Image:
        raise SessionError(NO_IMAGE)

    return SheetCell(load=missing, width=shape[1], height=shape[0], caption=(*caption, NO_IMAGE), number=label)


def _mind(recipes: Sequence[DiffusionRecipe | None]) -> str:
    """What was done to the mind of a row; a mind that gave no image at all says nothing of itself."""
    recipe = next((recipe for recipe in recipes if recipe is not None), None)
    if recipe is None:
        return NO_IMAGE
    return ", ".join(map(str, recipe.lesions)) or INTACT_CAPTION
