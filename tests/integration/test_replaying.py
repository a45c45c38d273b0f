"""A session's images come about again, pixel by pixel, from their records alone."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.formula import read_concept
from alienlab.domain.sweeps.sweep import Kind
from alienlab.domain.sweeps.wishes import AxisWish, SweepWish
from alienlab.lab import Lab
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.store import Session
from tests.fakes.kills import Lives, images_in, wait_until
from tests.integration.conftest import Run, refused

LESIONS = (
    (),
    ("mid_block.*:zero",),
    ("conv_out:zero",),
    ("up_blocks.1.resnets.0.conv1:scale=0.5",),
    ("down_blocks.1.*:randomize@3",),
    ("*:noise=0.02@7",),
    ("kind=norm:scale=1.2;steps=0-1",),
    ("role=v:noise+=0.1@2;weights", "conv_in:scale=1.1"),
    ("up_blocks.2.attentions.1.*:zero;steps=1-2",),
    ("*:randomize@1",),
)
PROMPTS = ("a cat in a party hat", "a dog", "", '= mean("a cat", "a dog")', "= random(7)")
SCHEDULERS = ("ddim", "euler", "euler-a", "dpm++", "unipc")
GUIDANCE = (0.0, 1.0, 3.0, 7.5)


def mixed(lab: Lab, chance: random.Random, count: int, *, sizes: Sequence[int]) -> list[DiffusionRecipe]:
    """Recipes that have little in common."""
    return [
        lab.recipe(
            read_concept(chance.choice(PROMPTS)),
            negative=chance.choice(("", "", "a hat")),
            seed=chance.randrange(1000),
            steps=chance.choice((2, 3, 4)),
            guidance=chance.choice(GUIDANCE),
            scheduler=chance.choice(SCHEDULERS),
            width=chance.choice(sizes),
            height=chance.choice(sizes),
            lesions=LESIONS[number % len(LESIONS)],
        )
        for number in range(count)
    ]


def keep_alone(lab: Lab, session: Session, recipes: Sequence[DiffusionRecipe]) -> None:
    """Each rendered for itself."""
    for recipe in recipes:
        for render in lab.attempt_all([recipe]):
            if not isinstance(render, str):
                render.log(session, lab.anatomy)


def keep_together(lab: Lab, session: Session, recipes: Sequence[DiffusionRecipe], batch_class: int) -> None:
    for render in lab.attempt_all(recipes, batch_class=batch_class):
        if not isinstance(render, str):
            render.log(session, lab.anatomy)


def keep_sweep(lab: Lab, session: Session, wish: AxisWish) -> None:
    base = lab.recipe("a cat", steps=2)
    lab.carry_out(SweepWish(wish).to_sweep(base, lab.anatomy), session)


@pytest.fixture
def tiny_session(tmp_path: Path, tiny_brain: Path) -> Iterator[Path]:
    """Eight renders in two formats, alone and together."""
    folder = tmp_path / "mixed"
    with Session.open(folder) as session:
        for precision, batch_class in (("fp32", 8), ("bf16", 1)):
            with Lab(tiny_brain, device="cpu", precision=precision) as lab:
                recipes = mixed(lab, random.Random(1), 10, sizes=(32, 64))
                keep_alone(lab, session, recipes[3:5])
                keep_together(lab, session, recipes[6:8], batch_class)
        assert len(session) == 8
    yield folder


def test_a_mixed_session_is_rendered_again_alike_and_what_differs_is_told(
    run: Run, tiny_session: Path, tiny_brain: Path
) -> None:
    code, out, err = run("replay", tiny_session, "--brain", tiny_brain)
    assert (code, out, err) == (0, "8 of 8 identical", "")
    with SessionReader.open_read_only(tiny_session) as session:
        records = session.records()
    forged, gone = records[2], records[5]
    change_a_pixel(forged.file)
    gone.file.unlink()
    code, out, _ = run("replay", tiny_session, "--brain", tiny_brain)
    lines = out.splitlines()
    assert code == 1
    assert lines[-1] == "6 of 8 identical"
    assert re.search(rf"^render {forged.number}: largest pixel difference 5 of 255$", out, re.MULTILINE)
    assert re.search(rf"^render {gone.number}: The image of render {gone.number} is gone", out, re.MULTILINE)
    assert len(lines) == 3


def change_a_pixel(file: Path) -> None:
    with Image.open(file) as picture:
        info = PngInfo()
        for key, text in picture.text.items():
            info.add_text(key, text)
        changed = picture.copy()
    red, green, blue = changed.getpixel((3, 4))
    changed.putpixel((3, 4), (red + 5 if red < 128 else red - 5, green, blue))
    changed.save(file, pnginfo=info)


def test_some_renders_are_chosen_at_random_or_by_a_filter(run: Run, tiny_session: Path, tiny_brain: Path) -> None:
    brain = ("--brain", tiny_brain)
    code, out, _ = run("replay", tiny_session, "--random", 3, "--seed", 5, *brain)
    assert (code, out) == (0, "3 of 3 identical")
    code, out, _ = run("replay", tiny_session, "--filter", "op:randomize", *brain)
    assert (code, out) == (0, "2 of 2 identical")
    assert "the filter lets through" in refused(run("replay", tiny_session, "--filter", "prompt:zebra"))
    assert "no session" in refused(run("replay", "nowhere")).lower()
    assert "not at hand" in refused(run("replay", tiny_session))


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_fifty_renders_of_a_mixed_session_of_the_embedded_brain(
    run: Run, tmp_path: Path, homunculus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made alone, in batches, by sweeps, by a line through concept space, and by the window's own process."""
    with Lives(tmp_path, str(homunculus)) as lives:
        lives.begin()
        wait_until(lambda: images_in(lives.session) > 40)
        lives.kill()
    with Session.open(lives.session) as session:
        for precision in ("fp32", "bf16"):
            with Lab(homunculus, device="cpu", precision=precision) as lab:
                recipes = mixed(lab, random.Random(1), 25, sizes=(64, 96))
                keep_alone(lab, session, recipes[:15])
                keep_together(lab, session, recipes[15:], 8)
                keep_together(lab, session, [lab.recipe("a dog", steps=2, seed=seed) for seed in range(5)], 32)
                keep_sweep(lab, session, AxisWish(kind=Kind.LINE, end="a dog", points=9, beyond=2))
                keep_sweep(lab, session, AxisWish(kind=Kind.SEEDS, seeds=12))
    code, out, _ = run("replay", lives.session, "--random", 50, "--seed", 0)
    assert (code, out) == (0, "50 of 50 identical")
