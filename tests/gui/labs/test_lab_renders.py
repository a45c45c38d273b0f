"""Pictures of laboratories beside images of a mind: on the canvas, on the board, in the log, and made again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from alienlab.app.comparison import Arrangement, Tile
from alienlab.app.two_images import Tool
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.records import RenderRecord
from alienlab.session.png import read_png, write_png
from alienlab.ui.canvas.tile_menu import tile_menu
from alienlab.ui.canvas.tile_words import OPEN_LAB
from alienlab.ui.main_window import MainWindow
from tests.fakes.plugin_engine import PLUGIN
from tests.gui.conftest import PATIENCE_MS
from tests.gui.labs.conftest import LastingLab, wait_for_result

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def kept(lasting_lab: LastingLab) -> dict[float, RenderRecord]:
    """By its level, pictures that were kept; 0.25 is a wall of six."""
    return {}


@pytest.fixture
def lab(qtbot: QtBot, lasting_lab: LastingLab, kept: dict[float, RenderRecord]) -> Iterator[LastingLab]:
    """Looking at the canvas, with two pictures and a wall kept."""
    window = lasting_lab.window
    if not kept:
        qtbot.waitUntil(lambda: len(window.lab.log.numbers) == 2, timeout=PATIENCE_MS)
        for level, experiment in ((0.4, "picture"), (0.8, "picture"), (0.25, "wall")):
            kept[level] = keep(qtbot, lasting_lab, level, experiment)
    window.lab.benches.close_current()
    window.tabs.setCurrentWidget(window.canvas)
    yield lasting_lab
    window.lab.two_images.unmark_all()
    window.lab.comparison.arrange(Arrangement.PAIR)


def keep(qtbot: QtBot, lab: LastingLab, level: float, experiment: str) -> RenderRecord:
    page = lab.open(qtbot, experiment)
    page.panel.set_value("level", level)
    wait_for_result(qtbot, page)
    with qtbot.waitSignal(lab.window.lab.session.saved, timeout=PATIENCE_MS) as saved:
        lab.window.actions_["labs.keep"].trigger()
    assert isinstance(saved.args[0], RenderRecord)
    return saved.args[0]


def tile(window: MainWindow, record: RenderRecord) -> Tile:
    return window.lab.comparison[record.computation_id]


def is_open_with(window: MainWindow, level: float, experiment: str = "picture") -> bool:
    """Whether the laboratory is looked at with these values."""
    bench = window.lab.benches.current
    is_seen = window.tabs.currentWidget() is window.lab_tab.panel
    return is_seen and bench is not None and (bench.experiment.id, bench.values.number("level")) == (experiment, level)


def told(qtbot: QtBot, window: MainWindow, words: str) -> str:
    """The message that holds these words, once it is there."""
    qtbot.waitUntil(lambda: any(words in text for text in window.messages.texts), timeout=PATIENCE_MS)
    return next(text for text in reversed(window.messages.texts) if words in text)


# The canvas


def test_each_experiment_has_a_line_of_its_own_in_the_grid(lab: LastingLab, kept: dict[float, RenderRecord]):
    window = lab.window
    pair = window.lab.comparison.pair
    window.lab.comparison.arrange(Arrangement.GRID)
    lines = [{one.key for one in line.tiles} for line in window.lab.comparison.lines]
    keys = {level: record.computation_id for level, record in kept.items()}
    assert {keys[0.4], keys[0.8]} in lines
    assert {keys[0.25]} in lines
    assert {one.key for one in pair} in lines
    assert window.lab.comparison.pair == pair
    captions = dict(zip((one.key for one in window.canvas.view.tiles), window.canvas.view.captions.lines, strict=True))
    assert captions[keys[0.4]][:2] == ("shapes · picture", "level 0.4")
    assert captions[keys[0.25]][:2] == ("shapes · wall", "level 0.25")
    assert captions[pair[0].key] == ("intact",)


def test_every_picture_keeps_its_form(lab: LastingLab):
    view = lab.window.canvas.view
    lab.window.lab.comparison.arrange(Arrangement.GRID)
    ratios = {one.key: one.image.shape[1] / one.image.shape[0] for one in view.tiles if one.image is not None}
    assert 6.0 in ratios.values()
    for one, place in zip(view.tiles, view.places, strict=True):
        assert place.picture.width / place.picture.height == pytest.approx(ratios[one.key])


def test_a_double_click_opens_its_laboratory(lab: LastingLab, kept: dict[float, RenderRecord]):
    window = lab.window
    prompt, pair = window.lab.settings.values.prompt, window.lab.comparison.pair
    window.lab.comparison.arrange(Arrangement.GRID)
    view = window.canvas.view
    place = view.places[[one.key for one in view.tiles].index(kept[0.4].computation_id)]
    view.scroll_to(place)
    top = view.verticalScrollBar().value()
    middle = QPoint(round(place.picture.x + place.picture.width / 2), round(place.picture.y - top + 4))
    QTest.mouseDClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle)
    assert is_open_with(window, 0.4)
    assert window.lab.settings.values.prompt == prompt
    assert window.lab.comparison.pair == pair
    assert window.lab.comparison.arrangement is Arrangement.GRID


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_its_menu_offers_what_a_picture_has(lab: LastingLab, kept: dict[float, RenderRecord]):
    window = lab.window
    lab_menu, mind_menu = (
        open_menu(window, key) for key in (kept[0.8].computation_id, window.lab.comparison.pair[0].key)
    )
    assert texts(lab_menu)[0] == OPEN_LAB
    missing = set(texts(mind_menu)) - set(texts(lab_menu))
    assert missing == {"Restore settings and lesions", "Name…", "Show the steps of this render…"}
    lab_menu.actions()[0].trigger()
    assert is_open_with(window, 0.8)


def open_menu(window: MainWindow, key: str) -> QMenu:
    return tile_menu(window.lab.comparison[key], window.commands, window.point_commands, window.board_commands, window)


def test_tools_for_two_images_look_at_pictures(lab: LastingLab, kept: dict[float, RenderRecord]):
    window = lab.window
    window.lab.comparison.arrange(Arrangement.GRID)
    a, b = tile(window, kept[0.4]), tile(window, kept[0.8])
    for one in (a, b):
        window.canvas.view.mark(one)
    for tool in Tool:
        window.lab.two_images.use(tool)
        assert (window.lab.two_images.a, window.lab.two_images.b) == (a, b)
        assert window.canvas.view.captions.lines == (("level 0.4",), ("level 0.8",))
    assert window.canvas.heading.common.toolTip().startswith("shapes · picture · speed 1 · size 8")
    assert window.canvas.pages.currentWidget() is window.canvas.two_view


# The board


def test_pinned_pictures_keep_their_form_and_lead_back(qtbot: QtBot, lab: LastingLab, kept: dict[float, RenderRecord]):
    window = lab.window
    board = window.lab.pinboard.board
    window.board_commands.pin_key(kept[0.25].computation_id)
    window.board_commands.pin_key(kept[0.4].computation_id)
    window.board_commands.pin_key(window.lab.comparison.pair[0].key)
    wall, ramp, mind = board.state.pins
    assert (wall.pixels, ramp.pixels) == ((48, 8), (8, 8))
    assert isinstance(mind.recipe, DiffusionRecipe)
    assert type(board.state).from_json(board.state.to_json()) == board.state
    menu = window.board_commands.menu_for(ramp)
    assert texts(menu)[0] == OPEN_LAB
    menu.actions()[0].trigger()
    assert is_open_with(window, 0.4)
    [looking] = [action.menu() for action in menu.actions() if action.text() == "Look at it in a laboratory"]
    with qtbot.waitSignal(window.lab.benches.shown, timeout=PATIENCE_MS):
        looking.actions()[0].trigger()
    bench = window.lab.benches.current
    assert bench is not None and bench.experiment.id == "materials"
    image = window.lab.lab_images.load(bench.values.material("picture"))
    assert np.array_equal(image, tile(window, kept[0.4]).image)
    board.clear()


# The log


def test_the_log_finds_and_tells_pictures(qtbot: QtBot, lab: LastingLab, kept: dict[float, RenderRecord]):
    window, panel = lab.window, lab.window.log_panel
    window.actions_["log.show"].trigger()
    panel.filter.set_text("lab:shapes")
    numbers = {record.number for record in kept.values()}
    qtbot.waitUntil(lambda: set(panel.rows.numbers) == numbers, timeout=PATIENCE_MS)
    assert panel.vocabulary().laboratories == ("shapes",)
    panel.filter.set_text("0.25")
    qtbot.waitUntil(lambda: list(panel.rows.numbers) == [kept[0.25].number], timeout=PATIENCE_MS)
    panel.chosen.choose(kept[0.25].number)
    details = panel.details
    assert details.verdict.text() == "shapes · wall"
    for line in ("Laboratory: fake-plugin/shapes", "Experiment: wall", "level: 0.25", "Seed: 0", "Size: 48 × 8 px"):
        assert line in details.recipe.text.splitlines()
    assert "Brain" not in details.made.text
    assert details.command.text.startswith("alienlab lab fake-plugin/shapes wall --level 0.25")
    assert details.prompt.isHidden()
    everything, *parts = details.restore.buttons.values()
    assert everything.text() == OPEN_LAB
    assert not any(button.isVisible() for button in parts)
    everything.click()
    assert is_open_with(window, 0.25, "wall")
    panel.filter.set_text("")
    qtbot.waitUntil(lambda: len(panel.rows.numbers) == 5, timeout=PATIENCE_MS)
    panel.chosen.choose(min(panel.rows.numbers))
    assert everything.text() == "Restore everything"


def test_what_is_offered_for_pictures_of_the_log(lab: LastingLab, kept: dict[float, RenderRecord]):
    window = lab.window
    (mind,) = [record for record in window.lab.log.records if record.number == 1]
    missing = set(texts(window.render_commands.menu_for([mind], window)))
    missing -= set(texts(window.render_commands.menu_for([kept[0.4]], window)))
    assert len(missing) == 6
    assert all(text.startswith("Restore") or text in ("Name…", "Show the steps of this render…") for text in missing)


def test_a_picture_in_the_strip_opens_its_laboratory(lab: LastingLab, kept: dict[float, RenderRecord]):
    window = lab.window
    window.strip.list.record_chosen.emit(kept[0.8])
    assert is_open_with(window, 0.8)


def test_the_newest_image_of_the_mind_comes_back_though_a_picture_is_newer(lab: LastingLab):
    window = lab.window
    newest = next(record for record in window.lab.log.records if isinstance(record.recipe, DiffusionRecipe))
    window.lab.settings.set_prompt("something else")
    assert window.lab.restoration.restore_last()
    assert window.lab.settings.values.prompt == str(newest.recipe.prompt)
    assert window.lab.comparison.current_key == newest.computation_id


# Made again


def test_a_picture_is_made_again_and_compared(qtbot: QtBot, lab: LastingLab, kept: dict[float, RenderRecord]):
    window, record = lab.window, kept[0.4]
    jobs = len(lab.engine.lab_jobs)
    window.render_commands.replay(record)
    words = f"Render {record.number}, rendered again: identical in every pixel."
    assert told(qtbot, window, words) == words
    (job,) = lab.engine.lab_jobs[jobs:]
    assert job.recipe == record.recipe
    assert not window.lab.replay.is_busy


def test_a_pixel_that_differs_is_told(qtbot: QtBot, lab: LastingLab, kept: dict[float, RenderRecord]):
    stamped = read_png(kept[0.8].file)
    forged = stamped.image.copy()
    forged[3, 2, 1] ^= 1 << 5
    write_png(kept[0.8].file, forged, stamped.recipe, stamped.provenance)
    lab.window.render_commands.replay(kept[0.8])
    told(qtbot, lab.window, f"Render {kept[0.8].number}, rendered again: largest pixel difference 32 of 255")
    write_png(kept[0.8].file, stamped.image, stamped.recipe, stamped.provenance)


def test_what_cannot_be_made_again_says_why(qtbot: QtBot, lab: LastingLab, kept: dict[float, RenderRecord]):
    window, record = lab.window, kept[0.4]
    assert isinstance(record.recipe, LabRecipe)
    for changed, words in (
        ({"revision": 7}, "made by revision 7 of the experiment Picture"),
        ({"experiment": "gone"}, "has no experiment 'gone' any more"),
        ({"laboratory": "missing/plugin"}, "There is no laboratory 'missing/plugin'"),
        ({"values": {"level": 9.0}}, "did not come about again. level 9 is out of range"),
    ):
        window.render_commands.replay(replace(record, recipe=replace(record.recipe, **changed)))
        told(qtbot, window, words)
    window.lab.plugins.switch(PLUGIN, on=False)
    window.render_commands.replay(record)
    told(qtbot, window, "It is switched off: switch it on in the settings")
    assert "Plugins" in [button.text() for button in window.messages.findChildren(QPushButton)]
    window.lab.plugins.switch(PLUGIN, on=True)


def test_making_again_stops_nothing_and_can_be_stopped(qtbot: QtBot, lab: LastingLab, kept: dict[float, RenderRecord]):
    page = lab.open(qtbot, "picture")
    lab.engine.gate.clear()
    page.panel.set_value("level", 0.33)
    page.bench.run()
    qtbot.waitUntil(lambda: lab.engine.lab_jobs[-1].recipe.values["level"] == 0.33, timeout=PATIENCE_MS)
    stopped = len(lab.engine.stopped)
    lab.window.render_commands.replay(kept[0.4])
    assert lab.engine.stopped[stopped:] == []
    assert "made again" in told(qtbot, lab.window, f"Render {kept[0.4].number} is made again")
    lab.window.actions_["replay.stop"].trigger()
    told(qtbot, lab.window, f"Render {kept[0.4].number} was not made again: it was stopped.")
    lab.engine.open_gate()
    wait_for_result(qtbot, page)
    assert page.bench.carried.recipe.values["level"] == 0.33


# Files


def test_a_dropped_picture_comes_into_the_session_and_opens_its_laboratory(
    qtbot: QtBot, lab: LastingLab, kept: dict[float, RenderRecord], tmp_path: Path
):
    window, before = lab.window, kept[0.4]
    assert isinstance(before.recipe, LabRecipe)
    recipe = replace(before.recipe, values={**before.recipe.values, "level": 0.9})
    image = np.full((8, 8, 3), 200, np.uint8)
    write_png(tmp_path / "ramp.png", image, recipe, before.provenance)
    prompt = window.lab.settings.values.prompt
    with qtbot.waitSignal(window.lab.session.saved, timeout=PATIENCE_MS) as saved:
        window.lab.dropping.take([tmp_path / "ramp.png"])
    (record,) = saved.args
    assert (record.recipe, record.computation_id) == (recipe, recipe.id())
    assert is_open_with(window, 0.9)
    assert window.lab.settings.values.prompt == prompt
    assert np.array_equal(window.lab.comparison[recipe.id()].image, image)
    told(qtbot, window, "The laboratory's values and its seed are taken from ramp.png, and the image is now in")
    window.lab.bin.discard([record.number])
    window.lab.undo_stack.clear()


def test_a_picture_is_saved_with_its_recipe(
    qtbot: QtBot, lab: LastingLab, kept: dict[float, RenderRecord], tmp_path: Path
):
    lab.answers.file_answer = tmp_path / "out.png"
    with qtbot.waitSignal(lab.window.lab.archive.done, timeout=PATIENCE_MS):
        lab.window.render_commands.save(kept[0.25])
    assert read_png(tmp_path / "out.png").recipe == kept[0.25].recipe


def test_what_the_window_kept_is_read_without_it(lab: LastingLab, kept: dict[float, RenderRecord]):
    session = lab.window.lab.session.session
    assert session is not None
    with SessionReader.open_read_only(session.folder) as reader:
        for level, record in kept.items():
            read = reader.record(record.number)
            assert read is not None
            assert isinstance(read.recipe, LabRecipe)
            assert read.recipe.values["level"] == level
