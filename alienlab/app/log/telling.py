"""What is told of a render in lines."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from alienlab.app.log.entries import Entry
from alienlab.app.log.lab_telling import lab_command, lab_details, lab_lines
from alienlab.app.sweeps.columns import headline
from alienlab.domain.lesions import format_amount
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe, Recipe
from alienlab.domain.space.formula import concept_text


def details(entry: Entry, name: str = "") -> str:
    """Everything in short; ``name`` is that of the point that it shows."""
    record, label = entry.record, entry.label
    recipe, provenance = record.recipe, record.provenance
    said = () if provenance.recognition is None else (provenance.recognition.summary,)
    lines = [
        *filter(None, (name, label.name)),
        *(lab_details(recipe) if isinstance(recipe, LabRecipe) else _imagined_details(recipe)),
        f"{record.created.astimezone():%d %B %Y, %H:%M:%S} · {provenance.seconds:.2f} s",
        *(() if entry.effect is None else (headline(entry.effect),)),
        *said,
        *(() if not label.tags else (f"tags: {', '.join(label.tags)}",)),
        *provenance.notes,
    ]
    return "\n".join(lines)


def _imagined_details(recipe: DiffusionRecipe) -> Sequence[str]:
    return (
        str(recipe.prompt) or "(no prompt)",
        *([f"not: {recipe.negative}"] if str(recipe.negative) else []),
        settings_text(recipe),
        f"{recipe.scheduler} · {recipe.width} × {recipe.height} px · {recipe.precision}",
        *(str(lesion) for lesion in recipe.lesions),
        *(() if recipe.lesions else ("intact",)),
    )


def settings_text(recipe: DiffusionRecipe) -> str:
    return f"seed {recipe.seed} · {recipe.steps} steps · guidance {recipe.guidance:g}"


def recipe_lines(entry: Entry) -> Sequence[tuple[str, str]]:
    """What was asked for: names and values."""
    recipe = entry.record.recipe
    if isinstance(recipe, LabRecipe):
        return lab_lines(recipe, size=entry.record.size_if_known())
    return (
        *((("Negative prompt", str(recipe.negative)),) if str(recipe.negative) else ()),
        ("Seed", str(recipe.seed)),
        ("Steps", str(recipe.steps)),
        ("Guidance", format_amount(recipe.guidance)),
        ("Scheduler", recipe.scheduler.removesuffix("Scheduler") or recipe.scheduler),
        ("Size", f"{recipe.width} × {recipe.height} px"),
        ("Precision", str(recipe.precision)),
    )


def circumstances(entry: Entry) -> Sequence[tuple[str, str]]:
    """What it was made with: names and values."""
    record = entry.record
    made = record.provenance
    libraries = (f"{name} {version}" for name, version in made.versions.items())
    brain = record.recipe.brain if isinstance(record.recipe, DiffusionRecipe) else ""
    return (
        ("Made", f"{record.created.astimezone():%d %B %Y, %H:%M:%S}"),
        ("Took", f"{made.seconds:.2f} s"),
        *((("Brain", brain),) if brain else ()),
        ("Device", made.device_name if made.device == "cpu" else f"{made.device} · {made.device_name}"),
        ("Threads", str(made.threads)),
        *((("Batch class", str(made.batch_class)),) if brain else ()),
        ("Libraries", ", ".join(libraries)),
        ("AlienLab", made.app_version),
        *(("Note", note) for note in made.notes),
    )


def command_line(recipe: Recipe, source: str) -> str:
    """What makes the image again in a terminal.

    ``source`` is where the brain is opened from, empty for the embedded one; of a laboratory's picture, the folder
    of the session that keeps it.
    """
    if isinstance(recipe, LabRecipe):
        return lab_command(recipe, session=source)
    options = [
        *(("--brain", source) if source else ()),
        *(("--negative", concept_text(recipe.negative)) if str(recipe.negative) else ()),
        *("--seed", str(recipe.seed), "--steps", str(recipe.steps), "--guidance", f"{recipe.guidance:g}"),
        *("--scheduler", recipe.scheduler, "--size", f"{recipe.width}x{recipe.height}"),
        *("--dtype", str(recipe.precision)),
        *(part for lesion in recipe.lesions for part in ("--lesion", str(lesion))),
    ]
    return shlex.join(["alienlab", "render", concept_text(recipe.prompt), *options])
