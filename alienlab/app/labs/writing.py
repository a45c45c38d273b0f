"""What a laboratory shows, as files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from alienlab.domain.errors import SessionError
from alienlab.domain.laboratories.exhibits import Exhibit, Film, Plot
from alienlab.domain.laboratories.ports import Carried
from alienlab.session.files import write_atomically
from alienlab.session.png import write_png
from alienlab.session.sheets.animation import FASTEST, SLOWEST, animation_kinds, write_animation

COLUMNS = ("part", "name", "x", "y", "unit")
NO_FILM = "This laboratory shows no film. End the name in .png, or in .csv for its numbers."
NO_NUMBERS = "There are no curves or readings here to write. End the name in .png."


def kinds_of(exhibit: Exhibit) -> tuple[str, ...]:
    """Suffixes of the files that it can be written to, the first by default."""
    films = tuple(animation_kinds()) if isinstance(exhibit.main, Film) else ()
    return (".png", *films, *((".csv",) if _plots(exhibit) or exhibit.readings else ()))


def write_result(carried: Carried, file: Path) -> None:
    """A PNG with its recipe, an animation, or a table, as the suffix says. Raises SessionError."""
    suffix = file.suffix.lower()
    if suffix == ".csv":
        write_atomically(file, table_of(carried.exhibit).encode())
    elif suffix in animation_kinds():
        write_film(carried.exhibit, file)
    else:
        write_png(file, carried.image, carried.recipe, carried.provenance)


def write_film(exhibit: Exhibit, file: Path) -> None:
    """Raises SessionError where there is none."""
    film = exhibit.main
    if not isinstance(film, Film):
        raise SessionError(NO_FILM)
    pace = min(max(1.0 / max(film.seconds, 1e-3), SLOWEST), FASTEST)
    captions = film.captions if len(film.captions) == len(film.frames) else None
    write_animation(film.frames, file, frames_a_second=pace, captions=captions)


def table_of(exhibit: Exhibit) -> str:
    """A row for each point of each curve, and for each reading. Raises SessionError where there are none."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    plots = _plots(exhibit)
    if not plots and not exhibit.readings:
        raise SessionError(NO_NUMBERS)
    for reading in exhibit.readings:
        rows.writerow(("reading", reading.name, "", reading.value, reading.unit))
    for plot in plots:
        for curve in plot.curves:
            for x, y in zip(curve.x.tolist(), curve.y.tolist(), strict=True):
                rows.writerow((plot.title, curve.name, x, y, plot.y.unit))
    return text.getvalue()


def _plots(exhibit: Exhibit) -> tuple[Plot, ...]:
    return (*((exhibit.main,) if isinstance(exhibit.main, Plot) else ()), *exhibit.plots)
