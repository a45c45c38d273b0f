"""The command that makes a moving picture of what a session holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alienlab.cli.log_choice import (
    FilterOption,
    SessionArgument,
    SweepOption,
    known_anatomies,
    looked_up,
)
from alienlab.cli.opening import folder_of_session
from alienlab.domain.errors import AlienLabError

if TYPE_CHECKING:
    from alienlab.domain.events import Image
    from alienlab.session.sheet import Sheet


def animate(
    session: SessionArgument,
    output: Annotated[Path, typer.Option("-o", "--output", help="film.gif or film.webp")],
    query: FilterOption = None,
    sweep: SweepOption = None,
    fps: Annotated[float, typer.Option(help="Frames a second.")] = 4.0,
    there_and_back: Annotated[
        bool, typer.Option("--there-and-back", help="Play it back to the start as well.")
    ] = False,
    captions: Annotated[bool, typer.Option("--captions", help="Write beneath each image what differs.")] = False,
) -> None:
    """Make a moving picture of a session's images, in the order of their sheet; all must be of one size."""
    from alienlab.session.animation import check_animation, write_animation
    from alienlab.session.reading import SessionReader

    check_animation(output, fps)
    with SessionReader.open_read_only(folder_of_session(session)) as log:
        frames, said = _frames(looked_up(log, query, sweep, known_anatomies()))
    write_animation(
        frames,
        output,
        frames_a_second=fps,
        there_and_back=there_and_back,
        captions=said if captions else None,
    )
    print(output)


def _frames(sheet: Sheet) -> tuple[list[Image], list[str]]:
    """The images that are there, and their captions."""
    frames: list[Image] = []
    captions: list[str] = []
    for section in sheet.sections:
        for cell in section.cells:
            try:
                frames.append(cell.load())
            except AlienLabError as error:
                print(f"alienlab: left out: {error}", file=sys.stderr)
                continue
            captions.append(" · ".join(filter(None, (section.heading, *(cell.caption or (cell.number,))))))
    return frames, captions
