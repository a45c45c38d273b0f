"""Denoising as a sheet: a row for the images, one for the latents as colours, one for each of their channels."""

from __future__ import annotations

from alienlab.domain.differences import common
from alienlab.domain.events import Image
from alienlab.domain.filmstrip import Filmstrip, enlarged
from alienlab.session.sheet_content import MAX_COLUMNS, Sheet, SheetCell, SheetSection


def film_sheet(film: Filmstrip) -> Sheet:
    """Each step a column, as far as a sheet is wide."""
    frames = film.frames
    factor = max(1, frames[0].image.shape[0] // frames[0].preview.shape[0])
    changes = ("", *(f"Δ {change:.2f}" for change in film.changes))
    said = [frame.recognition.summary if frame.recognition else "" for frame in frames]
    steps = [f"step {frame.step}" if frame.step else "noise" for frame in frames]

    def section(heading: str, images: list[Image], *captions: list[str]) -> SheetSection:
        cells = [
            SheetCell.of(image, tuple(filter(None, lines))) for image, *lines in zip(images, *captions, strict=True)
        ]
        return SheetSection(heading, tuple(cells))

    return Sheet(
        title="Denoising, step by step",
        common=common([film.recipe]),
        sections=(
            section("decoded", [frame.image for frame in frames], steps, said),
            section("latents as colours", [enlarged(frame.preview, factor) for frame in frames], steps, list(changes)),
            *(
                section(f"channel {number + 1}", [enlarged(one, factor) for one in film.channel(number)], steps)
                for number in range(film.channels)
            ),
        ),
        columns=min(len(frames), MAX_COLUMNS),
    )
