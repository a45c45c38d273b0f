"""Files that are dropped onto the window, pasted or chosen: what they give back, and what is said."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from alienlab.app.comparison import Arrangement
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.session.brains.places import BrainPlaces
from alienlab.session.bundles.bundle import export_session
from alienlab.session.log.store import Session
from alienlab.session.png import write_png
from alienlab.ui.main_window import MainWindow
from tests.fakes.fake_engine import FakeEngine, imagined
from tests.fakes.recipes import make_image, make_provenance, make_recipe
from tests.gui.conftest import PATIENCE_MS, Answers

RECIPE = make_recipe(
    "a dog",
    "mid_block.*:zero",
    negative="fog",
    seed=41,
    steps=3,
    guidance=2.5,
    scheduler="EulerDiscreteScheduler",
    size=(32, 32),
    brain=hashlib.sha256(b"fake").hexdigest(),
)
"""Of the fake brain, and unlike anything that the window begins with."""


def files(paths: Sequence[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def hold(widget: QWidget, data: QMimeData) -> QDragEnterEvent:
    """Drag something over a widget."""
    event = QDragEnterEvent(
        QPoint(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event


def drop(widget: QWidget, *paths: Path) -> None:
    data = files(paths)
    assert hold(widget, data).isAccepted()
    place = QPointF(20, 20)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDropEvent(place, Qt.DropAction.CopyAction, data, left, none))


def own_png(path: Path, engine: FakeEngine, recipe: DiffusionRecipe = RECIPE) -> Path:
    write_png(path, imagined(recipe, engine.anatomy), recipe, make_provenance())
    return path


def foreign_png(path: Path, **texts: str) -> Path:
    chunks = PngInfo()
    for name, text in texts.items():
        chunks.add_text(name, text)
    Pillow.new("RGB", (16, 16)).save(path, pnginfo=chunks)
    return path


def said(qtbot: QtBot, window: MainWindow, words: str) -> str:
    """The message that holds these words, once it is there."""
    found = lambda: [text for text in window.messages.texts if words in text]  # noqa: E731
    qtbot.waitUntil(lambda: bool(found()), timeout=PATIENCE_MS)
    return found()[-1]


def test_an_image_of_ours_gives_everything_back(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    """Also one of which the session knows nothing; dropped again, it is not kept twice."""
    lab = window.lab
    before = len(lab.session.session)
    window.tabs.setCurrentWidget(window.space_panel)
    drop(window.canvas.view.viewport(), own_png(tmp_path / "dog.png", engine))
    assert "now in the session" in said(qtbot, window, "dog.png")
    values = lab.settings.values
    assert (values.prompt, values.negative, values.seed) == ("a dog", "fog", 41)
    assert (values.steps, values.guidance, values.scheduler) == (3, 2.5, "EulerDiscreteScheduler")
    assert [str(lesion) for lesion in lab.lesions.active] == ["mid_block.*:zero"]
    assert np.array_equal(lab.comparison.pair[-1].image, imagined(RECIPE, engine.anatomy))
    assert window.tabs.currentWidget() is window.canvas
    lab.archive.finish()
    record = lab.session.session.records()[0]
    assert (record.recipe, record.provenance) == (RECIPE, make_provenance())
    assert record.computation_id == RECIPE.computation_id(engine.anatomy)
    drop(window, own_png(tmp_path / "again.png", engine))
    assert "now in the session" not in said(qtbot, window, "again.png")
    lab.archive.finish()
    assert len(lab.session.session) == before + 1


def test_several_images_are_taken_in_and_counted(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    images = [own_png(tmp_path / f"{seed}.png", engine, replace(RECIPE, seed=seed)) for seed in (1, 2, 3)]
    drop(window, images[0])
    said(qtbot, window, "taken from 1.png")
    drop(window, *images, foreign_png(tmp_path / "plain.png"))
    text = said(qtbot, window, "of 3;")
    assert text.startswith("Images taken into the session: 2 of 3; 1 were there already.")
    assert text.count(": 1.") == 1, "the one without a recipe is counted"
    assert window.lab.settings.values.seed == 1
    window.lab.archive.finish()
    assert [record.recipe.seed for record in window.lab.session.session.records(limit=3)] == [3, 2, 1]


def test_an_image_of_another_brain_offers_that_brain(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, paths, tmp_path: Path
) -> None:
    maker = tmp_path / "maker"
    other = hashlib.sha256(str(maker).encode()).hexdigest()
    recipe = replace(RECIPE, brain=other, lesions=make_recipe("", "mid_block.*:zero", "no.such.module:zero").lesions)
    write_png(tmp_path / "other.png", make_image(width=32, height=32), recipe, make_provenance())
    drop(window, tmp_path / "other.png")
    text = said(qtbot, window, "Another brain made it")
    assert f"{other[:10]}…) is not at hand" in text
    assert "left out: 1" in text
    assert [str(lesion) for lesion in window.lab.lesions.active] == ["mid_block.*:zero"]
    assert window.lab.settings.values.prompt == "a dog"
    assert np.array_equal(window.lab.comparison.pair[-1].image, make_image(width=32, height=32))
    maker.mkdir()
    BrainPlaces(paths.cache).remember(other, str(maker))
    window.messages.clear()
    window.lab.settings.set_prompt("something else")
    drop(window, tmp_path / "other.png")
    assert "not at hand" not in said(qtbot, window, "Another brain made it")
    window.lab.settings.set_prompt("something else")
    window.actions_["brain.open_maker"].trigger()
    qtbot.waitUntil(lambda: window.lab.settings.values.prompt == "a dog", timeout=PATIENCE_MS)
    assert window.lab.brain.info.source == str(maker)
    assert window.lab.settings.values.steps == 3


def test_an_image_of_another_program_gives_what_it_tells(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    text = "= a cat,\n4k\nNegative prompt: dog\nSteps: 8, Sampler: Euler a, CFG scale: 3.5, Seed: 99, Size: 48x640"
    lesions = window.lab.lesions.active
    drop(window, foreign_png(tmp_path / "web.png", parameters=text))
    assert said(qtbot, window, "web.png") == (
        "web.png was made with AUTOMATIC1111: prompt, negative prompt, seed, steps and guidance are taken from it. "
        "Left out: its sampler Euler a, its size of 48 × 640 pixels and its model."
    )
    lab = window.lab
    recipe = lab.settings.recipe(lab.brain.info, ())
    assert (str(recipe.prompt), str(recipe.negative)) == ("= a cat, 4k", "dog")
    assert (recipe.seed, recipe.steps, recipe.guidance) == (99, 8, 3.5)
    assert (recipe.width, recipe.height) == (32, 32)
    assert lab.lesions.active == lesions
    graph = {
        "1": {"class_type": "KSampler", "inputs": {"seed": 5, "positive": ["2", 0], "negative": ["2", 0]}},
        "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "a lemon"}},
    }
    drop(window, foreign_png(tmp_path / "comfy.png", prompt=json.dumps(graph)))
    assert "prompt, negative prompt and seed are taken" in said(qtbot, window, "made with ComfyUI")
    assert (lab.settings.values.prompt, lab.settings.values.steps) == ("a lemon", 8)


def test_sessions_are_opened_and_imported(qtbot: QtBot, window: MainWindow, paths, tmp_path: Path) -> None:
    with Session.open(tmp_path / "puss") as session:
        image = make_image(width=32, height=32)
        session.save(RECIPE, image, make_provenance(), recipe_id="r", computation_id="c")
        export_session(session, tmp_path / "packed.zip")
    drop(window, tmp_path / "puss")
    qtbot.waitUntil(lambda: window.lab.session.name == "puss", timeout=PATIENCE_MS)
    drop(window, tmp_path / "packed.zip")
    said(qtbot, window, "Imported as the session “packed”")
    assert window.lab.session.session.folder == paths.sessions / "packed"
    assert window.lab.settings.values.prompt == "a dog"
    (tmp_path / "broken.zip").write_bytes(b"no archive")
    drop(window, tmp_path / "broken.zip")
    said(qtbot, window, "broken.zip is damaged")
    assert window.lab.session.name == "packed"


def test_other_files_are_answered_with_a_sentence(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    (tmp_path / "torn.png").write_bytes(b"\x89PNG\r\n")
    drop(window, tmp_path / "notes.txt")
    said(qtbot, window, "AlienLab cannot tell from notes.txt how it was made.")
    drop(window, tmp_path)
    said(qtbot, window, f"There is no session in the folder {tmp_path.name}.")
    drop(window, tmp_path / "notes.txt", tmp_path / "more.txt")
    said(qtbot, window, "Of these files AlienLab can take none in.")
    drop(window, tmp_path / "torn.png")
    said(qtbot, window, "torn.png is not a PNG image")
    drop(window, foreign_png(tmp_path / "plain.png"))
    said(qtbot, window, "plain.png was not made by AlienLab")
    QGuiApplication.clipboard().setText("only words")
    window.actions_["file.paste"].trigger()
    said(qtbot, window, "There is no file in it.")


def test_a_hint_says_what_will_happen(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    Session.open(tmp_path / "s").close()
    hint = window.file_arrivals.target.hint
    promises = {
        (tmp_path / "cat.png",): "Restore how cat.png was made",
        (tmp_path / "1.png", tmp_path / "2.PNG", tmp_path / "x.txt"): "Take in 2 images and restore the first",
        (tmp_path / "s.zip",): "Import the session in s.zip and open it",
        (tmp_path / "s",): "Open the session “s”",
        (tmp_path / "a",): "Drop PNG images, an exported session, or the folder of a session",
    }
    for paths, text in promises.items():
        data = files(paths)
        assert hold(window.brain_map, data).isAccepted()
        assert hint.isVisible()
        assert hint.text == text
        assert hint.size() == window.size()
    data = files([tmp_path / "cat.png"])
    data.setText("file:///cat.png")
    assert hold(window.prompt_bar.prompt, data).isAccepted()
    assert hint.text == "Restore how cat.png was made", "also over a line of text, which would take the address"
    QApplication.sendEvent(window.brain_map, QDragLeaveEvent())
    qtbot.waitUntil(lambda: not hint.isVisible(), timeout=PATIENCE_MS)
    words = QMimeData()
    words.setText("only words")
    assert not hold(window.brain_map, words).isAccepted()
    assert not hint.isVisible()
    window.lab.comparison.arrange(Arrangement.PAIR)


def test_commands_of_the_file_menu(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, answers: Answers, paths, tmp_path: Path
) -> None:
    actions = window.actions_
    answers.file_answer = tmp_path / "out.zip"
    actions["session.export"].trigger()
    said(qtbot, window, "Session exported as")
    actions["session.import"].trigger()
    said(qtbot, window, "Imported as the session “out”")
    assert window.lab.session.session.folder == paths.sessions / "out"
    answers.file_answer = tmp_path / "log.jsonl"
    actions["session.dump"].trigger()
    said(qtbot, window, "Log written as")
    numbers = [json.loads(line)["number"] for line in answers.file_answer.read_text().splitlines()]
    assert numbers == sorted(window.lab.session.session.numbers())
    answers.file_answer = own_png(tmp_path / "dog.png", engine)
    actions["file.restore"].trigger()
    said(qtbot, window, "dog.png")
    assert window.lab.settings.values.seed == 41
    QGuiApplication.clipboard().setMimeData(files([own_png(tmp_path / "9.png", engine, replace(RECIPE, seed=9))]))
    actions["file.paste"].trigger()
    said(qtbot, window, "9.png")
    assert window.lab.settings.values.seed == 9


def test_a_session_on_its_way_is_seen_and_stopped(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar, gate = window.file_arrivals.transfer_bar, threading.Event()

    def slowly(folder: Path, path: Path, *, progress, is_cancelled) -> None:
        progress(42, 100)
        assert gate.wait(PATIENCE_MS / 1000)
        export_session(folder, path, progress=progress, is_cancelled=is_cancelled)

    monkeypatch.setattr("alienlab.app.transfers.export_session", slowly)
    assert not bar.isVisible()
    window.lab.transfers.export(tmp_path / "out.zip")
    qtbot.waitUntil(lambda: bar.progress.value() == 42, timeout=PATIENCE_MS)
    assert bar.isVisible()
    assert bar.text.text() == "Exporting “default”: 42 %"
    assert not window.actions_["session.import"].isEnabled()
    window.actions_["session.stop"].trigger()
    gate.set()
    said(qtbot, window, "Stopped. Nothing was written.")
    assert not bar.isVisible()
    assert not (tmp_path / "out.zip").exists()
    assert window.actions_["session.import"].isEnabled()
