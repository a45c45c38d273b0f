"""The real process of plugins, and one plugin that does everything it should not."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from PIL import Image as Pillow

from alienlab.domain.events import Failure
from alienlab.domain.laboratories.declarations import Laboratory, Measure, Origin
from alienlab.domain.laboratories.ports import (
    Answered,
    AskJob,
    Carried,
    LabEvent,
    LabFailed,
    LabJob,
    LabStopped,
    NetworkJob,
    Progressed,
)
from alienlab.domain.laboratories.shelf import Shelf
from alienlab.domain.recipe import LabRecipe
from alienlab.extensions.client import LOG, PluginProcess
from alienlab.extensions.discovery import find_plugins
from alienlab.extensions.plugin_log import MOST_BYTES

FAKES = Path(__file__).parents[1] / "fakes" / "plugins"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = tmp_path_factory.mktemp("plugins")
    shutil.copytree(FAKES / "misbehaving", folder / "misbehaving")
    return Shelf(found=find_plugins(folder)).switched("misbehaving", on=True)


@pytest.fixture(scope="module")
def trouble(shelf: Shelf) -> Laboratory:
    assert shelf.get("misbehaving").origin is Origin.USER_FOLDER
    return shelf.find(Laboratory, "trouble")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def process(cache: Path) -> Iterator[PluginProcess]:
    made = PluginProcess(cache, threads=1, starting_patience=10.0)
    yield made
    made.close()


class Numbers:
    """Of jobs, counted up."""

    last = 0

    @classmethod
    def next(cls) -> int:
        cls.last += 1
        return cls.last


def job_of(laboratory: Laboratory, experiment: str, *, seed: int = 0, **values: Any) -> LabJob:
    found = laboratory.experiment(experiment)
    assert found is not None
    recipe = LabRecipe(laboratory=laboratory.key, experiment=experiment, values=values, seed=seed)
    return LabJob(number=Numbers.next(), laboratory=laboratory, experiment=found, recipe=recipe)


def last(process: PluginProcess, job: LabJob | AskJob | NetworkJob) -> LabEvent:
    *before, ending = process.run(job)
    assert all(isinstance(event, Progressed) for event in before)
    return ending


def works(process: PluginProcess, trouble: Laboratory) -> bool:
    return isinstance(last(process, job_of(trouble, "fine")), Carried)


def test_the_same_recipe_gives_the_same_pixels_and_another_seed_others(process, trouble) -> None:
    first, again, other = (last(process, job_of(trouble, "fine", seed=seed)) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first.image, again.image)
    assert first.recipe == again.recipe
    assert not np.array_equal(first.image, other.image)
    truth = (np.random.default_rng(3).random((8, 9, 3)) * 255 * 0.5).astype(np.uint8)
    np.testing.assert_array_equal(first.image, truth)
    assert first.provenance.versions["numpy"] == np.__version__
    assert first.provenance.threads == 1


@pytest.mark.parametrize(
    ("experiment", "said"),
    [
        ("raising", ("ZeroDivisionError: division by zero", "troubles.py, line 24")),
        ("exiting", ("SystemExit: 3",)),
        ("malformed", ("pixels are bytes (uint8), not float64", "to_bytes")),
        ("showing", ("pixels are a numpy array, not a str",)),
        ("absent", ("has no function nowhere",)),
        ("unimportable", ("RuntimeError: not today", "falls_over.py, line 1")),
        ("taken", ("another module is called json",)),
    ],
)
def test_a_plugin_that_fails_is_named_and_the_process_goes_on(process, trouble, experiment, said) -> None:
    failed = last(process, job_of(trouble, experiment))
    assert isinstance(failed, LabFailed)
    assert (failed.failure, failed.plugin) == (Failure.INTERNAL, "misbehaving")
    assert all(words in failed.message for words in ("misbehaving", *said))
    before = process.process_id
    assert works(process, trouble)
    assert process.process_id == before


def test_what_the_user_can_mend_is_not_the_plugins_fault(process, trouble) -> None:
    failed = last(process, job_of(trouble, "mending"))
    assert failed == LabFailed(Numbers.last, Failure.USER, "Choose a larger amount.")
    failed = last(process, job_of(trouble, "fine", amount=2.0))
    assert failed == LabFailed(Numbers.last, Failure.USER, "Amount 2 is out of range. Take one from 0 to 1.")
    failed = last(process, job_of(trouble, "greedy"))
    assert (failed.failure, failed.plugin) == (Failure.MEMORY, "")


def test_what_ends_the_process_is_named_and_another_process_takes_over(process, trouble) -> None:
    assert works(process, trouble)
    before = process.process_id
    failed = last(process, job_of(trouble, "leaving"))
    assert (failed.failure, failed.plugin) == (Failure.WORKER, "misbehaving")
    assert "“Leaving” (exit code 7)" in failed.message
    assert works(process, trouble)
    assert process.process_id not in (None, before)


def test_what_computes_without_end_is_ended_after_its_patience(process, trouble) -> None:
    assert works(process, trouble)
    started = time.monotonic()
    failed = last(process, job_of(trouble, "endless"))
    assert 1.0 <= time.monotonic() - started < 8.0
    assert (failed.failure, failed.plugin) == (Failure.WORKER, "misbehaving")
    assert "computed “Endless” for 1 s without a word of progress" in failed.message
    assert works(process, trouble)


def test_an_import_without_end_is_ended_too(cache: Path, trouble: Laboratory) -> None:
    process = PluginProcess(cache / "other", threads=1, starting_patience=2.0)
    try:
        assert works(process, trouble)
        failed = last(process, job_of(trouble, "importing"))
        assert (failed.failure, failed.plugin) == (Failure.WORKER, "misbehaving")
    finally:
        process.close()


def test_a_stop_is_heard_with_the_next_word_of_progress(process, trouble) -> None:
    job = job_of(trouble, "telling")
    ending: list[LabEvent] = []
    for event in process.run(job):
        if isinstance(event, Progressed) and event.message == "on and on":
            process.stop(job.number, insists=False)
        ending.append(event)
    assert ending[-1] == LabStopped(job.number)
    before = process.process_id
    assert works(process, trouble)
    assert process.process_id == before


def test_a_stop_that_insists_kills_what_does_not_listen(process, trouble) -> None:
    job = job_of(trouble, "deaf")
    timer = threading.Timer(0.3, lambda: process.stop(job.number))
    timer.start()
    started = time.monotonic()
    *_, ending = process.run(job)
    timer.join()
    assert ending == LabStopped(job.number)
    assert 3.0 <= time.monotonic() - started < 12.0
    assert works(process, trouble)


def test_a_caller_that_does_not_wait_leaves_the_process_to_the_next(process, trouble) -> None:
    running = process.run(job_of(trouble, "telling"))
    next(running)
    running.close()
    assert works(process, trouble)


def test_the_time_that_the_caller_takes_is_not_the_plugins(process, trouble) -> None:
    job = job_of(trouble, "fine")
    impatient = replace(job, experiment=replace(job.experiment, patience=0.3))
    slow = threading.Event()
    events = []
    for event in process.run(impatient):
        slow.wait(0.4)
        events.append(event)
    assert isinstance(events[-1], Carried)


def test_a_process_that_was_killed_between_two_jobs_is_replaced(process, trouble) -> None:
    assert works(process, trouble)
    os.kill(process.process_id, signal.SIGKILL)
    os.waitid(os.P_PID, process.process_id, os.WEXITED | os.WNOWAIT)
    assert works(process, trouble)


def test_what_a_plugin_prints_goes_to_its_log(process, trouble, cache, capfd) -> None:
    assert isinstance(last(process, job_of(trouble, "printing")), Carried)
    assert capfd.readouterr().out == ""
    assert b"x" * 1000 in (cache / LOG).read_bytes()
    assert (cache / LOG).stat().st_size <= MOST_BYTES


def test_a_measure_answers_and_an_object_of_its_own_does_not_travel(process, shelf) -> None:
    image = np.full((4, 5, 3), 51, np.uint8)

    def ask(measure: str) -> LabEvent:
        offer = shelf.find(Measure, measure)
        return last(process, AskJob(number=Numbers.next(), offer=offer, arguments=(image, image)))

    answered = ask("brightness")
    assert isinstance(answered, Answered)
    assert answered.value == 51.0
    failed = ask("strange")
    assert (failed.failure, failed.plugin) == (Failure.INTERNAL, "misbehaving")
    assert "a Own cannot travel" in failed.message


def test_a_network_that_is_none_is_the_plugins_fault(process, trouble) -> None:
    job = job_of(trouble, "fine")
    failed = last(process, NetworkJob(number=job.number, laboratory=trouble, recipe=job.recipe))
    assert (failed.failure, failed.plugin) == (Failure.INTERNAL, "misbehaving")
    assert "where a torch.nn.Module was wanted" in failed.message


def test_materials_become_part_of_the_recipe_and_are_held_to_it(process, trouble, tmp_path) -> None:
    file, folder = tmp_path / "red.png", tmp_path / "things"
    Pillow.new("RGB", (6, 4), (200, 0, 0)).save(file)
    folder.mkdir()
    (folder / "one").write_text("1")
    made = last(process, job_of(trouble, "fine", picture=str(file), place=str(folder)))
    assert made.exhibit.readings[0].value == 1
    assert (made.image[:2, :2] == (200, 0, 0)).all()
    assert all(len(made.recipe.values[id_]["digest"]) == 64 for id_ in ("picture", "place"))
    moved = file.rename(tmp_path / "moved.png")
    lost = last(process, job_of(trouble, "fine", **made.recipe.values))
    assert (lost.failure, lost.plugin) == (Failure.USER, "")
    assert "is not there any more" in lost.message
    digest = made.recipe.values["picture"]["digest"]
    again = last(process, job_of(trouble, "fine", picture={"place": str(moved), "digest": digest}, place=str(folder)))
    assert again.recipe.id() == made.recipe.id()
    (folder / "two").write_text("2")
    changed = last(process, job_of(trouble, "fine", place=made.recipe.values["place"]))
    assert "holds something else" in changed.message


def test_another_revision_is_noted(process, trouble) -> None:
    job = job_of(trouble, "fine")
    made = last(process, replace(job, recipe=replace(job.recipe, revision=4)))
    assert made.recipe.revision == 1
    assert "asked for revision 4" in made.provenance.notes[0]


def test_the_process_ends_with_its_pipe(cache: Path, trouble: Laboratory) -> None:
    process = PluginProcess(cache / "third", threads=1)
    assert process.process_id is None
    process.start()
    spawned = psutil.Process(process.process_id)
    process.close()
    assert not spawned.is_running()
