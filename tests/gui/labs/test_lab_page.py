"""A laboratory in use: its values, what it computes, and what becomes of it."""

from __future__ import annotations

import csv
import io
import shlex
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from alienlab.app.labs.memory import LabMemory
from alienlab.cli.lab_options import command_for, read_values, with_plain_switches
from alienlab.domain.laboratories.ports import LabJob, NetworkJob
from alienlab.domain.lesions import Operation
from alienlab.domain.recipe import LabRecipe
from alienlab.session.paths import AppPaths
from alienlab.session.png import read_stamp
from alienlab.ui.labs.editors.material_editor import MaterialEditor
from alienlab.ui.labs.lab_page import LabPage
from alienlab.ui.main_window import MainWindow
from tests.fakes.plugin_engine import LABORATORY, PLUGIN, FakePluginEngine
from tests.gui.conftest import PATIENCE_MS
from tests.gui.labs.conftest import LastingLab, OpenLab, wait_for_result


@pytest.fixture
def lab(lasting_lab: LastingLab) -> LastingLab:
    return lasting_lab


def trigger(lab: LastingLab, name: str) -> None:
    lab.window.actions_[name].trigger()


# Values


def test_the_process_starts_when_laboratories_are_first_looked_at(
    qtbot: QtBot, lab_window: MainWindow, plugin_engine: FakePluginEngine, open_lab: OpenLab
):
    assert not plugin_engine.is_started
    lab_window.actions_["labs.show"].trigger()
    qtbot.waitUntil(lambda: plugin_engine.is_started, timeout=PATIENCE_MS)
    assert not plugin_engine.jobs
    open_lab(lab_window, "calm")
    assert len(plugin_engine.lab_jobs) == 1


def test_a_card_of_the_gallery_opens_a_laboratory_and_back_leads_there_again(qtbot: QtBot, lab: LastingLab):
    trigger(lab, "labs.show")
    panel = lab.window.lab_tab.panel
    lab.window.lab.benches.close_current()
    assert panel.gallery.isVisible()
    QTest.mouseClick(panel.gallery.cards["fake-plugin/shapes"], Qt.MouseButton.LeftButton)
    assert panel.page is not None
    assert panel.page.bench.laboratory is LABORATORY
    wait_for_result(qtbot, panel.page)
    QTest.mouseClick(panel.page.back, Qt.MouseButton.LeftButton)
    assert panel.gallery.isVisible()
    assert not lab.window.actions_["labs.run"].isEnabled()
    QTest.keyClick(panel.gallery.cards["fake-plugin/shapes"], Qt.Key.Key_Return)
    assert panel.page is not None


def test_every_editor_says_what_it_is_set_to(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "picture")
    given = {
        "level": 0.25,
        "speed": 10.0,
        "size": 4,
        "inverted": True,
        "shape": "flat",
        "rule": "33\n00",
        "word": "dog",
        "spot": (0.1, 0.9),
        "part": (0.1, 0.2, 0.3, 0.4),
    }
    for id_, value in given.items():
        page.panel.set_value(id_, value)
    assert {id_: page.bench.values[id_] for id_ in given} == given
    wait_for_result(qtbot, page)
    assert page.bench.carried.recipe.values["rule"] == "33\n00"
    assert page.bench.exhibit.main.pixels.shape == (4, 4, 3)


def test_sliders_fields_and_typing_change_values(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "picture")
    level, word = page.panel.editors["level"], page.panel.editors["word"]
    level.slider.setValue(level.slider.maximum())
    assert page.bench.values.number("level") == 1.0
    word.field.setText("")
    QTest.keyClicks(word.field, "wolf")
    qtbot.waitUntil(lambda: page.bench.values.text("word") == "wolf", timeout=PATIENCE_MS)
    QTest.mouseClick(page.panel.editors["part"].whole, Qt.MouseButton.LeftButton)
    assert page.bench.values.numbers("part") == (0.0, 0.0, 0.0, 0.0)


def test_only_what_the_experiment_uses_is_seen(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "wall")
    assert [id_ for id_, editor in page.panel.editors.items() if editor.isVisible()] == ["level", "size"]
    page.tabs.setCurrentIndex(2)
    assert page.bench.experiment.id == "film"


