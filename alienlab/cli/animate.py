"""The command that makes a moving picture of what a session holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from alienlab.cli.log_choice import (
    FilterOption,
    SessionArgument,
    SweepOption,
    known_anatomies,
    looked_up,
)
from alienlab.cli.opening import folder_of_session


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
    from alienlab.session.log.reading import SessionReader
    from alienlab.session.sheets.animation import check_animation, write_animation
    from alienlab.session.sheets.frames import frames_of

    check_animation(output, fps)
    with SessionReader.open_read_only(folder_of_session(session)) as log:
        sheet = looked_up(log, query, sweep, known_anatomies())
        frames = frames_of(sheet, left_out=lambda reason: print(f"alienlab: left out: {reason}", file=sys.stderr))
    write_animation(
        frames.images,
        output,
        frames_a_second=fps,
        there_and_back=there_and_back,
        captions=frames.captions if captions else None,
    )
    print(output)
