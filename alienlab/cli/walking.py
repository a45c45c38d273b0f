"""The commands that walk through concept space."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alienlab.cli.choices import BrainChoice, RenderChoice, SeedOption, SessionOption, spread
from alienlab.cli.opening import folder_of_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alienlab.domain.space.walks import Walk
    from alienlab.lab import Lab, Render

KindArgument = Annotated[str, typer.Argument(help="line, plane, path or random.")]
PointsArgument = Annotated[
    list[str] | None,
    typer.Argument(help='Prompts, or formulas such as \'= "king" - "man" + "woman"\'. A plane takes one or three.'),
]
FramesOption = Annotated[int, typer.Option(help="Images of a line, a path, or at random points.")]
BeyondOption = Annotated[float, typer.Option(help="How far a line goes on at both ends, in its own length.")]
WayOption = Annotated[
    str,
    typer.Option(help="straight, spherical (along the arc between the whole arrays) or token (each token on its arc)."),
]
GridOption = Annotated[int, typer.Option("--grid", help="Images a side of a plane; odd, so that one is in the middle.")]
ExtentOption = Annotated[float, typer.Option(help="How far a plane reaches to each side, in units.")]
TowardOption = Annotated[
    bool,
    typer.Option(
        "--toward", help="The second and third point of a plane are directions, from the unconditional point."
    ),
]
PlaneSeedOption = Annotated[
    int, typer.Option("--directions-seed", help="Seed of a plane's directions, or of the first random point.")
]
LawOption = Annotated[
    str, typer.Option(help="Random points: gaussian (spread as prompts are, by coordinate) or shell (as far out).")
]
UnitOption = Annotated[str, typer.Option(help="Two points, parted by |, whose distance is the unit.")]
BothOption = Annotated[bool, typer.Option("--beside-intact", help="The same walk in the intact mind as well.")]
WalkOutput = Annotated[
    Path, typer.Option("-o", "--output", help="Sheet (.png, .pdf) or animation (.gif, .webp, .mp4 with an encoder).")
]
ThereAndBackOption = Annotated[bool, typer.Option("--there-and-back", help="An animation returns the way it came.")]
PaceOption = Annotated[float, typer.Option("--fps", help="Frames a second of an animation.")]


@spread
def walk(
    kind: KindArgument,
    output: WalkOutput,
    render: RenderChoice,
    opening: BrainChoice,
    points: PointsArgument = None,
    frames: FramesOption = 9,
    beyond: BeyondOption = 0.0,
    way: WayOption = "straight",
    grid: GridOption = 7,
    extent: ExtentOption = 2.0,
    toward: TowardOption = False,
    directions_seed: PlaneSeedOption = 1,
    law: LawOption = "gaussian",
    unit: UnitOption = "a cat|a dog",
    beside_intact: BothOption = False,
    there_and_back: ThereAndBackOption = False,
    fps: PaceOption = 8.0,
    seed: SeedOption = 0,
    session: SessionOption = None,
) -> None:
    """Imagine the points of a walk through concept space with the same noise: a line, a plane, a path, random ones."""
    from alienlab.cli.walk_words import WalkWords, rehearse, walk_of
    from alienlab.domain.errors import RecipeError
    from alienlab.session.sheets.walk_sheet import check_output

    words = WalkWords(
        kind=kind,
        points=tuple(points or ()),
        frames=frames,
        beyond=beyond,
        way=way,
        size=grid,
        extent=extent,
        toward=toward,
        seed=directions_seed,
        law=law,
        unit=_two(unit),
    )
    rehearse(words)
    check_output(output, fps)
    options = render.options(seed)
    if beside_intact and not render.lesions:
        raise RecipeError("Both minds are intact. Add --lesion to walk in another one beside it.")
    minds = [(), render.lesions] if beside_intact else [render.lesions]
    with opening.opened() as lab:
        found = walk_of(words, lab.locate)
        walked = [lab.walk(found, **{**options, "lesions": lesions}) for lesions in minds]
        _tell_failures(walked)
        _write(found, walked, output, there_and_back=there_and_back, fps=fps)
        if session is not None:
            _log(walked, lab, session)
    print(output)


def _two(unit: str) -> tuple[str, str]:
    from alienlab.domain.errors import RecipeError

    one, bar, other = unit.partition("|")
    if not bar:
        raise RecipeError(f"The unit '{unit}' names a single point. Part two by |, such as a cat|a dog.")
    return one.strip(), other.strip()


def _tell_failures(walked: Sequence[Sequence[Render | str]]) -> None:
    failures = [one for row in walked for one in row if isinstance(one, str)]
    for message in dict.fromkeys(failures):
        print(f"alienlab: {failures.count(message)} without an image: {message}", file=sys.stderr)


def _log(walked: Sequence[Sequence[Render | str]], lab: Lab, session: str) -> None:
    from alienlab.session.log.store import Session

    with Session.open(folder_of_session(session)) as log:
        for one in (one for row in walked for one in row):
            if not isinstance(one, str):
                one.log(log, lab.anatomy)


def _write(
    found: Walk, walked: Sequence[Sequence[Render | str]], output: Path, *, there_and_back: bool, fps: float
) -> None:
    from alienlab.session.sheets.animation import animation_kinds, write_animation
    from alienlab.session.sheets.sheet import write_sheet
    from alienlab.session.sheets.walk_sheet import side_by_side, walk_sheet

    rows = [[None if isinstance(one, str) else one.pixels for one in row] for row in walked]
    if output.suffix.lower() in animation_kinds():
        write_animation(side_by_side(rows), output, frames_a_second=fps, there_and_back=there_and_back)
        return
    recipes = [[None if isinstance(one, str) else one.recipe for one in row] for row in walked]
    write_sheet(walk_sheet(found, rows, recipes), output)