def test_a_slow_parameter_waits_for_run_and_lets_the_others_wait(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "slow")
    page.panel.set_value("level", 0.3)
    wait_for_result(qtbot, page)
    before = len(lab.engine.lab_jobs)
    page.panel.set_value("steps", 100)
    page.panel.set_value("level", 0.4)
    assert page.bench.waits_for_run
    assert "Run" in page.run_bar.state.text()
    assert len(lab.engine.lab_jobs) == before
    trigger(lab, "labs.run")
    wait_for_result(qtbot, page)
    assert page.bench.carried.recipe.values == {"level": 0.4, "steps": 100}


def test_reset_puts_everything_back_and_undo_brings_it_again(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "picture")
    page.panel.set_value("level", 0.9)
    page.panel.set_value("word", "wolf")
    trigger(lab, "labs.reset")
    assert (page.bench.values["level"], page.bench.values["word"]) == (0.5, "cat")
    lab.window.lab.undo_stack.undo()
    assert (page.bench.values["level"], page.bench.values["word"]) == (0.9, "wolf")
    assert page.panel.editors["word"].field.text() == "wolf"


def test_run_takes_another_seed_unless_it_is_kept(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "picture")
    page.seed.field.setValue(5)
    trigger(lab, "labs.run")
    assert page.bench.seed == 5
    wait_for_result(qtbot, page)
    drawn = page.exhibit.readings.texts
    page.seed.lock.setChecked(False)
    trigger(lab, "labs.run")
    assert page.bench.seed != 5
    page.seed.lock.setChecked(True)
    page.seed.field.setValue(5)
    wait_for_result(qtbot, page)
    assert page.exhibit.readings.texts == drawn


def test_values_are_there_again_at_the_next_start(
    qtbot: QtBot, lab_window: MainWindow, open_lab: OpenLab, paths: AppPaths
):
    page = open_lab(lab_window, "shapes", "wall")
    page.panel.set_value("level", 0.75)
    page.bench.set_seed(9)
    QTest.mouseClick(page.guide.button, Qt.MouseButton.LeftButton)
    assert page.guide.is_folded
    lab_window.close()
    memory = LabMemory(paths.data / "laboratories.json")
    left = memory.get(LABORATORY.key)
    assert (left.experiment, left.values["level"], left.seed, memory.folds_guide) == ("wall", 0.75, 9, True)


# Computing


def test_a_job_is_stopped_and_says_so(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "asked", waits=False)
    assert page.bench.waits_for_run or page.bench.carried is not None
    lab.engine.gate.clear()
    trigger(lab, "labs.run")
    qtbot.waitUntil(lambda: page.bench.is_running, timeout=PATIENCE_MS)
    assert page.run_bar.stop.isVisible()
    assert not page.run_bar.run.isVisible()
    trigger(lab, "labs.stop")
    qtbot.waitUntil(lambda: not page.bench.is_busy, timeout=PATIENCE_MS)
    assert lab.engine.stopped[-1][1] is True
    assert page.run_bar.run.isVisible()
    lab.engine.open_gate()


def test_what_is_live_and_was_stopped_stays_stopped_until_run(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "wall")
    lab.engine.gate.clear()
    page.panel.set_value("level", 0.45)
    qtbot.waitUntil(lambda: page.bench.is_running, timeout=PATIENCE_MS)
    trigger(lab, "labs.stop")
    qtbot.waitUntil(lambda: not page.bench.is_busy, timeout=PATIENCE_MS)
    lab.engine.open_gate()
    assert page.bench.is_behind
    assert page.run_bar.state.text().startswith("Stopped.")
    trigger(lab, "labs.run")
    wait_for_result(qtbot, page)
    assert page.bench.carried.recipe.values["level"] == 0.45


def test_while_a_slider_is_dragged_the_newest_value_wins(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "wall")
    lab.engine.gate.clear()
    page.panel.set_value("level", 0.1)
    qtbot.waitUntil(lambda: page.bench.is_running, timeout=PATIENCE_MS)
    before = len(lab.engine.lab_jobs)
    for level in (0.2, 0.3, 0.4):
        page.panel.set_value("level", level)
    lab.engine.open_gate()
    wait_for_result(qtbot, page)
    assert [job.recipe.values["level"] for job in lab.engine.lab_jobs[before:]] == [0.4]
    assert page.bench.carried.recipe.values["level"] == 0.4


