"""A bank of drawn scenes on disk: drawn once by all cores, learnt from by every stage."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alienlab.training.errors import TrainingError
from alienlab.training.learning.disk import require_room
from alienlab.training.world.captions import Captioner
from alienlab.training.world.catalogue import Catalogue
from alienlab.training.world.drawing import SceneArtist
from alienlab.training.world.held_out import held_out_compositions
from alienlab.training.world.sampling import Mixture, SceneSampler

CAPTIONS_PER_SCENE = 4
CHUNK, PROBED = 500, 32
IMAGES = "images.npy"


@dataclass(frozen=True)
class Bank:
    """``images`` [scenes, pixels, pixels, 3], bytes, mapped from disk; ``captions`` several a scene."""

    images: NDArray[np.uint8]
    captions: list[list[str]]

    def __len__(self) -> int:
        return len(self.captions)


def draw_bank(
    world: Path,
    folder: Path,
    *,
    scenes: int,
    pixels: int,
    mixture: Mixture = Mixture.IMAGINING,
    report: Callable[[int], None] = lambda count: None,
) -> None:
    """Draw the scenes 0 to ``scenes`` − 1 of a mixture into ``folder``.

    A finished bank is kept where it is what the world would draw today, by its first scenes. Raise TrainingError where
    a sprite is missing or the disk is too small.
    """
    wanted = {"scenes": scenes, "pixels": pixels, "mixture": mixture, "first": _fingerprint(world, pixels, mixture)}
    if _finished(folder) == wanted:
        return
    folder.mkdir(parents=True, exist_ok=True)
    require_room(folder, scenes * pixels * pixels * 3)
    (folder / "bank.json").unlink(missing_ok=True)  # what is half replaced is not finished
    images = np.lib.format.open_memmap(
        folder / f"{IMAGES}.part", mode="w+", dtype=np.uint8, shape=(scenes, pixels, pixels, 3)
    )
    captions: list[list[str]] = []
    for start, pictures, words in _drawn(world, mixture, scenes=scenes, pixels=pixels):
        images[start : start + len(pictures)] = pictures
        captions += words
        report(len(captions))
    images.flush()
    (folder / "captions.json").write_text(json.dumps(captions), encoding="utf-8")
    (folder / f"{IMAGES}.part").replace(folder / IMAGES)
    (folder / "bank.json").write_text(json.dumps(wanted), encoding="utf-8")


def open_bank(folder: Path) -> Bank:
    """Raise TrainingError where there is no finished bank."""
    if _finished(folder) is None:
        raise TrainingError(f"There is no finished bank of scenes in {folder}. Run the stage 'world' first.")
    captions = json.loads((folder / "captions.json").read_text(encoding="utf-8"))
    return Bank(np.load(folder / IMAGES, mmap_mode="c"), captions)


def _finished(folder: Path) -> dict | None:
    try:
        return json.loads((folder / "bank.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _fingerprint(world: Path, pixels: int, mixture: Mixture) -> str:
    """Of the first few scenes and their captions."""
    _, images, captions = _draw_chunk((world, mixture, pixels, 0, PROBED))
    return hashlib.sha256(images.tobytes() + json.dumps(captions).encode()).hexdigest()


def _drawn(
    world: Path, mixture: Mixture, *, scenes: int, pixels: int
) -> Iterator[tuple[int, NDArray[np.uint8], list[list[str]]]]:
    tasks = [(world, mixture, pixels, start, min(start + CHUNK, scenes)) for start in range(0, scenes, CHUNK)]
    with multiprocessing.get_context("spawn").Pool(min(len(tasks), os.cpu_count() or 1)) as pool:
        yield from pool.imap(_draw_chunk, tasks)


def _draw_chunk(task: tuple[Path, Mixture, int, int, int]) -> tuple[int, NDArray[np.uint8], list[list[str]]]:
    world, mixture, pixels, start, stop = task
    catalogue = Catalogue(world)
    sampler = SceneSampler(catalogue, held_out_compositions(world), mixture)
    artist, captioner = SceneArtist(catalogue, pixels), Captioner(catalogue)
    scenes = [sampler.scene(number) for number in range(start, stop)]
    words = []
    for scene in scenes:
        generator = random.Random(scene.seed)
        words.append([captioner.varied(scene, generator) for _ in range(CAPTIONS_PER_SCENE)])
    return start, np.stack([np.asarray(artist.draw(scene)) for scene in scenes]), words
