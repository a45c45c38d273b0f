"""The command that carries out experiments of laboratories, whose options their plugins declare."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from alienlab.cli.known_plugins import known_plugins
from alienlab.cli.opening import folder_of_session
from alienlab.cli.progress_bar import Change, progress_bar
from alienlab.domain.errors import AlienLabError, StoppedByUser

if TYPE_CHECKING:
    from alienlab.domain.laboratories.declarations import Experiment, Laboratory
    from alienlab.domain.laboratories.ports import Carried, LabJob, PluginEngine, Progressed
    from alienlab.domain.laboratories.shelf import Shelf
    from alienlab.domain.recipe import LabRecipe

SETTINGS = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
USAGE = """Usage: alienlab lab NAME [EXPERIMENT] [OPTIONS]
       alienlab lab list [--json]

  Carry out an experiment of a laboratory; its picture goes to a session unless -o names a file.

  `alienlab lab NAME [EXPERIMENT] --help` tells what can be set, and what to look for.

Laboratories:"""


def lab(context: typer.Context) -> None:
    """Carry out an experiment of a laboratory: `alienlab lab list` shows them, `alienlab lab NAME --help` explains."""
    words = list(context.args)
    if not words or words[0] == "--help":
        print("\n".join([USAGE, *_explained(known_plugins())]))
    elif words[0] == "list":
        _list(words[1:])
    else:
        _command(words[0], words[1:])


def _list(words: list[str]) -> None:
    if words not in ([], ["--json"]):
        raise AlienLabError(f"'{words[0]}' is not known here. Write alienlab lab list, or alienlab lab list --json.")
    shelf = known_plugins()
    if words:
        from alienlab.domain.laboratories.declarations import Laboratory

        print(json.dumps([_told(one) for one in shelf.offers(Laboratory)], ensure_ascii=False))
    else:
        print("\n".join(_listed(shelf)))


def _listed(shelf: Shelf) -> list[str]:
    from alienlab.domain.laboratories.declarations import Laboratory

    return [
        f"{one.id}\t{one.summary}\t{', '.join(experiment.id for experiment in one.experiments)}"
        for one in shelf.offers(Laboratory)
    ]


def _explained(shelf: Shelf) -> list[str]:
    from alienlab.domain.laboratories.declarations import Laboratory

    laboratories = shelf.offers(Laboratory)
    width = max((len(one.id) for one in laboratories), default=0)
    return [f"  {one.id:<{width}}  {one.summary}" for one in laboratories]


def _told(laboratory: Laboratory) -> dict[str, Any]:
    return {
        "id": laboratory.id,
        "plugin": laboratory.plugin,
        "name": laboratory.name,
        "summary": laboratory.summary,
        "guide": laboratory.guide,
        "experiments": [
            {"id": one.id, "name": one.name, "summary": one.summary, "parameters": one.parameters}
            for one in laboratory.experiments
        ],
        "parameters": [
            {
                "id": one.id,
                "name": one.name,
                "kind": str(one.kind),
                "default": one.to_json(one.default),
                "low": one.low,
                "high": one.high,
                "choices": [choice.id for choice in one.choices],
                "unit": one.unit,
                "hint": one.hint,
            }
            for one in laboratory.parameters
        ],
    }


def _command(name: str, words: list[str]) -> None:
    """``words`` may begin with the experiment; the first one is carried out where they do not."""
    from alienlab.cli.lab_options import command_for, with_plain_switches
    from alienlab.domain.laboratories.declarations import Laboratory
    from alienlab.domain.laboratories.shelf import PluginError

    laboratory = known_plugins().find(Laboratory, name)
    experiment = laboratory.experiments[0]
    if words and not words[0].startswith("-"):
        wanted = words.pop(0)
        found = laboratory.experiment(wanted)
        if found is None:
            known = ", ".join(one.id for one in laboratory.experiments)
            raise PluginError(f"{laboratory.name} has no experiment '{wanted}'. Known are {known}.")
        experiment = found
    app = command_for(laboratory, experiment, _carry_out)
    app(with_plain_switches(laboratory.parameters, words), prog_name=f"alienlab lab {name} {experiment.id}")


def _carry_out(
    laboratory: Laboratory,
    experiment: Experiment,
    texts: dict[str, Any],
    *,
    output: Path | None,
    csv: Path | None,
    seed: int,
    session: str | None,
    as_json: bool,
) -> None:
    from alienlab.app.labs.writing import table_of, write_result
    from alienlab.session.files import write_atomically
    from alienlab.session.log.store import Session

    _check_output(output)
    recipe = _recipe(laboratory, experiment, texts, seed)
    with ExitStack() as resources:
        folder = folder_of_session(session or "default") if output is None or session is not None else None
        log = None if folder is None else resources.enter_context(Session.open(folder))
        made = _made(_job(laboratory, experiment, recipe, folder))
        if csv is not None:
            write_atomically(csv.absolute(), table_of(made.exhibit).encode())
        if output is not None:
            write_result(made, output)
        if log is not None:
            id_ = made.recipe.id()
            record = log.save(made.recipe, made.image, made.provenance, recipe_id=id_, computation_id=id_)
            output = output or record.file
    for note in made.provenance.notes:
        print(f"alienlab: {note}", file=sys.stderr)
    print(json.dumps(_result(made, output), ensure_ascii=False) if as_json else output)


def _recipe(laboratory: Laboratory, experiment: Experiment, texts: dict[str, Any], seed: int) -> LabRecipe:
    from alienlab.cli.lab_options import read_values
    from alienlab.domain.recipe import LabRecipe

    return LabRecipe(
        laboratory=laboratory.key,
        experiment=experiment.id,
        revision=experiment.revision,
        values=read_values(laboratory.parameters_of(experiment), texts),
        seed=seed,
    )


def _job(laboratory: Laboratory, experiment: Experiment, recipe: LabRecipe, session: Path | None) -> LabJob:
    """``session`` is the folder of the session whose images the recipe may name."""
    from alienlab.domain.laboratories.ports import LabJob
    from alienlab.session.log.reading import BLOBS_FOLDER
    from alienlab.session.paths import embedded_brain

    return LabJob(
        number=1,
        laboratory=laboratory,
        experiment=experiment,
        recipe=recipe,
        blobs=None if session is None else session / BLOBS_FOLDER,
        embedded_brain=embedded_brain(),
    )


def _check_output(output: Path | None) -> None:
    """Before anything is computed for nothing."""
    from alienlab.domain.errors import SessionError
    from alienlab.session.sheets.animation import animation_kinds

    kinds = (".png", *animation_kinds())
    if output is not None and output.suffix.lower() not in kinds:
        raise SessionError(f"'{output.name}' cannot be written. End the name in {' or '.join(kinds)}.")


def _made(job: LabJob) -> Carried:
    """Carry out the job in the plugins' process, with progress on a terminal. Raises PluginError, StoppedByUser."""
    from alienlab.extensions.client import PluginProcess
    from alienlab.session.paths import AppPaths

    process = PluginProcess(AppPaths.of_user().cache)
    try:
        with progress_bar(job.experiment.name) as change:
            return _followed(process, job, change)
    except KeyboardInterrupt:
        raise StoppedByUser from None
    finally:
        process.close()


def _followed(process: PluginEngine, job: LabJob, change: Change) -> Carried:
    from alienlab.domain.laboratories.outcome import outcome
    from alienlab.domain.laboratories.shelf import PluginError

    def tell(told: Progressed) -> None:
        change(description=told.message or job.experiment.name, completed=told.fraction, total=told.fraction and 1.0)

    made = outcome(process, job, progressed=tell)
    if isinstance(made, str):
        raise PluginError(made)
    return made


def _result(made: Carried, output: Path | None) -> dict[str, Any]:
    return {
        "file": str(output),
        "readings": [{"name": one.name, "value": one.value, "unit": one.unit} for one in made.exhibit.readings],
        "note": made.exhibit.note,
        "recipe": made.recipe.to_json(),
        "recipe_id": made.recipe.id(),
    }
