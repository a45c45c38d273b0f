"""Carries out experiments of the built-in plugins in this process, for the tests of their authors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from alienlab.domain.laboratories.declarations import Laboratory, Plugin
from alienlab.domain.laboratories.exhibits import Exhibit
from alienlab.domain.laboratories.parameters import checked
from alienlab.domain.laboratories.ports import Carried, LabJob, NetworkJob, NetworkRead
from alienlab.domain.recipe import LabRecipe
from alienlab.extensions.carrying_out import Hand
from alienlab.extensions.manifest_file import DECLARATION, read_declaration
from alienlab.extensions.workbench import Listener, Surroundings
from alienlab.session.paths import embedded_brain

PLUGINS = Path(__file__).parents[2] / "plugins"
SURROUNDINGS = Surroundings()


def declared(package: str) -> Plugin:
    """The declaration of a built-in plugin."""
    return read_declaration(PLUGINS / package / DECLARATION, folder=None)


def laboratory_of(package: str, laboratory: str) -> Laboratory:
    found = [lab for lab in declared(package).of_kind(Laboratory) if lab.id == laboratory]
    assert found, f"{package} has no laboratory {laboratory}"
    return found[0]


def carry_out(
    package: str,
    laboratory: str,
    experiment: str,
    *,
    seed: int = 0,
    show: Callable[[Exhibit], None] | None = None,
    progress: Callable[[float | None, str], None] | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
    blobs: Path | None = None,
    surroundings: Surroundings = SURROUNDINGS,
    **values: Any,
) -> Carried:
    """What an experiment shows for these values, the defaults of the others; raises as ``Hand.experiment``."""
    lab = laboratory_of(package, laboratory)
    found = lab.experiment(experiment)
    assert found is not None, f"{laboratory} has no experiment {experiment}"
    listener = Listener(
        progressed=progress or (lambda fraction, message: None),
        shown=show or (lambda exhibit: None),
        is_stopped=is_stopped,
    )
    parameters = lab.parameters_of(found)
    settled = checked(parameters, values)
    recipe = LabRecipe(
        laboratory=lab.key,
        experiment=experiment,
        revision=found.revision,
        values={parameter.id: parameter.to_json(settled[parameter.id]) for parameter in parameters},
        seed=seed,
    )
    job = LabJob(
        number=1, laboratory=lab, experiment=found, recipe=recipe, blobs=blobs, embedded_brain=embedded_brain()
    )
    return Hand(surroundings, listener).experiment(job)


def network_of(package: str, laboratory: str, *, seed: int = 0, **values: Any) -> NetworkRead:
    """The anatomy of a laboratory's network."""
    lab = laboratory_of(package, laboratory)
    recipe = LabRecipe(laboratory=lab.key, experiment=lab.experiments[0].id, values=values, seed=seed)
    return Hand(SURROUNDINGS, Listener()).network(NetworkJob(number=1, laboratory=lab, recipe=recipe))


def pixels_by_command(folder: Path, *words: str) -> NDArray[np.uint8]:
    """The picture that ``alienlab lab`` with these words makes in a fresh process; ``folder`` is empty."""
    file = folder / "picture.png"
    done = subprocess.run(
        [sys.executable, "-m", "alienlab", "lab", *words, "-o", str(file), "--json"],
        env={**os.environ, "ALIENLAB_HOME": str(folder / "home")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)
    with Pillow.open(file) as image:
        return np.array(image.convert("RGB"))
