"""The sheets of a model card: what a brain imagines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import torch

from alienlab.domain.events import Image
from alienlab.session.sheets.sheet import Sheet, SheetCell, SheetSection, write_sheet
from alienlab.training.judging.imagining import Imaginer
from alienlab.training.world.held_out import held_out_captions

CONTACTS = 64
LINE = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0, 1.5)
"""Places on the line through cat (0) and dog (1)."""

SEEDS = (1, 2, 3, 4)
RANDOM = 48


def write_sheets(brain: Path, world: Path, folder: Path) -> list[Path]:
    """Four PNG files in ``folder``: held-out captions, one prompt from many noises, a line, random points."""
    folder.mkdir(parents=True, exist_ok=True)
    imaginer = Imaginer(brain)
    captions = [entry.caption for entry in held_out_captions(world)]
    makers: dict[str, Callable[[], Sheet]] = {
        "held-out": lambda: _held_out(imaginer, captions),
        "party-hats": lambda: _party_hats(imaginer),
        "cat-to-dog": lambda: _cat_to_dog(imaginer),
        "random-points": lambda: _random_points(imaginer, captions),
    }
    files = []
    for name, make in makers.items():
        files.append(folder / f"{name}.png")
        write_sheet(make(), files[-1])
    return files


def _held_out(imaginer: Imaginer, captions: Sequence[str]) -> Sheet:
    shown = [captions[number * len(captions) // CONTACTS] for number in range(CONTACTS)]
    images = imaginer.imagine(imaginer.points(shown), range(CONTACTS))
    return _sheet("Compositions never seen in training", "20 steps, guidance 4", images, shown, columns=8)


def _party_hats(imaginer: Imaginer) -> Sheet:
    seeds = range(40)
    images = imaginer.imagine(imaginer.points(["a cat in a party hat"] * len(seeds)), seeds)
    return _sheet("a cat in a party hat", "20 steps, guidance 4", images, [f"seed {seed}" for seed in seeds], columns=8)


def _cat_to_dog(imaginer: Imaginer) -> Sheet:
    cat, dog = imaginer.points(["a cat", "a dog"])
    sections = []
    for seed in SEEDS:
        images = imaginer.imagine(torch.stack([cat + place * (dog - cat) for place in LINE]), [seed] * len(LINE))
        sections.append(_section(f"seed {seed}", images, [_place(place) for place in LINE]))
    return Sheet(
        title="From cat to dog, and beyond cat",
        common="points on the line through “a cat” (0) and “a dog” (1)",
        sections=tuple(sections),
        columns=len(LINE),
    )


def _place(place: float) -> str:
    return {0.0: "cat", 1.0: "dog"}.get(place, f"{place:g}".replace("-", "−"))


def _random_points(imaginer: Imaginer, captions: Sequence[str]) -> Sheet:
    points = imaginer.random_points(RANDOM, captions, seed=5)
    images = imaginer.imagine(points, range(RANDOM))
    names = [f"point {number}" for number in range(RANDOM)]
    return _sheet("Random points of concept space", "no words, 20 steps, guidance 4", images, names, columns=8)


def _sheet(title: str, common: str, images: Sequence[Image], captions: Sequence[str], *, columns: int) -> Sheet:
    return Sheet(title=title, common=common, sections=(_section("", images, captions),), columns=columns)


def _section(heading: str, images: Sequence[Image], captions: Sequence[str]) -> SheetSection:
    cells = (SheetCell.of(image, (caption,)) for image, caption in zip(images, captions, strict=True))
    return SheetSection(heading, tuple(cells))
