"""The command that makes the figures of the essay."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from alienlab.cli.choices import BrainChoice, spread
from alienlab.cli.opening import folder_of_session
from alienlab.domain.errors import SessionError

if TYPE_CHECKING:
    from alienlab.figures import Figure, Made, Studio, Subject

ALL, LIST = "all", "list"


@spread
def figure(
    name: Annotated[str, typer.Argument(help="G1 to G6, C1 to C10, M1 to M9, R1 or R2; all; or list.")],
    opening: BrainChoice,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Sheet to write (.png, .pdf, .html); for all, a folder.")
    ] = None,
    prompt: Annotated[str, typer.Option(help="What is imagined.")] = "a cat in a party hat",
    seed: Annotated[int, typer.Option("--seed", help="Seed of the noise.")] = 7,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer images and steps, to see what it will be.")] = False,
    session: Annotated[
        str, typer.Option("--session", help="Session that keeps the renders, so that none is made twice.")
    ] = "figures",
) -> None:
    """Make a figure of the essay that AlienLab follows, from nothing to a sheet; all of them make a gallery."""
    from alienlab.figures import FIGURES, Studio, Subject, figure_of
    from alienlab.session.log.store import Session
    from alienlab.session.sheets.sheet import write_sheet

    asked = name.casefold()
    if asked == LIST:
        print("\n".join(f"{one.id:<5}{one.title:<27}{one.says}" for one in FIGURES))
        return
    one = None if asked == ALL else figure_of(name)
    target = _folder(output) if one is None else _sheet(output, one)
    subject = Subject(prompt=prompt, seed=seed, is_quick=quick)
    with _progress() as bar, opening.opened(quiet=True) as lab, Session.open(folder_of_session(session)) as log:
        studio = Studio(lab, log, subject, tell=bar.move)
        if one is None:
            target = _gallery(studio, target, subject, bar)
        else:
            bar.begin(one)
            write_sheet(one.sheet(studio), target)
    print(target)


def _sheet(output: Path | None, figure: Figure) -> Path:
    """Raises SessionError before anything is rendered for a file that no sheet is written to."""
    from alienlab.session.sheets.sheet import sheet_kinds

    if output is None:
        raise SessionError(f"Name the file of the sheet: alienlab figure {figure.id} -o {figure.id}.png")
    if output.suffix.lower() not in sheet_kinds():
        raise SessionError(f"A sheet cannot be written as '{output.name}'. End the name in {', '.join(sheet_kinds())}.")
    return output


def _folder(output: Path | None) -> Path:
    if output is None:
        raise SessionError("Name the folder of the gallery: alienlab figure all -o figures")
    if output.is_file():
        raise SessionError(f"{output} is a file. All figures make a folder: choose another name.")
    return output


def _gallery(studio: Studio, folder: Path, subject: Subject, bar: _Bar) -> Path:
    from alienlab.figures import FIGURES, make_gallery
    from alienlab.figures.gallery import PAGE

    made = make_gallery(studio, FIGURES, folder, options=_options(subject), begin=bar.begin)
    _tell_troubles(made)
    return folder / PAGE


def _options(subject: Subject) -> tuple[str, ...]:
    """What a command needs beside the id for the same figure."""
    from alienlab.figures import Subject

    usual = Subject()
    return (
        *(("--prompt", subject.prompt) if subject.prompt != usual.prompt else ()),
        *(("--seed", str(subject.seed)) if subject.seed != usual.seed else ()),
        *(("--quick",) if subject.is_quick else ()),
    )


def _tell_troubles(made: list[Made]) -> None:
    for one in made:
        if one.trouble:
            print(f"alienlab: {one.figure.id} could not be made: {one.trouble}", file=sys.stderr)


@dataclass(slots=True)
class _Bar:
    """What is shown of the work on a terminal; nothing without ``bars``."""

    bars: Any = None
    task: Any = field(default=None)

    def begin(self, figure: Figure) -> None:
        if self.bars is not None:
            self.bars.update(self.task, description=f"{figure.id} {figure.title}", total=1.0, completed=0.0)

    def move(self, share: float) -> None:
        if self.bars is not None:
            self.bars.update(self.task, completed=share)


@contextmanager
def _progress() -> Iterator[_Bar]:
    if not sys.stderr.isatty():
        yield _Bar()
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        yield _Bar(bars, bars.add_task("Opening the brain", total=None))
