"""Operations and recognisers of plugins on a real brain: in this process, and in the worker's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from alienlab.domain.brain import BrainInfo
from alienlab.domain.concepts import Prompt
from alienlab.domain.errors import RecogniserError, WorkerDied
from alienlab.domain.events import Done, Event, Failed, Finished, Opened, PluginBroke, Recognised, Started
from alienlab.domain.laboratories.equipment import Equipment
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource, EmbedJob, RecogniseJob, RenderJob
from alienlab.domain.recipe import DiffusionRecipe, Precision
from alienlab.engine.client import WorkerEngine
from alienlab.engine.local import LocalEngine
from alienlab.engine.offered import Offered
from alienlab.extensions.loading import called
from tests.fakes.offering import equipment
from tests.fakes.tiny_brain import write_tiny_brain

MIDDLE = "mid_block.attentions.0.*"


@pytest.fixture(scope="module")
def tiny_brain(tmp_path_factory) -> Path:
    return write_tiny_brain(tmp_path_factory.mktemp("brain") / "tiny")


@pytest.fixture(scope="module")
def shared(tiny_brain: Path, tmp_path_factory) -> LocalEngine:
    engine = LocalEngine(tmp_path_factory.mktemp("cache"), offered=Offered(called))
    for _ in engine.open(source(tiny_brain)):
        pass
    return engine


@pytest.fixture
def engine(shared: LocalEngine) -> LocalEngine:
    shared.equip(equipment("every_offer", "bad_offers"))
    return shared


@pytest.fixture(scope="module")
def info(tiny_brain: Path, shared: LocalEngine) -> BrainInfo:
    return opened(shared.open(source(tiny_brain)))


def source(brain: Path, recogniser: str | None = None) -> BrainSource:
    return BrainSource(location=str(brain), device="cpu", precision=Precision.FP32, recogniser=recogniser)


def opened(events: Iterator[Event]) -> BrainInfo:
    *_, last = events
    assert isinstance(last, Opened)
    return last.info


def recipe(info: BrainInfo, *lesions: str) -> DiffusionRecipe:
    return DiffusionRecipe(
        brain=info.hash,
        prompt=Prompt("a cat"),
        seed=3,
        steps=2,
        guidance=3.0,
        scheduler=info.scheduler,
        width=info.width,
        height=info.height,
        lesions=tuple(map(LesionSpec.parse, lesions)),
        precision=Precision.FP32,
    )


def job(info: BrainInfo, *rows: tuple[str, ...], number: int = 1) -> RenderJob:
    return RenderJob(number=number, recipes=tuple(recipe(info, *row) for row in rows), previews=False)


def images(events: list[Event]) -> dict[int, np.ndarray]:
    return {event.row: event.image for event in events if isinstance(event, Finished)}


def test_an_operation_alters_the_image_and_the_brain_stays_intact(engine, info) -> None:
    rows = (
        (),
        (f"{MIDDLE}:every-offer/reverse=1",),
        (f"{MIDDLE}:every-offer/reverse=0",),
        ("*:every-offer/shuffle@1",),
    )
    events = list(engine.render(job(info, *rows)))
    assert events[-1] == Done(1, intact=True)
    made = images(events)
    assert sorted(made) == [0, 1, 2, 3]
    assert np.array_equal(made[0], made[2]), "an amount of 0 leaves the weights as they are"
    assert not np.array_equal(made[0], made[1])
    assert not np.array_equal(made[0], made[3])
    versions = {event.row: event.provenance.versions for event in events if isinstance(event, Finished)}
    assert versions[1]["plugin every-offer"] == "1.2"
    assert not any("plugin" in name for name in versions[0])


def test_the_same_recipe_gives_the_same_pixels_by_rows_and_by_edited_weights(engine, info) -> None:
    text = f"{MIDDLE}:every-offer/shuffle@5"
    alone, again = (images(list(engine.render(job(info, (text,)))))[0] for _ in range(2))
    assert np.array_equal(alone, again)


@pytest.mark.parametrize("operation", ["raises", "nan", "shape"])
def test_the_row_of_a_plugin_that_fails_fails_alone(engine, info, operation: str) -> None:
    events = list(engine.render(job(info, (), ("mid_block.*:zero",), (f"{MIDDLE}:bad-offers/{operation}",))))
    assert sorted(images(events)) == [0, 1]
    failed = [event for event in events if isinstance(event, Failed)]
    assert [event.row for event in failed] == [2]
    assert "The plugin bad-offers made a mistake" in failed[0].message
    assert [event.plugin for event in events if isinstance(event, PluginBroke)] == ["bad-offers"]
    assert events[-1] == Done(1, intact=True)


def test_a_wide_lesion_that_fails_midway_leaves_the_weights_as_they_were(engine, info) -> None:
    intact = images(list(engine.render(job(info, ()))))[0]
    events = list(engine.render(job(info, ("*:scale=0.9", "*:bad-offers/nan"))))
    assert [type(event) for event in events if not isinstance(event, Started)] == [PluginBroke, Failed, Done]
    assert events[-1] == Done(1, intact=True)
    assert np.array_equal(images(list(engine.render(job(info, ()))))[0], intact)


def test_what_no_plugin_offers_fails_with_its_name(engine, info) -> None:
    events = list(engine.render(job(info, ("*:lost-plugin/melt",), ())))
    assert sorted(images(events)) == [1]
    assert next(event.message for event in events if isinstance(event, Failed)).startswith(
        "The lesion lost-plugin/melt needs the plugin lost-plugin"
    )
    engine.equip(Equipment())
    assert not images(list(engine.render(job(info, ("*:every-offer/shuffle",)))))


def test_a_plugin_recognises_images_of_renders_and_others(engine, info, tiny_brain: Path) -> None:
    known = opened(engine.open(source(tiny_brain, "every-offer/brightness")))
    assert known.recogniser == "every-offer/brightness"
    assert known.vocabulary == ("bright", "dark")
    pictures = (np.full((8, 8, 3), 255, np.uint8), np.full((8, 8, 3), 51, np.uint8))
    said = [
        one.recognition
        for one in engine.recognise(RecogniseJob(number=3, images=pictures))
        if isinstance(one, Recognised)
    ]
    assert [one.subjects for one in said] == [(("bright", 1.0), ("dark", 0.0)), (("dark", 0.8), ("bright", 0.2))]
    assert {one.recogniser for one in said} == {"every-offer/brightness"}
    asked = RenderJob(number=4, recipes=(recipe(info),), previews=False, recognise=True)
    finished = next(event for event in engine.render(asked) if isinstance(event, Finished))
    assert finished.recognition is not None
    assert dict(finished.recognition.subjects)["bright"] == pytest.approx(finished.image.mean() / 255)
    opened(engine.open(source(tiny_brain, "every-offer/darkness")))
    with pytest.raises(RecogniserError, match=r"offers no recogniser 'darkness'\. Known are .*every-offer/brightness"):
        list(engine.recognise(RecogniseJob(number=7, images=pictures)))
    opened(engine.open(source(tiny_brain, "every-offer/brightness")))
    with pytest.raises(RecogniserError, match="measures no distances"):
        list(engine.embed(EmbedJob(number=5, images=pictures)))
    engine.equip(Equipment(absent=frozenset({"every-offer"})))
    with pytest.raises(RecogniserError, match="switched off"):
        list(engine.recognise(RecogniseJob(number=6, images=pictures)))


def test_a_recogniser_that_fails_is_named(engine, info, tiny_brain: Path) -> None:
    opened(engine.open(source(tiny_brain, "bad-offers/silent")))
    heard: list[Event] = []
    with pytest.raises(RecogniserError, match="bad-offers made a mistake: silent gave no word"):
        for event in engine.recognise(RecogniseJob(number=1, images=(np.zeros((8, 8, 3), np.uint8),))):
            heard.append(event)
    assert [event.plugin for event in heard if isinstance(event, PluginBroke)] == ["bad-offers"]
    opened(engine.open(source(tiny_brain)))


@pytest.fixture(scope="module")
def worker(tmp_path_factory) -> Iterator[WorkerEngine]:
    made = WorkerEngine(tmp_path_factory.mktemp("worker"), threads=1, call=called)
    made.equipment = lambda: equipment("every_offer", "bad_offers")
    yield made
    made.close()


def test_the_worker_works_for_plugins_and_outlives_them(worker: WorkerEngine, tiny_brain: Path, info) -> None:
    opened(worker.open(source(tiny_brain)))
    rows = ((f"{MIDDLE}:every-offer/reverse",), (f"{MIDDLE}:bad-offers/raises",))
    events = list(worker.render(job(info, *rows)))
    assert sorted(images(events)) == [0]
    assert "ValueError: the weights are heavy (bad_offers_code.py" in str([e for e in events if isinstance(e, Failed)])
    worker.equipment = lambda: equipment("bad_offers")
    with pytest.raises(WorkerDied, match="bad-offers ended its process") as died:
        list(worker.render(job(info, (f"{MIDDLE}:bad-offers/ends",), number=2)))
    assert died.value.plugin == "bad-offers"
    assert 0 in images(list(worker.render(job(info, (), number=3))))


@pytest.mark.slow  # the worker is given its time to answer the cancel
def test_an_operation_without_end_is_cancelled_with_its_process(worker: WorkerEngine, tiny_brain: Path, info) -> None:
    opened(worker.open(source(tiny_brain)))
    worker.equipment = lambda: equipment("bad_offers")
    with pytest.raises(WorkerDied, match="bad-offers did not return") as died:
        for event in worker.render(job(info, (f"{MIDDLE}:bad-offers/endless",), number=4)):
            if isinstance(event, Started):
                worker.cancel(4)
    assert died.value.plugin == "bad-offers"
    assert 0 in images(list(worker.render(job(info, (), number=5))))
