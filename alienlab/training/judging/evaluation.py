"""How well a brain imagines what it is asked for, judged by its recogniser."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from numpy.typing import NDArray

from alienlab.domain.events import Image
from alienlab.engine.brains.quiet import quiet_libraries
from alienlab.engine.recognition.recogniser import Recogniser
from alienlab.engine.recognition.vocabulary import Vocabulary
from alienlab.lab import Lab
from alienlab.training.errors import TrainingError
from alienlab.training.parts.lessons import attribute_word, background_word, subjects_of
from alienlab.training.parts.vae import reconstruction_psnr, to_unit
from alienlab.training.world.catalogue import Catalogue
from alienlab.training.world.drawing import SceneArtist
from alienlab.training.world.held_out import HeldOut, held_out_captions, held_out_compositions, scene_of
from alienlab.training.world.sampling import SceneSampler
from alienlab.training.world.scenes import Scene, Style

STEPS = 20
REAL_SCENES = 1000
REAL_SEEDS = 10_000_000
"""Real scenes are numbered from here: far from those that were trained on."""

SCENES_A_STYLE = 48
TIMED = 5
BATCH = 40

Report = Callable[[str, float], None]
"""Told what is done, and the share from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Shares are 0 to 1; ``kid`` is the squared kernel distance of recogniser features (Bińkowski et al., 2018)."""

    subject: float
    attribute: float
    """Of the captions that name a hat, something worn or a colour."""
    background: float
    vae_psnr_db: dict[str, float]
    """By drawing style, of real scenes."""
    recogniser: float
    """Accuracy of the subject on real scenes."""
    kid: float
    seconds_per_image: float
    """One image of 20 steps at a time; median of five."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def evaluate(lab: Lab, brain: Path, recogniser: Recogniser, world: Path, *, report: Report) -> Evaluation:
    """Render the held-out captions and judge them; raise TrainingError where the recogniser was not taught this world.

    ``brain`` is the folder that ``lab`` has open.
    """
    words = recogniser.vocabulary
    if words is None:
        raise TrainingError("This recogniser has no vocabulary.json, so it cannot judge the toy world's captions.")
    catalogue, asked = Catalogue(world), held_out_captions(world)
    artist = SceneArtist(catalogue, lab.info.width)
    images = render_held_out(lab, asked, report=report)
    seen = recogniser.embeddings(images)
    shares = judge(recogniser, seen, asked, words)
    report("Real scenes", 0.0)
    drawn = [np.asarray(artist.draw(scene_of(entry, catalogue, REAL_SEEDS + row))) for row, entry in enumerate(asked)]
    return Evaluation(
        **shares,
        vae_psnr_db=_psnr_by_style(brain, catalogue, artist),
        recogniser=_accuracy(recogniser, words, real_scenes(catalogue, world, REAL_SCENES), artist),
        kid=kernel_distance(seen, recogniser.embeddings(drawn)),
        seconds_per_image=_seconds_per_image(lab),
    )


def render_held_out(lab: Lab, asked: Sequence[HeldOut], *, report: Report) -> list[Image]:
    """One image a caption, each from its own noise."""
    images: list[Image] = []
    for start in range(0, len(asked), BATCH):
        report("Imagining", start / len(asked))
        part = asked[start : start + BATCH]
        recipes = [lab.recipe(entry.caption, seed=start + row, steps=STEPS) for row, entry in enumerate(part)]
        images += [np.asarray(made.image) for made in lab.render_all(recipes)]
    return images


def judge(
    recogniser: Recogniser, seen: NDArray[np.float32], asked: Sequence[HeldOut], words: Vocabulary
) -> dict[str, float]:
    """Shares of images whose likeliest subject, attribute and background are those asked for."""
    subject = _likeliest(recogniser, seen, words.subjects)
    attribute = _likeliest(recogniser, seen, words.attributes)
    background = _likeliest(recogniser, seen, words.backgrounds)
    rows = range(len(asked))
    with_attribute = [row for row in rows if asked[row].attribute]
    return {
        "subject": _share(subject[row] == asked[row].subject for row in rows),
        "attribute": _share(attribute[row] == attribute_word(asked[row].attribute) for row in with_attribute),
        "background": _share(background[row] == background_word(asked[row].background) for row in rows),
    }


def real_scenes(catalogue: Catalogue, world: Path, count: int) -> list[Scene]:
    """Scenes that training has not seen, drawn as it draws them."""
    sampler = SceneSampler(catalogue, held_out_compositions(world))
    return [sampler.scene(REAL_SEEDS + number) for number in range(count)]


def kernel_distance(one: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    """Unbiased squared maximum mean discrepancy with the kernel (cosine + 1)³; about 0 for the same distribution.

    Row i of one sample may be drawn to match row i of the other: such pairs are left out, as is each row with itself
    (Gretton et al., 2012, lemma 6). Both have as many rows.
    """
    count = len(one)

    def mean(rows: NDArray[np.floating], columns: NDArray[np.floating]) -> float:
        kernel = (rows.astype(np.float64) @ columns.T + 1) ** 3
        return float((kernel.sum() - np.trace(kernel)) / (count * (count - 1)))

    return mean(one, one) + mean(other, other) - 2 * mean(one, other)


def _accuracy(recogniser: Recogniser, words: Vocabulary, scenes: Sequence[Scene], artist: SceneArtist) -> float:
    seen = recogniser.embeddings([np.asarray(artist.draw(scene)) for scene in scenes])
    said = _likeliest(recogniser, seen, words.subjects)
    return _share(word in subjects_of(scene) for word, scene in zip(said, scenes, strict=True))


def _psnr_by_style(brain: Path, catalogue: Catalogue, artist: SceneArtist) -> dict[str, float]:
    with quiet_libraries():
        vae = AutoencoderKL.from_pretrained(brain / "vae", torch_dtype=torch.float32, local_files_only=True)
    sampler, found = SceneSampler(catalogue), {}
    for style in Style:
        scenes = [sampler.in_style(REAL_SEEDS + number, style) for number in range(SCENES_A_STYLE)]
        images = to_unit(torch.from_numpy(np.stack([np.asarray(artist.draw(scene)) for scene in scenes])))
        found[str(style)] = round(float(reconstruction_psnr(vae, images).mean()), 2)
    return found


def _seconds_per_image(lab: Lab) -> float:
    def once(seed: int) -> float:
        start = time.perf_counter()
        lab.render("a cat in a party hat", seed=seed, steps=STEPS)
        return time.perf_counter() - start

    once(0)
    return round(median(once(seed) for seed in range(TIMED)), 3)


def _likeliest(recogniser: Recogniser, seen: NDArray[np.float32], words: Sequence[str]) -> list[str]:
    return [words[int(place)] for place in recogniser.probabilities_of(seen, words).argmax(axis=1)]


def _share(truths) -> float:
    values = list(truths)
    return round(sum(values) / len(values), 4)
