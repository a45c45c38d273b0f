"""Renders with compiled passes: how they are asked for, what they say of themselves, and what they do without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from alienlab.domain.brain import COMPILED
from alienlab.domain.events import Cancelled, Event, Finished, Loading, Opened, Step
from alienlab.domain.ports import BrainSource, RenderJob
from alienlab.engine import local
from alienlab.engine.compiled.compiler import PassCompiler
from alienlab.engine.compiled.passes import Pass
from alienlab.engine.local import LocalEngine
from alienlab.lab import Lab

PROMPT = "a cat in a party hat"


class Compiler:
    """Stands in for torch's, which takes minutes on a CPU."""

    def __init__(self) -> None:
        self.compiled = 0
        self.error: Exception | None = None

    def __call__(self, run: Pass) -> Pass:
        if self.error is not None:
            raise self.error
        self.compiled += 1
        return run


@pytest.fixture
def compiler(monkeypatch) -> Compiler:
    made = Compiler()
    monkeypatch.setattr(local, "PassCompiler", lambda: PassCompiler(made))
    return made


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalEngine]:
    made = LocalEngine(tmp_path_factory.getbasetemp() / "measured-once")
    yield made
    made.close()


def opened(engine: LocalEngine, brain: Path, *, compiles: bool) -> list[Event]:
    return list(engine.open(BrainSource(location=str(brain), compile_passes=compiles)))


@pytest.mark.slow
def test_lesions_of_one_size_share_a_program_and_say_so(compiler, tiny_brain: Path) -> None:
    with Lab(tiny_brain, precision="fp32", compile_passes=True) as lab, Lab(tiny_brain, precision="fp32") as plain:
        lesions = ["", "mid_block.*:zero", "up_blocks.1.*:scale=0.5;weights;steps=1-2"]
        recipes = [lab.recipe(PROMPT, steps=2, lesions=[text] if text else ()) for text in lesions]
        made = lab.render_all(recipes, batch_class=8)
        usual = plain.render_all(recipes, batch_class=8)
        drawn = lab.render(PROMPT, steps=2, lesions="conv_in:randomize@1")
        silent = lab.render(PROMPT, steps=2, lesions="conv_out:zero")
    assert compiler.compiled == 1
    assert all(COMPILED in render.provenance.notes for render in made)
    assert not any(COMPILED in render.provenance.notes for render in [*usual, drawn, silent])
    for one, other in zip(made, usual, strict=True):
        assert np.abs(np.asarray(one.image, int) - np.asarray(other.image, int)).max() <= 1


def test_it_is_told_when_passes_are_compiled_and_the_weights_stay_intact(compiler, engine, tiny_brain: Path) -> None:
    *_, last = opened(engine, tiny_brain, compiles=True)
    assert isinstance(last, Opened)
    job = RenderJob(number=1, recipes=(recipe(tiny_brain),))
    for expected in (1, 0):
        events = list(engine.render(job))
        assert sum(isinstance(event, Loading) for event in events) == expected
        assert events[-1].intact


def test_switching_reads_no_brain_anew(compiler, engine, tiny_brain: Path) -> None:
    opened(engine, tiny_brain, compiles=False)
    job = RenderJob(number=1, recipes=(recipe(tiny_brain),))
    for compiles in (True, False):
        assert [type(event) for event in opened(engine, tiny_brain, compiles=compiles)] == [Opened]
        (finished,) = (event for event in engine.render(job) if isinstance(event, Finished))
        assert (COMPILED in finished.provenance.notes) == compiles


def test_a_cancel_is_heard_between_steps(compiler, engine, tiny_brain: Path) -> None:
    opened(engine, tiny_brain, compiles=True)
    seen = []
    for event in engine.render(RenderJob(number=1, recipes=(recipe(tiny_brain),))):
        seen.append(event)
        if isinstance(event, Step):
            engine.cancel(1)
    assert sum(isinstance(event, Step) for event in seen) == 1
    assert any(isinstance(event, Cancelled) for event in seen)


def test_without_a_compiler_renders_are_made_as_usual(compiler, tiny_brain: Path) -> None:
    compiler.error = RuntimeError("Cannot find a working triton installation.")
    with Lab(tiny_brain, compile_passes=True) as lab, Lab(tiny_brain) as plain:
        first, second = (lab.render(PROMPT, steps=1) for _ in range(2))
        usual = plain.render(PROMPT, steps=1)
    (note,) = first.provenance.notes
    assert note.endswith("could not be compiled and ran as usual: Cannot find a working triton installation.")
    assert second.provenance.notes == ()
    assert np.array_equal(np.asarray(first.image), np.asarray(usual.image))


def test_the_command_line_compiles_on_request_and_replays_alike(compiler, run, tiny_brain: Path) -> None:
    common = ("--brain", tiny_brain, "--steps", 1)
    code, out, err = run("render", PROMPT, *common, "--compile", "-o", "made.png")
    assert (code, out, err) == (0, "made.png", f"alienlab: {COMPILED}")
    assert run("replay", "made.png", "--brain", tiny_brain)[:2] == (0, "identical")
    assert compiler.compiled == 2
    assert run("render", PROMPT, *common, "-o", "usual.png") == (0, "usual.png", "")
    code, _, err = run("sweep", "knockout", PROMPT, *common, "--pattern", "mid_block.*", "--by", "region", "--compile")
    assert code == 0, err
    assert compiler.compiled > 2


def recipe(brain: Path):
    with Lab(brain) as lab:
        return lab.recipe(PROMPT, steps=3)
