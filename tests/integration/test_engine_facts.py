"""Facts that hold for every render, on the embedded brain and on a tiny one with a safety checker."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from alienlab.domain.anatomy import Kind
from alienlab.domain.brain import FLAGGED
from alienlab.domain.events import Finished, Opened
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource, RenderJob
from alienlab.engine.brains.safety import SafetyChecker
from alienlab.engine.local import LocalEngine
from alienlab.lab import Lab
from tests.fakes.tiny_brain import UNET_CONFIG, add_safety_checker, write_tiny_brain

PROMPT = "a cat in a party hat"
BLOCK = "up_blocks.2.attentions.0.transformer_blocks.0"


@pytest.fixture(scope="module", params=["fp32", "bf16"])
def lab(request) -> Iterator[Lab]:
    with Lab(precision=request.param) as opened:
        yield opened


def pixels(lab: Lab, *lesions: str) -> np.ndarray:
    return np.asarray(lab.render(PROMPT, seed=7, steps=3, lesions=lesions).image)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((), ("*:scale=1", "*:noise=0@3")),
        ((f"{BLOCK}.attn1.to_q:zero",), (f"{BLOCK}.attn1.to_k:zero",)),
        ((f"{BLOCK}.norm1:zero",), (f"{BLOCK}.attn1.to_v:zero",)),
        ((f"{BLOCK}.norm2:zero",), (f"{BLOCK}.attn2.to_q:zero",)),
        ((f"{BLOCK}.attn2.to_q:zero",), (f"{BLOCK}.attn2.to_k:zero",)),
        ((f"{BLOCK}.attn1.to_q:zero;weights",), (f"{BLOCK}.attn1.to_k:zero;weights",)),
    ],
)
def test_recipes_of_one_computation_give_the_same_pixels(lab, first, second) -> None:
    ids = {lab.recipe(PROMPT, lesions=lesions, steps=3).computation_id(lab.anatomy) for lesions in (first, second)}
    assert len(ids) == 1
    assert np.array_equal(pixels(lab, *first), pixels(lab, *second))


def test_a_silent_output_leaves_the_noise_to_the_scheduler(lab) -> None:
    """With ``conv_out`` zeroed the prediction is 0 whatever the prompt is; another prompt changes nothing."""
    silent = [
        np.asarray(lab.render(prompt, seed=7, steps=3, lesions="conv_out:zero").image) for prompt in (PROMPT, "a dog")
    ]
    assert np.array_equal(*silent)


def test_every_scheduler_on_offer_makes_an_image(lab) -> None:
    intact = pixels(lab)
    for scheduler in lab.info.schedulers:
        image = np.asarray(lab.render(PROMPT, seed=7, steps=6, scheduler=scheduler).image)
        assert image.shape == intact.shape
        assert image.std() > 10, scheduler


def test_another_size_makes_another_picture_of_that_size(lab) -> None:
    width = lab.info.width + lab.info.size_multiple
    assert lab.render(PROMPT, steps=2, width=width).image.size == (width, lab.info.height)


def test_what_the_checker_in_the_folder_flags_is_noted(tiny_brain: Path, tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "checked"
    shutil.copytree(tiny_brain, folder)
    add_safety_checker(folder)
    monkeypatch.setattr(SafetyChecker, "flags", lambda self, images: [True] * len(images))
    engine = LocalEngine(tmp_path / "cache")
    opened = next(event for event in engine.open(BrainSource(location=str(folder))) if isinstance(event, Opened))
    assert opened.info.has_safety_checker
    with Lab(folder) as lab:
        recipe = lab.recipe(PROMPT, steps=1, lesions=LesionSpec.parse("mid_block.*:zero"))
    *_, opened = engine.open(BrainSource(location=str(folder), precision=recipe.precision))
    for checks, expected in ((True, (FLAGGED,)), (False, ())):
        job = RenderJob(number=int(checks), recipes=(recipe,), check_safety=checks)
        finished = [event for event in engine.render(job) if isinstance(event, Finished)]
        assert [event.provenance.notes for event in finished] == [expected]


def test_a_brain_of_the_second_generation_is_opened_and_lesioned(tmp_path: Path) -> None:
    """Stable Diffusion 2.x projects with linear layers and has other heads at every level."""
    second = {**UNET_CONFIG, "use_linear_projection": True, "attention_head_dim": (1, 2, 4, 4)}
    folder = write_tiny_brain(tmp_path / "second", unet=second)
    with Lab(folder, precision="fp32") as lab:
        assert len(lab.anatomy) == 391
        assert lab.anatomy["mid_block.attentions.0.proj_in"].kind is Kind.LINEAR
        lesions = ["", "role=projection:scale=0.5", "role=q:zero", "mid_block.*:randomize@1"]
        recipes = [lab.recipe(PROMPT, steps=2, lesions=[text] if text else ()) for text in lesions]
        together = [np.asarray(made.image) for made in lab.render_all(recipes, batch_class=8)]
        alone = [np.asarray(lab.render_all([recipe], batch_class=8)[0].image) for recipe in recipes]
    for first, second_ in zip(together, alone, strict=True):
        assert np.array_equal(first, second_)
    assert not np.array_equal(together[0], together[1])