def test_what_runs_too_long_is_stopped_softly_for_a_newer_value(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "wall")
    lab.engine.gate.clear()
    page.panel.set_value("level", 0.15)
    qtbot.waitUntil(lambda: page.bench.is_running, timeout=PATIENCE_MS)
    stops = len(lab.engine.stopped)
    page.panel.set_value("level", 0.25)
    qtbot.waitUntil(lambda: len(lab.engine.stopped) > stops, timeout=PATIENCE_MS)
    assert lab.engine.stopped[-1][1] is False
    lab.engine.open_gate()
    wait_for_result(qtbot, page)
    assert page.bench.carried.recipe.values["level"] == 0.25


def test_what_was_asked_for_goes_on_while_another_experiment_waits(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "asked", waits=False)
    lab.engine.gate.clear()
    page.panel.set_value("level", 0.35)
    trigger(lab, "labs.run")
    qtbot.waitUntil(lambda: page.bench.is_running, timeout=PATIENCE_MS)
    page.bench.choose_experiment("wall")
    assert page.bench.is_busy
    assert not page.bench.is_running
    assert page.bench.others == "“Asked” of Shapes"
    lab.engine.open_gate()
    wait_for_result(qtbot, page)
    page.bench.choose_experiment("asked")
    assert not page.bench.is_behind


def test_an_error_of_the_user_stands_beside_run(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "refusing")
    assert page.run_bar.state.text() == "The level is not to be seen. Take another one."
    assert page.run_bar.state.property("tone") == "danger"


def test_another_page_lets_a_laboratory_rest_and_has_its_panels_again(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "wall")
    window = lab.window
    assert not window.docks.map.isVisible()
    lab.engine.gate.clear()
    page.panel.set_value("level", 0.6)
    qtbot.waitUntil(lambda: page.bench.is_running, timeout=PATIENCE_MS)
    window.tabs.setCurrentWidget(window.canvas)
    assert window.docks.map.isVisible()
    assert window.docks.lesions.isVisible()
    assert window.lesion_panel.menu_actions[0].shortcut().toString() == "K"
    lab.engine.open_gate()
    trigger(lab, "labs.show")
    wait_for_result(qtbot, page)
    assert page.bench.carried.recipe.values["level"] == 0.6


# What becomes of it


def test_what_is_kept_is_in_the_log_and_on_the_canvas_and_opens_its_laboratory(qtbot: QtBot, lab: LastingLab):
    page, window = lab.open(qtbot, "picture"), lab.window.lab
    page.panel.set_value("level", 0.65)
    page.bench.set_seed(3)
    wait_for_result(qtbot, page)
    with qtbot.waitSignal(window.session.saved, timeout=PATIENCE_MS) as saved:
        trigger(lab, "labs.keep")
    [record] = saved.args
    recipe = page.bench.carried.recipe
    assert record.recipe == recipe
    assert window.comparison[recipe.id()].image is page.bench.carried.image
    trigger(lab, "labs.reset")
    page.bench.choose_experiment("wall")
    lab.window.tabs.setCurrentIndex(0)
    window.restore(record)
    assert lab.window.tabs.currentWidget() is lab.window.lab_tab.panel
    assert (page.bench.experiment.id, page.bench.values.number("level"), page.bench.seed) == ("picture", 0.65, 3)


def test_a_picture_is_exported_with_its_recipe(qtbot: QtBot, lab: LastingLab, tmp_path: Path):
    page = lab.open(qtbot, "picture")
    export(qtbot, lab, tmp_path / "ramp.png")
    assert read_stamp(tmp_path / "ramp.png").recipe == page.bench.carried.recipe


