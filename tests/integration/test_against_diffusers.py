"""The engine against diffusers' own pipeline on the embedded brain: same prompt, noise, scheduler and guidance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import diffusers
import numpy as np
import pytest
import torch
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline

from alienlab.engine.lesions.alteration import random_like
from alienlab.lab import Lab
from alienlab.session.paths import embedded_brain

PROMPT = "a cat in a party hat"


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[Lab]:
    with Lab(precision="fp32") as opened:
        yield opened


@pytest.fixture(scope="module")
def pipeline() -> StableDiffusionPipeline:
    made = StableDiffusionPipeline.from_pretrained(embedded_brain(), dtype=torch.float32)
    made.set_progress_bar_config(disable=True)
    return made


def by_diffusers(pipeline: StableDiffusionPipeline, **options) -> np.ndarray:
    seed = options.pop("seed")
    scheduler = pipeline.scheduler
    if name := options.pop("scheduler", None):
        pipeline.scheduler = getattr(diffusers, name).from_config(scheduler.config)
    try:
        result = pipeline(PROMPT, generator=torch.Generator("cpu").manual_seed(seed), output_type="np", **options)
    finally:
        pipeline.scheduler = scheduler
    return np.rint(result.images[0] * 255).astype(np.uint8)


def psnr(first: np.ndarray, second: np.ndarray) -> float:
    """Peak signal-to-noise ratio in dB; infinite for equal images."""
    error = np.mean((first.astype(float) - second.astype(float)) ** 2)
    return float("inf") if error == 0 else 10 * np.log10(255**2 / error)


@contextmanager
def weights(pipeline: StableDiffusionPipeline, path: str, edit) -> Iterator[None]:
    """The pipeline with one module's parameters edited by hand, and put back."""
    parameters = dict(pipeline.unet.get_submodule(path).named_parameters(recurse=False))
    saved = {name: parameter.detach().clone() for name, parameter in parameters.items()}
    with torch.no_grad():
        for name, parameter in parameters.items():
            parameter.copy_(edit(name, saved[name]))
    try:
        yield
    finally:
        with torch.no_grad():
            for name, parameter in parameters.items():
                parameter.copy_(saved[name])


@pytest.mark.parametrize(
    ("scheduler", "guidance", "negative"),
    [
        ("DDIMScheduler", 4.0, ""),
        ("DDIMScheduler", 4.0, "a dog"),
        ("DDIMScheduler", 1.0, ""),
        ("EulerDiscreteScheduler", 3.0, ""),
        ("EulerAncestralDiscreteScheduler", 4.0, ""),
        ("DPMSolverMultistepScheduler", 4.0, ""),
    ],
)
def test_intact_render_is_what_diffusers_renders(lab, pipeline, scheduler, guidance, negative) -> None:
    ours = lab.render(PROMPT, negative=negative, seed=7, steps=8, guidance=guidance, scheduler=scheduler)
    theirs = by_diffusers(
        pipeline,
        seed=7,
        num_inference_steps=8,
        guidance_scale=guidance,
        negative_prompt=negative,
        scheduler=scheduler,
    )
    assert psnr(np.asarray(ours.image), theirs) >= 60


PLACE = "up_blocks.2.resnets.1.conv1"


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("zero", lambda name, theta: torch.zeros_like(theta)),
        ("scale=0.5", lambda name, theta: 0.5 * theta),
        ("randomize@3", lambda name, theta: random_like(theta, seed=3, path=PLACE, name=name)),
        ("noise=0.4@3", lambda name, theta: 0.6 * theta + 0.4 * random_like(theta, seed=3, path=PLACE, name=name)),
        ("zero;weights", lambda name, theta: theta if name == "bias" else torch.zeros_like(theta)),
    ],
)
def test_lesioned_render_is_what_diffusers_renders_with_edited_weights(lab, pipeline, text, edit) -> None:
    ours = lab.render(PROMPT, seed=7, steps=8, lesions=f"{PLACE}:{text}")
    with weights(pipeline, PLACE, edit):
        theirs = by_diffusers(pipeline, seed=7, num_inference_steps=8, guidance_scale=lab.info.guidance)
    assert psnr(np.asarray(ours.image), theirs) >= 60
    intact = lab.render(PROMPT, seed=7, steps=8)
    assert psnr(np.asarray(intact.image), theirs) < 50


def test_rows_with_other_lesions_seeds_and_prompts_share_a_batch(lab) -> None:
    lesions = [
        (),
        "mid_block.*:zero",
        f"{PLACE}:randomize@3",
        "*:noise=0.1@2",
        "conv_out:scale=0.9",
        (),
        "kind=norm:scale=1.1",
    ]
    recipes = [
        lab.recipe(prompt, seed=seed, steps=4, guidance=guidance, lesions=lesion)
        for seed, (lesion, prompt, guidance) in enumerate(
            zip(lesions, [PROMPT, "a dog", "", PROMPT, PROMPT, "a fox", "a dog"], [4, 4, 2, 4, 7, 1, 4], strict=True)
        )
    ]
    for together, recipe in zip(lab.render_all(recipes, batch_class=8), recipes, strict=True):
        alone = lab.render_all([recipe], batch_class=8)[0]
        assert np.array_equal(np.asarray(together.image), np.asarray(alone.image)), recipe
        assert psnr(np.asarray(together.image), np.asarray(lab.render_all([recipe], batch_class=1)[0].image)) > 60


def test_lesions_of_some_steps_only(lab) -> None:
    """A lesion of all steps, written as two windows, is the lesion; one of no step is none."""
    whole = lab.render(PROMPT, seed=1, steps=6, lesions="mid_block.*:zero")
    halves = lab.render(PROMPT, seed=1, steps=6, lesions=["mid_block.*:zero;steps=0-3", "mid_block.*:zero;steps=3-6"])
    late = lab.render(PROMPT, seed=1, steps=6, lesions="conv_in:zero;steps=5-6")
    never = lab.render(PROMPT, seed=1, steps=6, lesions="conv_in:zero;steps=6-9")
    intact = lab.render(PROMPT, seed=1, steps=6)
    assert np.array_equal(np.asarray(whole.image), np.asarray(halves.image))
    assert np.array_equal(np.asarray(never.image), np.asarray(intact.image))
    assert not np.array_equal(np.asarray(late.image), np.asarray(intact.image))
