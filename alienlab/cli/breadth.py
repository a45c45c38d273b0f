"""The command that measures how many different things a mind imagines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from alienlab.cli.choices import BrainChoice, RenderChoice, SeedOption, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alienlab.domain.space.breadth import Breadth


@spread
def breadth(
    render: RenderChoice,
    opening: BrainChoice,
    points: Annotated[int, typer.Option(help="Random points of concept space that are imagined.")] = 48,
    law: Annotated[
        str, typer.Option(help="Random points: gaussian (spread as prompts are, by coordinate) or shell (as far out).")
    ] = "gaussian",
    first_point: Annotated[int, typer.Option(min=0, help="Number of the first random point.")] = 0,
    seed: SeedOption = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
) -> None:
    """Measure how varied the images at random points are; with --lesion, in the intact mind and in the altered one."""
    from alienlab.cli.walk_words import law_named
    from alienlab.domain.errors import SweepError
    from alienlab.domain.space.walks import gallery

    if points < 2:
        raise SweepError("Breadth is a matter of several images. Take at least two points.")
    walk, options = gallery(law_named(law), first_seed=first_point, count=points), render.options(seed)
    minds = [(), render.lesions] if render.lesions else [()]
    with opening.opened(quiet=as_json) as lab:
        found = [(lesions, lab.breadth(walk, **{**options, "lesions": lesions})) for lesions in minds]
    if as_json:
        print(json.dumps([_as_json(*one) for one in found], ensure_ascii=False))
    else:
        print("\n\n".join(_report(lesions, measured, points) for lesions, measured in found))


def _report(lesions: Sequence[str], breadth: Breadth, points: int) -> str:
    concepts = ", ".join(f"{word} {count}" for word, count in breadth.concepts) or "none"
    missing = f", {points - breadth.images} points gave none" if points > breadth.images else ""
    return "\n".join(
        [
            ", ".join(lesions) or "intact mind",
            f"  different images     {breadth.vendi:.2f} of {breadth.images}{missing}  (Vendi score)",
            f"  mean distance        {breadth.distance:.3f}  (1 − cosine, of all pairs)",
            f"  known concepts       {len(breadth.concepts)}: {concepts}",
            f"  of nothing for sure  {breadth.nothing}",
        ]
    )


def _as_json(lesions: Sequence[str], breadth: Breadth) -> dict[str, Any]:
    return {
        "lesions": list(lesions),
        "images": breadth.images,
        "vendi": breadth.vendi,
        "distance": breadth.distance,
        "concepts": dict(breadth.concepts),
        "nothing": breadth.nothing,
    }
