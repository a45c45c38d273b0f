"""Makes figures one after another, into a gallery."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from alienlab.domain.errors import AlienLabError
from alienlab.figures.figure import Figure
from alienlab.figures.gallery import Made, write_gallery
from alienlab.figures.studio import Studio
from alienlab.session.sheets.sheet import write_sheet

Begin = Callable[[Figure], object]
"""Told which figure comes next."""


def make_gallery(
    studio: Studio,
    figures: Iterable[Figure],
    folder: Path,
    *,
    options: tuple[str, ...] = (),
    begin: Begin = lambda figure: None,
) -> list[Made]:
    """Write each figure as PNG, and the page after each, so that one that is broken off shows what there is.

    A figure that cannot be made is told of on the page and does not keep the next one from being made. ``options``
    are what its commands have beside the id and the file.
    """
    made: list[Made] = []
    for figure in figures:
        begin(figure)
        made.append(_make(studio, figure, folder / f"{figure.id}.png", options))
        write_gallery(folder, made, about=_about(studio))
    return made


def _make(studio: Studio, figure: Figure, file: Path, options: tuple[str, ...]) -> Made:
    start = time.monotonic()
    try:
        write_sheet(figure.sheet(studio), file)
    except AlienLabError as error:
        return Made(figure=figure, seconds=time.monotonic() - start, options=options, trouble=str(error))
    return Made(figure=figure, seconds=time.monotonic() - start, options=options, file=file)


def _about(studio: Studio) -> str:
    info, subject = studio.lab.info, studio.subject
    return (
        f"The brain is {info.name}, on {info.device_name} in {info.precision}. The subject is “{subject.prompt}” "
        f"with noise {subject.seed}. The times are those that it took, renders from earlier figures not counted."
    )