def test_curves_and_readings_are_exported_as_a_table(qtbot: QtBot, lab: LastingLab, tmp_path: Path):
    lab.open(qtbot, "picture")
    export(qtbot, lab, tmp_path / "ramp.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "ramp.csv").read_text(encoding="utf-8"))))
    assert rows[0] == {"part": "reading", "name": "brightest", "x": "", "y": "127.5", "unit": "of 255"}
    assert [float(row["y"]) for row in rows if row["part"] == "Profile"] == pytest.approx(np.linspace(0, 0.5, 8))


def test_a_film_is_exported_as_moving_picture(qtbot: QtBot, lab: LastingLab, tmp_path: Path):
    lab.open(qtbot, "film")
    export(qtbot, lab, tmp_path / "film.gif")
    with Pillow.open(tmp_path / "film.gif") as film:
        assert film.n_frames == 10


def export(qtbot: QtBot, lab: LastingLab, file: Path) -> None:
    lab.answers.file_answer = file
    with qtbot.waitSignal(lab.window.lab.archive.done, timeout=PATIENCE_MS):
        trigger(lab, "labs.export")


def test_the_copied_command_makes_the_same_recipe(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "picture")
    for id_, value in (
        ("level", 0.1 + 0.2),
        ("inverted", True),
        ("rule", "1'2 \"3\n0"),
        ("spot", (0.125, 0.5)),
        ("shape", "flat"),
    ):
        page.bench.change(id_, value)
    page.bench.set_seed(12)
    trigger(lab, "labs.command")
    program, command, name, experiment, *words = shlex.split(QGuiApplication.clipboard().text())
    assert (program, command, name, experiment) == ("alienlab", "lab", "shapes", "picture")
    assert carried_out(page, words) == page.bench.recipe


def carried_out(page: LabPage, words: list[str]) -> LabRecipe:
    """What the command line makes of the words."""
    made: list[LabRecipe] = []

    def take(laboratory, experiment, texts, *, seed: int, **_: object) -> None:
        values = read_values(laboratory.parameters_of(experiment), texts)
        made.append(
            LabRecipe(
                laboratory=laboratory.key,
                experiment=experiment.id,
                revision=experiment.revision,
                values=values,
                seed=seed,
            )
        )

    app = command_for(page.bench.laboratory, page.bench.experiment, take)
    app(with_plain_switches(page.bench.laboratory.parameters, words), standalone_mode=False)
    return made[0]


# Images


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "photo.jpg"
    Pillow.new("RGB", (40, 30), (200, 30, 30)).save(file)
    return file


def test_an_image_that_is_dropped_is_kept_in_the_session(qtbot: QtBot, lab: LastingLab, photo: Path):
    page = lab.open(qtbot, "materials")
    editor = page.panel.editors["picture"]
    drop(editor, photo)
    qtbot.waitUntil(lambda: page.bench.values.material("picture") is not None, timeout=PATIENCE_MS)
    photo.unlink()
    place = page.bench.values.material("picture").place
    blob = lab.window.lab.session.session.folder / "blobs" / f"{place.removeprefix('blob:')}.png"
    assert blob.is_file()
    wait_for_result(qtbot, page)
    job = lab.engine.lab_jobs[-1]
    assert job.blobs == blob.parent
    assert job.recipe.values["picture"]["place"] == place
    assert editor.picture.isVisible()
    QTest.mouseClick(editor.own, Qt.MouseButton.LeftButton)
    assert page.bench.values.material("picture") is None


def drop(editor: MaterialEditor, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), action, mime, Qt.MouseButton.LeftButton, none)
    editor.dragEnterEvent(entering)
    assert entering.isAccepted()
    editor.dropEvent(QDropEvent(QPointF(5, 5), action, mime, Qt.MouseButton.LeftButton, none))


def test_files_and_folders_are_chosen(qtbot: QtBot, lab: LastingLab, tmp_path: Path):
    page = lab.open(qtbot, "materials")
    lab.answers.folder_answer, lab.answers.file_answer = tmp_path, tmp_path / "t.csv"
    for id_ in ("folder", "table", "mind"):
        QTest.mouseClick(page.panel.editors[id_].choose, Qt.MouseButton.LeftButton)
    assert page.bench.values.material("folder").place == str(tmp_path)
    assert page.bench.values.material("table").place == str(tmp_path / "t.csv")
    assert page.bench.values.material("mind").place == str(tmp_path)


def test_an_image_of_the_canvas_is_looked_at_in_a_laboratory(qtbot: QtBot, lab: LastingLab):
    lab.open(qtbot, "wall")
    menu = QMenu()
    image = np.full((16, 16, 3), 77, np.uint8)
    lab.window.lab_tab.commands.image_menu(image, menu)
    [submenu] = [action.menu() for action in menu.actions()]
    assert [action.text() for action in submenu.actions()] == ["Shapes"]
    lab.window.tabs.setCurrentIndex(0)
    with qtbot.waitSignal(lab.window.lab.benches.shown, timeout=PATIENCE_MS):
        submenu.actions()[0].trigger()
    bench = lab.window.lab.benches.current
    assert bench.experiment.id == "materials"
    assert np.array_equal(lab.window.lab.lab_images.load(bench.values.material("picture")), image)
    menu.deleteLater()


