"""The command that measures how far a concept reaches, also in minds that lack a part each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from alienlab.cli.choices import BrainChoice, RenderChoice, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alienlab.domain.space.archipelago import Mind, Sighting
    from alienlab.domain.space.islands import Edge
    from alienlab.lab import Lab

FEW_DIRECTIONS = 6
"""Where every region is measured."""
DirectionsOption = Annotated[
    int | None,
    typer.Option(min=1, help=f"Random directions; 32 by default, {FEW_DIRECTIONS} with --per-region or --per-module."),
]
FirstOption = Annotated[int, typer.Option(min=0, help="Seed of the first direction; they are disjoint.")]
ThresholdOption = Annotated[float, typer.Option(min=0.0, max=1.0, help="Probability from which the concept holds.")]
PerRegionOption = Annotated[bool, typer.Option("--per-region", help="The island without each region in turn.")]
PerModuleOption = Annotated[
    str | None, typer.Option("--per-module", help="The island without each module of a pattern, such as mid_block.*")
]
CsvOption = Annotated[Path | None, typer.Option("--csv", help="Table to write, a row a direction, or a lesion.")]


@spread
def island(
    center: Annotated[str, typer.Argument(help="Prompt, or a formula such as '= random(7)'.")],
    render: RenderChoice,
    opening: BrainChoice,
    concept: Annotated[
        str | None, typer.Option(help="Word that is to hold; the first known one of the prompt by default.")
    ] = None,
    directions: DirectionsOption = None,
    first_direction: FirstOption = 0,
    reach: Annotated[float, typer.Option(help="How far is looked, in radii R of the space.")] = 4.0,
    threshold: ThresholdOption = 0.5,
    seeds: Annotated[str, typer.Option("--seeds", help="Noises to measure it with, such as 0,1,2.")] = "0",
    beside_intact: Annotated[bool, typer.Option("--beside-intact", help="The intact mind's island as well.")] = False,
    per_region: PerRegionOption = False,
    per_module: PerModuleOption = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Sheet of the last images that hold.")] = None,
    csv: CsvOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
) -> None:
    """Measure how far around a point a concept still holds, along random directions, and how small that is."""
    from alienlab.cli.island_words import lesioned_report, report
    from alienlab.session.island_file import island_json, lesioned_json, write_islands, write_lesioned

    is_lesioned, noises = per_region or per_module is not None, _numbers(seeds)
    _refuse_contradictions(render, beside_intact=beside_intact, per_region=per_region, per_module=per_module)
    count = directions or (FEW_DIRECTIONS if is_lesioned else 32)
    survey: dict[str, Any] = {
        "concept": concept,
        "directions": range(first_direction, first_direction + count),
        "reach": reach,
        "threshold": threshold,
        "noises": noises[:1] if is_lesioned else noises,
    }
    with opening.opened(quiet=as_json) as lab:
        minds = _minds(lab, render.lesions, beside_intact, per_region, per_module)
        found = lab.islands_of(center, minds, **survey, **{**render.options(), "lesions": ()})
    to_json, to_text, write = (
        (lesioned_json, lesioned_report, write_lesioned)
        if is_lesioned
        else (lambda all_of: list(map(island_json, all_of)), report, write_islands)
    )
    print(json.dumps(to_json(found), ensure_ascii=False) if as_json else to_text(found))
    if csv is not None:
        write(csv.with_suffix(".csv"), found)
        print(csv.with_suffix(".csv"))
    if output is not None:
        _write_coasts(found, output)
        print(output)


def _refuse_contradictions(
    render: RenderChoice, *, beside_intact: bool, per_region: bool, per_module: str | None
) -> None:
    from alienlab.domain.errors import RecipeError

    if beside_intact and not render.lesions:
        raise RecipeError("Both minds are intact. Add --lesion to measure another one beside it.")
    if per_region and per_module is not None:
        raise RecipeError("Islands are measured per region or per module. Leave out --per-region or --per-module.")
    if render.lesions and (per_region or per_module is not None):
        raise RecipeError("Each part is lesioned alone. Leave out --lesion, or --per-region and --per-module.")


def _minds(
    lab: Lab, lesions: Sequence[str], beside_intact: bool, per_region: bool, per_module: str | None
) -> Sequence[Mind]:
    from alienlab.domain.lesions import LesionSpec
    from alienlab.domain.space.archipelago import INTACT, altered, each_lesioned

    if per_region:
        return each_lesioned(lab.anatomy)
    if per_module is not None:
        return each_lesioned(lab.anatomy, pattern=per_module, by_region=False)
    mind = altered([LesionSpec.parse(text) for text in lesions])
    return (INTACT, mind) if beside_intact else (mind,)


def _numbers(text: str) -> list[int]:
    from alienlab.domain.errors import RecipeError

    try:
        return [int(part) for part in text.split(",")]
    except ValueError as error:
        raise RecipeError(f"The seeds '{text}' cannot be read. Write them like 0,1,2.") from error


def _said(edge: Edge, radius: float) -> str:
    """How far away the last image is, and how the edge was met where it was not simply found."""
    return f"{edge.inside / radius:.2f} R" + ("" if edge.shore == "found" else f", {edge.shore}")


def _write_coasts(found: Sequence[Sighting], output: Path) -> None:
    from alienlab.session.sheets.sheet import Sheet, SheetCell, SheetSection, default_columns, write_sheet

    sections = tuple(
        SheetSection(
            f"noise {one.island.noise}, {one.mind.name}" + (", lost" if one.is_lost else ""),
            tuple(
                SheetCell.of(one.images[edge.direction], (_said(edge, one.island.space_radius),))
                for edge in one.island.edges
                if edge.direction in one.images
            ),
        )
        for one in found
    )
    first = found[0].island
    sheet = Sheet(
        title=f"The edge of {first.concept} around “{first.center}”",
        common=f"R = {first.space_radius:.2f}, D = {first.dimensions}",
        sections=sections,
        columns=default_columns([len(section.cells) for section in sections]),
    )
    write_sheet(sheet, output)
