"""What renders are of, from the engine, its worker, the Python API and the command line, with a tiny brain and CLIP."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from alienlab.domain.concepts import Prompt
from alienlab.domain.errors import RecogniserError
from alienlab.domain.events import Done, Finished, Opened, Recognised
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource, RecogniseJob, RenderJob
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.engine.client import WorkerEngine
from alienlab.engine.local import LocalEngine
from alienlab.engine.recognition.recogniser import Recogniser
from alienlab.lab import Lab
from tests.fakes.recipes import make_image
from tests.fakes.tiny_recogniser import VOCABULARY
from tests.integration.conftest import refused


@pytest.fixture
def seeing_brain(tiny_brain: Path, tiny_recogniser: Path, tmp_path: Path) -> Path:
    """A brain that brings a recogniser."""
    brain = Path(shutil.copytree(tiny_brain, tmp_path / "seeing"))
    shutil.copytree(tiny_recogniser, brain / "recogniser")
    return brain


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[LocalEngine]:
    made = LocalEngine(tmp_path / "cache")
    yield made
    made.close()


def opened(engine: LocalEngine | WorkerEngine, location: Path, recogniser: str | None = None) -> Opened:
    *_, event = engine.open(BrainSource(location=str(location), device="cpu", recogniser=recogniser))
    assert isinstance(event, Opened)
    return event


def job(event: Opened, number: int, *lesions: str, recognise: bool = True) -> RenderJob:
    info = event.info
    recipe = DiffusionRecipe(
        brain=info.hash,
        prompt=Prompt("a cat in a party hat"),
        seed=number,
        steps=2,
        guidance=4.0,
        scheduler=info.scheduler,
        width=info.width,
        height=info.height,
        lesions=tuple(map(LesionSpec.parse, lesions)),
        precision=info.precision,
    )
    return RenderJob(number=number, recipes=(recipe, recipe.intact), recognise=recognise)


def finished(engine: LocalEngine | WorkerEngine, asked: RenderJob) -> list[Finished]:
    return [event for event in engine.render(asked) if isinstance(event, Finished)]


def test_renders_say_what_they_are_of_where_the_brain_brings_a_recogniser(
    engine: LocalEngine, seeing_brain: Path
) -> None:
    brain = opened(engine, seeing_brain)
    assert brain.info.recogniser == "seeing/recogniser"
    renders = finished(engine, job(brain, 1, "mid_block.*:zero"))
    recogniser = Recogniser.load(seeing_brain / "recogniser")
    for render in renders:
        truth = recogniser.probabilities([render.image], VOCABULARY["subjects"])[0]
        assert render.recognition is not None
        assert dict(render.recognition.subjects) == pytest.approx(dict(zip(VOCABULARY["subjects"], truth, strict=True)))
        assert render.provenance.notes == ()
    unasked = finished(engine, job(brain, 1, "mid_block.*:zero", recognise=False))
    assert [render.recognition for render in unasked] == [None, None]
    for one, other in zip(renders, unasked, strict=True):
        assert np.array_equal(one.image, other.image)


def test_another_recogniser_is_taken_without_reading_weights(
    engine: LocalEngine, tiny_brain: Path, tiny_recogniser: Path
) -> None:
    source = BrainSource(location=str(tiny_brain), device="cpu")
    *_, blind = engine.open(source)
    assert blind.info.recogniser is None
    assert finished(engine, job(blind, 1))[0].recognition is None
    (seeing,) = engine.open(replace(source, recogniser=str(tiny_recogniser)))
    name, words = "/".join(tiny_recogniser.parts[-2:]), ("cat", "dog", "robot")
    assert (blind.info.vocabulary, seeing.info) == ((), replace(blind.info, recogniser=name, vocabulary=words))
    assert finished(engine, job(seeing, 2))[0].recognition is not None
    assert len(list(engine.open(replace(source, recogniser=str(tiny_recogniser))))) > 1  # the same again is read anew


def test_a_broken_recogniser_fails_no_render_and_is_noted_once(
    engine: LocalEngine, tiny_brain: Path, tiny_recogniser: Path, tmp_path: Path
) -> None:
    broken = Path(shutil.copytree(tiny_recogniser, tmp_path / "broken"))
    (broken / "model.safetensors").write_bytes(b"no weights")
    brain = opened(engine, tiny_brain, str(broken))
    renders = [*finished(engine, job(brain, 1)), *finished(engine, job(brain, 2))]
    assert [render.recognition for render in renders] == [None] * 4
    assert [len(render.provenance.notes) for render in renders] == [1, 0, 0, 0]
    assert str(broken) in renders[0].provenance.notes[0]
    with pytest.raises(RecogniserError, match="cannot be read"):
        list(engine.recognise(RecogniseJob(number=3, images=(make_image(),))))


def test_the_worker_says_it_as_well(tmp_path: Path, seeing_brain: Path) -> None:
    engine = WorkerEngine(tmp_path / "cache", threads=1)
    try:
        brain = opened(engine, seeing_brain)
        render = finished(engine, job(brain, 1))[0]
        images = (render.image, make_image(1, width=20, height=90))
        events = list(engine.recognise(RecogniseJob(number=2, images=images, words=None)))
        assert [type(event) for event in events] == [Recognised, Recognised, Done]
        assert dict(events[0].recognition.subjects) == pytest.approx(dict(render.recognition.subjects), abs=1e-5)
        with pytest.raises(RecogniserError, match="no words"):
            list(engine.recognise(RecogniseJob(number=3, images=images, words=())))
        assert opened(engine, seeing_brain, str(tmp_path / "gone")).info.recogniser is not None
        with pytest.raises(RecogniserError, match="neither a folder nor a hub id"):
            list(engine.recognise(RecogniseJob(number=4, images=images)))
    finally:
        engine.close()


def test_a_lab_says_what_renders_and_pictures_are_of(
    seeing_brain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALIENLAB_HOME", str(tmp_path / "home"))
    with Lab(seeing_brain, device="cpu") as lab:
        render = lab.render("a cat", steps=1)
        known = lab.recognise([render, Image.new("L", (9, 9))])
        (chosen,) = lab.recognise([render], words=["hat", "cat"])
    assert len(known) == 2
    assert len(known[0].attributes) == len(VOCABULARY["attributes"])
    assert {word for word, _ in chosen.subjects} == {"hat", "cat"}


def test_a_lab_without_a_recogniser_says_how_to_choose_one(
    tiny_brain: Path, tiny_recogniser: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALIENLAB_HOME", str(tmp_path / "home"))
    with Lab(tiny_brain, device="cpu") as lab, pytest.raises(RecogniserError, match="Choose a CLIP model"):
        lab.recognise([Image.new("RGB", (9, 9))])
    with Lab(tiny_brain, device="cpu", recogniser=tiny_recogniser) as lab:
        assert lab.recognise([Image.new("RGB", (9, 9))])


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    """Lie where commands run."""
    Image.fromarray(make_image(1)).save(tmp_path / "one.png")
    Image.fromarray(make_image(2, width=90)).save(tmp_path / "two.jpg")
    return ["one.png", "two.jpg"]


def test_the_command_line_says_what_images_are_of(run, pictures: list[str], tiny_recogniser: Path) -> None:
    code, out, err = run("recognise", *pictures, "--recogniser", tiny_recogniser)
    assert (code, err) == (0, "")
    first, second = out.split("\n\n")
    assert first.startswith("one.png: ")
    assert [line.split(":")[0] for line in second.splitlines()[1:]] == ["  Subject", "  Attribute", "  Background"]
    assert sum(word in first for word in VOCABULARY["subjects"]) == len(VOCABULARY["subjects"])


def test_the_command_line_gives_json_and_takes_words(run, pictures: list[str], seeing_brain: Path) -> None:
    code, out, _ = run("recognise", *pictures, "--brain", seeing_brain, "--words", "cat, hat,", "--json")
    found = json.loads(out)
    assert (code, list(found)) == (0, pictures)
    for answer in found.values():
        assert {word for word, _ in answer["subjects"]} == {"cat", "hat"}
        assert sum(value for _, value in answer["subjects"]) == pytest.approx(1, abs=1e-3)
        assert answer["recogniser"] == "seeing/recogniser"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("one.png", "--recogniser", "no/such/clip/here"), "neither a folder nor a hub id"),
        (("one.png", "--recogniser", "."), "no config.json"),
        (("missing.png",), "missing.png"),
        (("one.png", "--brain", "no/such/brain/here"), "no brain at"),
    ],
)
def test_what_the_command_line_cannot_do_is_one_sentence(
    run, pictures: list[str], arguments: tuple[str, ...], said: str
) -> None:
    assert said in refused(run("recognise", *arguments))


def test_no_words_to_choose_among_are_refused(run, pictures: list[str], tiny_recogniser: Path) -> None:
    assert "no words" in refused(run("recognise", "one.png", "--recogniser", tiny_recogniser, "--words", " , "))


def test_a_brain_without_a_recogniser_says_how_to_choose_one(run, pictures: list[str], tiny_brain: Path) -> None:
    assert "Choose a CLIP model" in refused(run("recognise", "one.png", "--brain", tiny_brain))
