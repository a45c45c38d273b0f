"""Denoising as a sheet: a row for the images, one for the latents as colours, one for each of their channels."""

from __future__ import annotations

from collections.abc import Sequence

from alienlab.domain.differences import common
from alienlab.domain.events import Image
from alienlab.domain.filmstrip import Filmstrip, enlarged
from alienlab.session.sheets.content import MAX_COLUMNS, Sheet, SheetAxes, SheetCell, SheetSection

DECODED = "decoded"
AS_COLOURS = "latents as colours"


def film_sheet(film: Filmstrip) -> Sheet:
    """Each step a column with its head; rows of their own for more steps than a sheet is wide."""
    frames = film.frames
    steps = [f"step {frame.step}" if frame.step else "noise" for frame in frames]
    is_grid = len(frames) <= MAX_COLUMNS
    rows = {
        name: [
            _cell(image, step, said, is_named=not is_grid)
            for image, step, said in zip(images, steps, words, strict=True)
        ]
        for name, images, words in _rows(film)
    }
    sections = [SheetSection(name, tuple(cells)) for name, cells in rows.items()]
    if is_grid:
        every = tuple(cell for cells in rows.values() for cell in cells)
        sections = [SheetSection("", every, SheetAxes(columns=tuple(steps), rows=tuple(rows)))]
    return Sheet(
        title="Denoising, step by step",
        common=common([film.recipe]),
        sections=tuple(sections),
        columns=min(len(frames), MAX_COLUMNS),
    )


def _rows(film: Filmstrip) -> list[tuple[str, list[Image], list[str]]]:
    """Name, images, and what is said beneath them; latents are enlarged to the size of the images."""
    frames = film.frames
    factor = max(1, frames[0].image.shape[0] // frames[0].preview.shape[0])
    seen = [frame.recognition.summary if frame.recognition else "" for frame in frames]
    changes = ["", *(f"Δ {change:.2f}" for change in film.changes)]
    return [
        (DECODED, [frame.image for frame in frames], seen),
        (AS_COLOURS, [enlarged(frame.preview, factor) for frame in frames], changes),
        *(
            (f"channel {number + 1}", [enlarged(one, factor) for one in film.channel(number)], [""] * len(frames))
            for number in range(film.channels)
        ),
    ]


def _cell(image: Image, step: str, said: str, *, is_named: bool) -> SheetCell:
    lines: Sequence[str] = (step, said) if is_named else (said,)
    return SheetCell.of(image, tuple(filter(None, lines)), number=step)
