"""Sweeps on a real engine: exact, measured, killed and gone on with."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch

from alienlab.domain.effects import Verdict
from alienlab.domain.events import Failed, Finished
from alienlab.domain.lesions import LesionSet, LesionSpec, Operation, Treatment
from alienlab.domain.ports import RenderJob
from alienlab.domain.recipe import Precision
from alienlab.domain.sweeps import kinds
from alienlab.domain.sweeps.planning import SPREAD_SEEDS
from alienlab.domain.sweeps.sweep import Sweep, new_id
from alienlab.engine.lesions.row_lesions import edited_weights
from alienlab.lab import Lab
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepLog, SweepState
from tests.integration.conftest import refused

PROMPT = "a cat in a party hat"
BLOCK = "up_blocks.2.attentions.0.transformer_blocks.0"
MIXED = (
    "conv_in:zero",
    "conv_out:zero",
    f"{BLOCK}.attn2.to_k:zero",
    f"{BLOCK}.attn2.to_v:scale=0.3",
    f"{BLOCK}.norm1:randomize@4",
    f"{BLOCK}.ff.net.0.proj:noise=0.4@2",
    "mid_block.resnets.0.conv1:noise+=0.5@3",
    "up_blocks.1.*:zero",
    "kind=norm:scale=1.2",
    "role=k:randomize@2;steps=0-1",
    "down_blocks.1.resnets.0.conv1:scale=-1;weights",
    "*:noise=0.1@5",
    "*:scale=0.9",
)


@pytest.fixture(scope="module")
def lab(tiny_brain: Path, tiny_recogniser: Path):
    with Lab(tiny_brain, precision="fp32", recogniser=tiny_recogniser) as opened:
        yield opened


def alone_by_weight_edit(lab: Lab, lesion: str) -> np.ndarray:
    """One image at a time: the network's own weights edited, no lesion in the recipe, step windows by hand."""
    specs = [LesionSpec.parse(lesion)] if lesion else []
    lesions = LesionSet.of(specs, lab.anatomy)
    recipe = lab.recipe(PROMPT, seed=3, steps=2)
    mind = lab._engine._mind
    unet, intact = mind.unet(Precision.FP32), copy.deepcopy(mind.unet(Precision.FP32).state_dict())
    handles = []
    entered = []

    def edit(*_: object) -> None:
        step = len(entered)
        for context in entered:
            if context is not None:
                context.__exit__(None, None, None)
        entered[:] = [None] * step
        context = edited_weights(unet, lesions.at_step(step))
        context.__enter__()
        entered.append(context)

    handles.append(unet.register_forward_pre_hook(edit))
    try:
        image = np.asarray(lab.render_all([recipe])[0].image)
    finally:
        for handle in handles:
            handle.remove()
        for context in entered:
            if context is not None:
                context.__exit__(None, None, None)
    assert all(torch.equal(value, intact[name]) for name, value in unet.state_dict().items())
    return image


def test_every_row_of_a_mixed_batch_is_what_a_weight_edit_gives(lab: Lab) -> None:
    recipes = [lab.recipe(PROMPT, seed=3, steps=2, lesions=text) for text in MIXED]
    together = [np.asarray(made.image) for made in lab.render_all(recipes)]
    for text, image in zip(MIXED, together, strict=True):
        alone = alone_by_weight_edit(lab, text)
        assert np.abs(image.astype(int) - alone).max() <= 1, text


def test_a_knockout_sweep_gives_the_images_of_single_renders_and_their_distances(lab: Lab, tmp_path: Path) -> None:
    axis = kinds.knockouts(lab.anatomy, pattern=f"{BLOCK}.*")
    with Session.open(tmp_path / "s") as session:
        rows = lab.sweep(PROMPT, axis, session=session, seed=3, steps=2)
        log = SweepLog(session)
        assert log.records()[0].state is SweepState.DONE
        assert len(session) == len({row.key for row in rows}) + 1 + SPREAD_SEEDS
        intact = np.asarray(lab.render(PROMPT, seed=3, steps=2).image).astype(float)
        for row in rows:
            alone = np.asarray(lab.render_all([row.trial.recipe])[0].image)
            image = log.image(row.key)
            assert np.abs(image.astype(int) - alone).max() <= 1
            assert row.effect.measures.pixel == pytest.approx(np.abs(image - intact).mean() / 255, abs=0.002)
        files = session.files()
        assert all(Path(files[row.key]).is_file() for row in rows)
        again = lab.sweep(PROMPT, axis, session=session, seed=3, steps=2)
        assert len(session) == len({row.key for row in rows}) + 1 + SPREAD_SEEDS
        assert [row.effect.measures for row in again] == [row.effect.measures for row in rows]


def test_without_a_recogniser_effects_are_measured_by_structure(tiny_brain: Path, tmp_path: Path) -> None:
    with Lab(tiny_brain, precision="fp32") as lab, Session.open(tmp_path / "s") as session:
        axis = kinds.knockouts(lab.anatomy, pattern="conv_out")
        rows = lab.sweep(PROMPT, axis, session=session, seed=3, steps=2)
        assert rows[0].effect.measures.perceptual is None
        assert rows[0].effect.spreads is not None