def test_a_render_of_the_log_is_looked_at_in_a_laboratory(qtbot: QtBot, lab: LastingLab):
    lab.open(qtbot, "wall")
    window = lab.window.lab
    qtbot.waitUntil(lambda: len(window.log.numbers) > 0, timeout=PATIENCE_MS)
    [record] = window.log.records_of([window.log.numbers[0]])
    menu = lab.window.render_commands.menu_for([record], lab.window)
    submenu = next(one.menu() for one in menu.actions() if one.text() == "Look at it in a laboratory")
    with qtbot.waitSignal(window.benches.shown, timeout=PATIENCE_MS):
        submenu.actions()[0].trigger()
    material = window.benches.current.values.material("picture")
    assert np.array_equal(window.lab_images.load(material), window.session.tile(record).image)
    menu.deleteLater()


# Lesions


def test_the_network_is_lesioned_on_its_own_map(qtbot: QtBot, lab: LastingLab):
    page, main = lab.open(qtbot, "lesions"), lab.window
    page.panel.editors["wounds"].button.setChecked(True)
    network = page.networks["wounds"]
    qtbot.waitUntil(lambda: page.bench.brain.anatomy is not None, timeout=PATIENCE_MS)
    path = page.bench.brain.anatomy.paths[0]
    before, selected = main.lab.lesions.entries, main.lab.selection.paths
    QTest.mouseClick(network.map.view, Qt.MouseButton.LeftButton, pos=network.map.cell_center(path))
    assert page.bench.lesions["wounds"].selection.paths == {path}
    QTest.keyClick(main, Qt.Key.Key_K)
    assert page.bench.values.lesions("wounds") == (f"{path}:zero",)
    assert (main.lab.lesions.entries, main.lab.selection.paths) == (before, selected)
    wait_for_result(qtbot, page)
    assert page.bench.carried.recipe.values["wounds"] == [f"{path}:zero"]
    assert page.panel.editors["wounds"].lines.text() == f"{path}:zero"
    main.lab.undo_stack.undo()
    assert page.bench.values.lesions("wounds") == ()
    page.panel.editors["wounds"].button.setChecked(False)
    assert not network.isVisible()


def test_the_network_is_read_once_for_the_same_values(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "lesions")
    qtbot.waitUntil(lambda: page.bench.brain.anatomy is not None, timeout=PATIENCE_MS)
    path = page.bench.brain.anatomy.paths[0]
    before = sum(isinstance(job, NetworkJob) for job in lab.engine.jobs)
    page.bench.lesions["wounds"].selection.replace([path])
    page.show_network("wounds", True).lesions.lesion(Operation.ZERO)
    wait_for_result(qtbot, page)
    qtbot.waitUntil(lambda: lab.window.lab.lab_thread.running is None, timeout=PATIENCE_MS)
    assert isinstance(lab.engine.jobs[-1], LabJob)
    assert sum(isinstance(job, NetworkJob) for job in lab.engine.jobs) == before
    page.show_network("wounds", False)


# Failing


def test_a_plugin_that_fails_is_named_and_switched_off_and_the_window_goes_on(
    qtbot: QtBot, lab_window: MainWindow, open_lab: OpenLab
):
    page = open_lab(lab_window, "shapes", "picture")
    page.bench.choose_experiment("broken")
    lab_window.actions_["labs.run"].trigger()
    panel = lab_window.lab_tab.panel
    qtbot.waitUntil(lambda: panel.page is None, timeout=PATIENCE_MS)
    assert list(panel.gallery.cards) == ["other-plugin/calm"]
    said = " ".join(lab_window.messages.texts)
    assert PLUGIN in said
    assert "ValueError: no" in said
    assert "switched off for this session" in said
    lab_window.lab.plugins.switch(PLUGIN, on=True)
    assert len(panel.gallery.cards) == 2
    assert open_lab(lab_window, "shapes", "picture").bench.exhibit is not None
