"""The command that makes the figures of the essay."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alienlab.cli.choices import BrainChoice, spread
from alienlab.cli.opening import folder_of_session
from alienlab.cli.progress_bar import Change, progress_bar
from alienlab.domain.errors import SessionError

if TYPE_CHECKING:
    from alienlab.figures import Figure, Made, Studio, Subject

ALL, LIST = "all", "list"


@spread
def figure(
    name: Annotated[str, typer.Argument(help="G1 to G6, C1 to C10, M1 to M9, R1, R2, H1 to H18; all; or list.")],
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
    from alienlab.cli.known_plugins import known_plugins
    from alienlab.extensions.client import PluginProcess
    from alienlab.figures import FIGURES, Experiments, Studio, Subject, figure_of
    from alienlab.session.log.store import Session
    from alienlab.session.paths import AppPaths
    from alienlab.session.sheets.sheet import write_sheet

    asked = name.casefold()
    if asked == LIST:
        print("\n".join(f"{one.id:<5}{one.title:<27}{one.says}" for one in FIGURES))
        return
    one = None if asked == ALL else figure_of(name)
    target = _folder(output) if one is None else _sheet(output, one)
    subject = Subject(prompt=prompt, seed=seed, is_quick=quick)
    with (
        progress_bar("Opening the brain") as change,
        opening.opened(quiet=True) as lab,
        Session.open(folder_of_session(session)) as log,
        closing(PluginProcess(AppPaths.of_user().cache)) as process,
    ):
        experiments = Experiments(known_plugins(), process, log)
        studio = Studio(lab, log, subject, experiments=experiments, tell=lambda share: change(completed=share))
        if one is None:
            target = _gallery(studio, target, _options(subject, opening), change)
        else:
            _begin(change, one)
            write_sheet(one.sheet(studio), target)
    print(target)


def _sheet(output: Path | None, figure: Figure) -> Path:
    """Raises SessionError before anything is rendered for a file that no sheet is written to."""
    from alienlab.session.sheets.sheet import check_sheet_file

    if output is None:
        raise SessionError(f"Name the file of the sheet: alienlab figure {figure.id} -o {figure.id}.png")
    check_sheet_file(output)
    return output


def _folder(output: Path | None) -> Path:
    if output is None:
        raise SessionError("Name the folder of the gallery: alienlab figure all -o figures")
    if output.is_file():
        raise SessionError(f"{output} is a file. All figures make a folder: choose another name.")
    return output


def _gallery(studio: Studio, folder: Path, options: tuple[str, ...], change: Change) -> Path:
    from alienlab.figures import FIGURES, make_gallery
    from alienlab.figures.gallery import PAGE

    made = make_gallery(studio, FIGURES, folder, options=options, begin=lambda one: _begin(change, one))
    _tell_troubles(made)
    return folder / PAGE


def _options(subject: Subject, opening: BrainChoice) -> tuple[str, ...]:
    """What a command needs beside the id for the same figure, of the same brain."""
    from alienlab.figures import Subject

    usual = Subject()
    return (
        *(("--prompt", subject.prompt) if subject.prompt != usual.prompt else ()),
        *(("--seed", str(subject.seed)) if subject.seed != usual.seed else ()),
        *(("--quick",) if subject.is_quick else ()),
        *(("--brain", opening.brain) if opening.brain else ()),
        *(("--recogniser", opening.recogniser) if opening.recogniser else ()),
        *(("--dtype", opening.dtype) if opening.dtype != "auto" else ()),
    )


def _tell_troubles(made: list[Made]) -> None:
    for one in made:
        if one.trouble:
            print(f"alienlab: {one.figure.id} could not be made: {one.trouble}", file=sys.stderr)


def _begin(change: Change, figure: Figure) -> None:
    change(description=f"{figure.id} {figure.title}", total=1.0, completed=0.0)
