"""Recipes, provenances and images for tests that need some and do not care which."""

from __future__ import annotations

from typing import Any

import numpy as np

from alienlab.domain.brain import Provenance
from alienlab.domain.concepts import Prompt
from alienlab.domain.events import Image
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe, Precision


def make_recipe(
    prompt: str = "a cat in a party hat",
    *lesions: str,
    negative: str = "",
    seed: int = 7,
    steps: int = 20,
    guidance: float = 7.5,
    scheduler: str = "DDIMScheduler",
    size: tuple[int, int] = (64, 64),
    precision: Precision = Precision.FP32,
    brain: str = "ab" * 32,
) -> DiffusionRecipe:
    """``lesions`` are texts; ``size`` is width and height."""
    return DiffusionRecipe(
        brain=brain,
        prompt=Prompt(prompt),
        negative=Prompt(negative),
        seed=seed,
        steps=steps,
        guidance=guidance,
        scheduler=scheduler,
        width=size[0],
        height=size[1],
        lesions=tuple(LesionSpec.parse(text) for text in lesions),
        precision=precision,
    )


def make_lab_recipe(
    laboratory: str = "iterated-maps", experiment: str = "density", *, seed: int = 0, revision: int = 1, **values: Any
) -> LabRecipe:
    """Of a plugin called ``alienlab-maps``."""
    return LabRecipe(
        laboratory=f"alienlab-maps/{laboratory}",
        experiment=experiment,
        revision=revision,
        values=values or {"map": "logistic", "a": 3.1, "starts": 2000},
        seed=seed,
    )


def make_provenance(*notes: str, seconds: float = 1.25) -> Provenance:
    return Provenance(
        device="cpu",
        device_name="A processor",
        threads=2,
        batch_class=1,
        seconds=seconds,
        app_version="0.1.0",
        versions={"torch": "2.13.0"},
        notes=notes,
    )


def make_image(seed: int = 0, *, width: int = 64, height: int = 64) -> Image:
    """Random pixels."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
