"""The results of a sweep as rows, and as a table for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from alienlab.domain.anatomy import Anatomy, Module
from alienlab.domain.effects import Effect, Scale
from alienlab.domain.sweeps.running import SweepRun
from alienlab.domain.sweeps.sweep import Trial


@dataclass(frozen=True, slots=True)
class Result:
    """One trial with what is known of it so far."""

    trial: Trial
    key: str
    """Computation id."""
    effect: Effect | None
    """None while it is not measured."""
    is_rendered: bool
    failure: str
    """Why there is no image; empty where there is nothing to explain."""
    module: Module | None
    """The single module that the trial is about, where it is about one."""
    depth: float | None
    """Of the module, or the mean over a region's modules."""


def results(run: SweepRun, anatomy: Anatomy) -> list[Result]:
    """A result for each trial, in the order of the axes."""
    references = {one.key: one.reference for one in run.plan.computations}
    done = run.done
    return [
        Result(
            trial=trial,
            key=key,
            effect=run.effect(key, references.get(key, key)),
            is_rendered=key in done,
            failure=run.failures.get(key, ""),
            module=_module(trial.module, anatomy),
            depth=_depth(trial.module, anatomy),
        )
        for trial, key in zip(run.plan.trials, run.plan.keys, strict=True)
    ]


def write_csv(
    rows: Iterable[Result],
    *,
    files: Mapping[str, str],
    measures: Mapping[str, Callable[[Result], float | None]] = MappingProxyType({}),
) -> str:
    """A row a render, with a heading. ``files`` gives the image of a computation id, ``measures`` further columns."""
    target = io.StringIO()
    writer: csv.DictWriter[str] = csv.DictWriter(target, (*COLUMNS, *measures), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        further = {name: read(row) for name, read in measures.items()}
        writer.writerow({**_columns(row, files.get(row.key, "")), **further})
    return target.getvalue()


COLUMNS = (
    *("label", "series", "coordinate", "module", "kind", "role", "stage", "region", "depth", "order"),
    *("prompt", "seed", "steps", "guidance", "lesions"),
    *("effect_in_seed_spreads", "perceptual_distance", "ssim", "pixel_distance", "latent_cosine"),
    *("concepts", "concept_kept", "nothing_known", "noise_likeness", "flatness", "verdict"),
    *("floor_perceptual", "floor_structural", "spread_perceptual", "spread_structural"),
    *("computation_id", "file", "failure"),
)


def _columns(row: Result, file: str) -> dict[str, object]:
    recipe = row.trial.recipe
    described: dict[str, object] = {
        "label": row.trial.label,
        "series": row.trial.values[0].series,
        "coordinate": row.trial.values[0].number,
        "module": row.trial.module or "",
        "depth": "" if row.depth is None else f"{row.depth:g}",
        "prompt": str(recipe.prompt),
        "seed": recipe.seed,
        "steps": recipe.steps,
        "guidance": recipe.guidance,
        "lesions": " ".join(map(str, recipe.lesions)),
        "computation_id": row.key,
        "file": file,
        "failure": row.failure,
    }
    if row.module is not None:
        module = row.module
        described |= {"kind": module.kind, "role": module.role, "stage": module.stage, "region": module.region}
        described |= {"order": module.order}
    return {**described, **(_measured(row.effect) if row.effect is not None else {})}


def _measured(effect: Effect) -> dict[str, object]:
    measures, yardsticks = effect.measures, effect.yardsticks
    measured: dict[str, object] = {
        "effect_in_seed_spreads": effect.spreads,
        "perceptual_distance": measures.perceptual,
        "ssim": measures.ssim,
        "pixel_distance": measures.pixel,
        "latent_cosine": measures.latent_cosine,
        "concepts": "; ".join(f"{word}={share:.4f}" for word, share in measures.concepts),
        "concept_kept": effect.kept,
        "nothing_known": measures.nothing,
        "noise_likeness": measures.noise,
        "flatness": measures.flatness,
        "verdict": str(effect.verdict),
    }
    if yardsticks is not None:
        measured |= {name: value for name, value in yardsticks.to_json().items() if name in COLUMNS}
    return measured


def _module(path: str | None, anatomy: Anatomy) -> Module | None:
    return anatomy[path] if path is not None and path in anatomy else None


def _depth(module: str | None, anatomy: Anatomy) -> float | None:
    if module is None:
        return None
    paths = (module,) if module in anatomy else anatomy.within(module)
    return sum(anatomy[path].depth for path in paths) / len(paths) if paths else None


def curve(rows: Iterable[Result], scale: Scale) -> Iterator[tuple[float, float]]:
    """Coordinates along the first axis, and values on a scale, of what is measured; in order of the coordinate."""
    points = [(row.trial.values[0].number, scale.of(row.effect)) for row in rows if row.effect is not None]
    yield from sorted((number, value) for number, value in points if value is not None)


def collapse(points: Iterable[tuple[float, float]], *, half: float = 0.5) -> float | None:
    """Where a curve of what is kept first falls below ``half`` and stays there; None where it never does."""
    found = None
    for number, value in points:
        if value >= half:
            found = None
        elif found is None:
            found = number
    return found
