"""The command that measures how far a concept reaches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from alienlab.cli.choices import BrainChoice, RenderChoice, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alienlab.domain.space.inquiries import Coast
    from alienlab.domain.space.islands import Edge, Island


@spread
def island(
    center: Annotated[str, typer.Argument(help="Prompt, or a formula such as '= random(7)'.")],
    render: RenderChoice,
    opening: BrainChoice,
    concept: Annotated[
        str | None, typer.Option(help="Word that is to hold; the first known one of the prompt by default.")
    ] = None,
    directions: Annotated[int, typer.Option(min=1, help="Random directions.")] = 32,
    first_direction: Annotated[int, typer.Option(min=0, help="Seed of the first direction; they are disjoint.")] = 0,
    reach: Annotated[float, typer.Option(help="How far is looked, in radii R of the space.")] = 4.0,
    threshold: Annotated[float, typer.Option(min=0.0, max=1.0, help="Probability from which the concept holds.")] = 0.5,
    seeds: Annotated[str, typer.Option("--seeds", help="Noises to measure it with, such as 0,1,2.")] = "0",
    beside_intact: Annotated[bool, typer.Option("--beside-intact", help="The intact mind's island as well.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Sheet of the last images that hold.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
) -> None:
    """Measure how far around a point a concept still holds, along random directions, and how small that is."""
    from alienlab.domain.errors import RecipeError

    options, noises = render.options(), _numbers(seeds)
    if beside_intact and not render.lesions:
        raise RecipeError("Both minds are intact. Add --lesion to measure another one beside it.")
    minds = [(), render.lesions] if beside_intact else [render.lesions]
    survey: dict[str, Any] = {
        "concept": concept,
        "directions": range(first_direction, first_direction + directions),
        "reach": reach,
        "threshold": threshold,
    }
    with opening.opened(quiet=as_json) as lab:
        found = [
            (lesions, *lab.island(center, **survey, **{**options, "seed": seed, "lesions": lesions}))
            for lesions in minds
            for seed in noises
        ]
    if as_json:
        print(json.dumps([_as_json(*one) for one in found], ensure_ascii=False))
    else:
        print("\n\n".join(_report(lesions, measured) for lesions, measured, _ in found))
    if output is not None:
        _write_coasts(found, output)
        print(output)


def _numbers(text: str) -> list[int]:
    from alienlab.domain.errors import RecipeError

    try:
        return [int(part) for part in text.split(",")]
    except ValueError as error:
        raise RecipeError(f"The seeds '{text}' cannot be read. Write them like 0,1,2.") from error


def _report(lesions: Sequence[str], island: Island) -> str:
    low, middle, high = island.quartiles
    share, error = island.log10_share, island.log10_share_error
    radius = island.space_radius
    said = "" if error is None else f" ± {error:.1f}"
    beyond = "  (more than 1: it reaches beyond where prompts lie)" if island.typical_ratio > 1 else ""
    bound = " (edges that were not found count as they are: the island is larger)" if island.censored else ""
    return "\n".join(
        [
            f"{island.concept} around “{island.center}”, noise {island.noise}, {', '.join(lesions) or 'intact mind'}",
            f"  radius (quartiles)   {low:.2f}  {middle:.2f}  {high:.2f}  in R = {radius:.2f}: "
            f"{low / radius:.3f}  {middle / radius:.3f}  {high / radius:.3f}{beyond}",
            f"  unevenness           {island.unevenness:.1%}  (0 % for a ball)",
            f"  share of the space   at least 10^{share:.1f}{said} of a ball of R, D = {island.dimensions}{bound}",
            f"  directions           {len(island.edges)}: {island.censored} never left the island, "
            f"{island.reentered} came back to the concept further out",
        ]
    )


def _as_json(lesions: Sequence[str], island: Island, coast: Coast) -> dict[str, Any]:
    low, middle, high = island.quartiles
    return {
        "center": island.center,
        "concept": island.concept,
        "noise": island.noise,
        "lesions": list(lesions),
        "space_radius": island.space_radius,
        "dimensions": island.dimensions,
        "radius_quartiles": [low, middle, high],
        "typical_ratio": island.typical_ratio,
        "unevenness": island.unevenness,
        "log10_share_at_least": island.log10_share,
        "log10_share_error": island.log10_share_error,
        "censored": island.censored,
        "reentered": island.reentered,
        "renders": coast.renders,
        "edges": [
            {
                "direction": edge.direction,
                "inside": edge.inside,
                "outside": edge.outside,
                "radius": edge.radius,
                "shore": str(edge.shore),
            }
            for edge in island.edges
        ],
    }


def _said(edge: Edge, radius: float) -> str:
    """How far away the last image is, and how the edge was met where it was not simply found."""
    return f"{edge.inside / radius:.2f} R" + ("" if edge.shore == "found" else f", {edge.shore}")


def _write_coasts(found: Sequence[tuple[Sequence[str], Island, Coast]], output: Path) -> None:
    from alienlab.session.sheet import Sheet, SheetCell, SheetSection, default_columns, write_sheet

    sections = tuple(
        SheetSection(
            f"noise {island.noise}, {', '.join(lesions) or 'intact'}",
            tuple(
                SheetCell.of(coast.images[edge.direction], (_said(edge, island.space_radius),))
                for edge in island.edges
                if edge.direction in coast.images
            ),
        )
        for lesions, island, coast in found
    )
    first = found[0][1]
    sheet = Sheet(
        title=f"The edge of {first.concept} around “{first.center}”",
        common=f"R = {first.space_radius:.2f}, D = {first.dimensions}",
        sections=sections,
        columns=default_columns([len(section.cells) for section in sections]),
    )
    write_sheet(sheet, output)