def test_two_axes_and_refinement_on_a_real_engine(lab: Lab, tmp_path: Path) -> None:
    doses = kinds.doses(Treatment(Operation.NOISE, 0.1, 1), [0.0, 0.5, 1.0])
    with Session.open(tmp_path / "s") as session:
        grid = lab.sweep(PROMPT, doses, kinds.line("a dog", "a cat", [0.0, 0.5, 1.0]), session=session, steps=1)
        assert len(grid) == 9
        assert all(row.is_rendered and row.effect is not None for row in grid)
        refined = lab.sweep(PROMPT, doses, session=session, steps=1, refinements=2)
        assert 3 <= len(refined) <= 5


def test_too_little_memory_halves_the_batch_and_goes_on(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    mind = lab._engine._mind
    decode = type(mind).decode

    def narrow(self, latents, precision):
        if len(latents) > 8:
            raise RuntimeError("CUDA out of memory. Tried to allocate a lot")
        return decode(self, latents, precision)

    monkeypatch.setattr(type(mind), "decode", narrow)
    before = mind._batch_pixels
    monkeypatch.setattr(mind, "_batch_pixels", 10**9)
    recipes = tuple(lab.recipe(PROMPT, seed=seed, steps=1) for seed in range(32))
    events = list(lab._engine.render(RenderJob(number=500, recipes=recipes, previews=False)))
    finished = [event for event in events if isinstance(event, Finished)]
    assert sorted(event.row for event in finished) == list(range(32))
    assert {event.provenance.batch_class for event in finished} == {8}
    assert all("do not fit into memory" in event.provenance.notes[0] for event in finished)
    assert not any(isinstance(event, Failed) for event in events)
    monkeypatch.setattr(mind, "_batch_pixels", before)


def test_without_its_last_modules_the_embedded_brain_sees_noise(tmp_path: Path) -> None:
    with Lab() as lab, Session.open(tmp_path / "s") as session:
        axis = kinds.knockouts(lab.anatomy, pattern="conv_*out")
        rows = lab.sweep(PROMPT, axis, session=session, seed=7, steps=12)
        assert [row.trial.module for row in rows] == ["conv_norm_out", "conv_out"]
        assert {row.effect.verdict for row in rows} <= {Verdict.NOISE, Verdict.FLAT}
        assert rows[0].effect.yardsticks.seeds == SPREAD_SEEDS


SWEEP = ("sweep", "knockout", PROMPT, "--steps", "2", "--pattern", "up_blocks.*")


def command(tiny_brain: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "alienlab", *arguments, "--brain", str(tiny_brain), "--dtype", "fp32"]


def test_after_a_kill_exactly_what_was_missing_is_rendered(tiny_brain: Path, tmp_path: Path) -> None:
    folder = tmp_path / "session"
    environment = {**os.environ, "ALIENLAB_HOME": str(tmp_path / "home")}
    line = command(tiny_brain, *SWEEP, "-o", str(folder))
    running = psutil.Popen(line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    images = folder / "images"
    while running.poll() is None and len(list(images.glob("[0-9]*.png"))) < 40:
        psutil.wait_procs([running], timeout=0.05)
    assert running.poll() is None, "the sweep was over before it could be killed"
    running.kill()
    running.wait()
    with SessionReader.open_read_only(folder) as session:
        before = {record.computation_id: record.number for record in session.records()}
        record = SweepLog(session).records()[0]
    assert record.state is SweepState.RUNNING
    subprocess.run(
        command(tiny_brain, "sweep", "resume", "-o", str(folder)), env=environment, check=True, capture_output=True
    )
    with SessionReader.open_read_only(folder) as session:
        records = session.records()
        assert max(Counter(one.computation_id for one in records).values()) == 1
        after = {one.computation_id: one.number for one in records}
        assert {key: after[key] for key in before} == before
        assert SweepLog(session).records()[0].state is SweepState.DONE
        with Lab(tiny_brain, precision="fp32") as lab:
            plan = lab.plan(record.sweep, session)
            assert plan.missing == ()
            assert len(after) == len({*plan.keys, *(one.key for one in plan.anchors[0].spread), plan.anchors[0].key})
            assert all(row.effect is not None for row in lab.recall(record.sweep, session))


def test_bad_input_is_one_line_and_exit_code_2(run, tiny_brain: Path, tmp_path: Path) -> None:
    folder = str(tmp_path / "session")
    cases = {
        ("sweep", "knockout", PROMPT, "--pattern", "no_such.*"): "No module matches",
        ("sweep", "progressive", PROMPT, "--order", "least"): "needs an atlas",
        ("sweep", "dance", PROMPT): "no kind of sweep",
        ("sweep", "dose", PROMPT, "--op", "zero"): "no amount to vary",
        ("sweep", "resume"): "not finished",
    }
    for arguments, expected in cases.items():
        assert expected in refused(run(*command(tiny_brain, *arguments, "-o", folder)[3:])), arguments


def test_a_sweep_of_another_brain_is_refused(lab: Lab, tmp_path: Path) -> None:
    base = replace(lab.recipe(PROMPT, steps=1), brain="0" * 64)
    sweep = Sweep(id=new_id(), title="Foreign", base=base, axes=(kinds.seeds([1]),))
    with Session.open(tmp_path / "s") as session, pytest.raises(Exception, match="another brain"):
        lab.carry_out(sweep, session)
