"""The whole window on a fake engine: what a user does, and what is to be seen of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from alienlab.app.comparison import Arrangement, TileState
from alienlab.app.log.row_data import LogRole
from alienlab.app.messages import Message, Tone
from alienlab.domain.errors import BrainError, UnsafeWeights
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource
from alienlab.session.files import DiskFull
from alienlab.session.log.store import Session
from alienlab.session.png import read_png
from alienlab.ui.canvas.heading import STALE, STALE_IN_SHORT
from alienlab.ui.main_window import MainWindow
from alienlab.ui.message_bar import Banner
from tests.fakes.fake_engine import FakeEngine, brain_info, imagined
from tests.gui.conftest import Answers, OpenWindow, wait_until_settled


def set_lesions(window: MainWindow, *texts: str) -> None:
    window.lab.lesions.replace_all([LesionSpec.parse(text) for text in texts])


def render(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_until_settled(qtbot, window)


def test_first_start_shows_an_intact_and_an_altered_image(window: MainWindow) -> None:
    intact, altered = window.lab.comparison.pair
    assert intact.is_intact
    assert not altered.is_intact
    assert intact.recipe.seed == altered.recipe.seed
    assert not np.array_equal(intact.image, altered.image)
    assert window.prompt_bar.prompt.text() == "a cat in a party hat"
    assert window.try_strip.isVisible()
    assert len(window.try_strip.cards) == 3
    window.tabs.setCurrentWidget(window.space_panel)
    assert not window.try_strip.isVisible(), "other pages have the room for themselves"
    window.tabs.setCurrentWidget(window.canvas)
    assert window.try_strip.isVisible()


def test_things_to_try_leave_the_canvas_its_room_in_a_small_window(qtbot: QtBot, window: MainWindow) -> None:
    strip = window.try_strip
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: all(card.explanation.isVisible() for card in strip.cards))
    high = strip.height()
    window.resize(960, 600)
    qtbot.waitUntil(lambda: not any(card.explanation.isVisible() for card in strip.cards))
    qtbot.waitUntil(lambda: strip.height() <= high - 32)
    for card in strip.cards:
        title = card.title
        assert title.height() >= title.heightForWidth(title.width()), "no line is clipped"
        assert title.minimumSizeHint().width() <= title.width(), "no word is clipped"
        assert card.experiment.explanation in card.toolTip()


def test_a_note_moves_nothing_and_goes(qtbot: QtBot, window: MainWindow) -> None:
    places = [widget.geometry() for widget in (window.tabs, window.docks.lesions, window.docks.session)]
    window.lab.message.emit(Message("Just so that you know.", Tone.NOTE))
    banner = next(banner for banner in window.findChildren(Banner) if banner.message.tone is Tone.NOTE)
    assert banner.isVisible()
    assert window.rect().contains(QRect(banner.mapTo(window, QPoint()), banner.size()))
    assert [widget.geometry() for widget in (window.tabs, window.docks.lesions, window.docks.session)] == places
    banner.close_button.click()
    assert window.messages.texts == ()
    assert not banner.isVisible()


def test_notes_lie_beneath_each_other_and_none_is_clipped(qtbot: QtBot, window: MainWindow) -> None:
    texts = ("Just so that you know.", "This is a longer note. " * 8, "That was all.")
    for text in texts:
        window.lab.message.emit(Message(text, Tone.NOTE))
    banners = [banner for banner in window.findChildren(Banner) if banner.message.text in texts]
    assert len(banners) == len(texts)
    qtbot.waitUntil(lambda: all(banner.height() >= banner.heightForWidth(banner.width()) for banner in banners))
    places = sorted((QRect(banner.mapTo(window, QPoint()), banner.size()) for banner in banners), key=QRect.top)
    assert all(not one.intersects(other) for one, other in pairwise(places))
    assert window.rect().contains(places[-1])


def test_a_word_of_changed_settings_leaves_room_for_what_images_share(qtbot: QtBot, window: MainWindow) -> None:
    heading = window.canvas.heading
    set_lesions(window, "conv_in:zero")
    qtbot.waitUntil(heading.stale.isVisible)
    assert heading.stale.text() == STALE_IN_SHORT
    assert heading.stale.toolTip() == STALE
    assert heading.common.width() > 0


def test_a_warning_stands_above_all_else(window: MainWindow) -> None:
    window.lab.message.emit(Message("Mind this.", Tone.WARNING))
    assert window.messages.isVisible()
    window.messages.clear()
    assert not window.messages.isVisible()


def test_every_thing_to_try_shows_an_image_of_its_own(qtbot: QtBot, window: MainWindow) -> None:
    shown = []
    for card in window.try_strip.cards:
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        wait_until_settled(qtbot, window)
        shown.append(window.lab.comparison.pair[-1].image.tobytes())
    assert len(set(shown)) == 3


def test_ctrl_enter_renders_what_the_engine_would_give(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    set_lesions(window, "mid_block.*:zero")
    render(qtbot, window)
    altered = window.lab.comparison.pair[-1]
    assert np.array_equal(altered.image, imagined(altered.recipe, engine.anatomy))
    assert [str(lesion) for lesion in altered.recipe.lesions] == ["mid_block.*:zero"]


def test_the_intact_image_is_not_rendered_again(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    set_lesions(window, "mid_block.*:zero")
    render(qtbot, window)
    assert [recipe.lesions for recipe in engine.rendered[-1].recipes] == [(LesionSpec.parse("mid_block.*:zero"),)]


def test_escape_cancels_and_leaves_what_is_finished(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    engine.gate.clear()
    set_lesions(window, "mid_block.*:zero")
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.lab.comparison.pair[-1].state is TileState.DENOISING)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.lab.renders.is_busy)
    intact, altered = window.lab.comparison.pair
    assert intact.state is TileState.FINISHED
    assert altered.state is TileState.CANCELLED
    assert len(window.lab.log.records) == 2


def test_a_cancelled_render_can_be_asked_for_again(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    test_escape_cancels_and_leaves_what_is_finished(qtbot, window, engine)
    engine.gate.set()
    render(qtbot, window)
    assert window.lab.comparison.pair[-1].state is TileState.FINISHED


def test_undo_brings_the_image_back_without_a_render(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    before = window.lab.comparison.pair[-1].image
    set_lesions(window, "mid_block.*:zero")
    render(qtbot, window)
    jobs = len(engine.rendered)
    window.lab.undo_stack.undo()
    qtbot.waitUntil(lambda: np.array_equal(window.lab.comparison.pair[-1].image, before))
    assert len(engine.rendered) == jobs


def test_a_changed_prompt_is_said_to_be_not_rendered_yet(qtbot: QtBot, window: MainWindow) -> None:
    window.prompt_bar.prompt.setText("a dog")
    qtbot.waitUntil(lambda: window.lab.comparison.is_stale)
    render(qtbot, window)
    assert not window.lab.comparison.is_stale
    assert str(window.lab.comparison.pair[0].recipe.prompt) == "a dog"


def test_an_unlocked_seed_gives_other_noise_at_every_render(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_["seed.lock"].setChecked(False)
    before = window.prompt_bar.seed.value()
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.prompt_bar.seed.value() != before
    wait_until_settled(qtbot, window)
    assert window.lab.comparison.pair[0].recipe.seed == window.prompt_bar.seed.value()


def test_a_click_in_the_session_strip_brings_settings_and_image_back(qtbot: QtBot, window: MainWindow) -> None:
    first = window.lab.comparison.pair[-1]
    window.prompt_bar.prompt.setText("a dog")
    window.prompt_bar.steps.setValue(3)
    set_lesions(window, "mid_block.*:zero")
    render(qtbot, window)
    strip = window.strip.list
    row = next(
        row
        for row in range(window.strip.filtered.rowCount())
        if window.strip.filtered.index(row, 0).data(LogRole.RECORD).recipe == first.recipe
    )
    index = window.strip.filtered.index(row, 0)
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.visualRect(index).center())
    assert window.prompt_bar.prompt.text() == "a cat in a party hat"
    assert window.prompt_bar.steps.value() == first.recipe.steps
    assert window.lab.lesions.active == first.recipe.lesions
    assert np.array_equal(window.lab.comparison.pair[-1].image, first.image)


def test_the_filter_leaves_the_renders_that_hold_its_words(qtbot: QtBot, window: MainWindow) -> None:
    window.prompt_bar.prompt.setText("a dog")
    render(qtbot, window)
    window.strip.filter.setText("DOG intact")
    qtbot.waitUntil(lambda: len(window.strip.filtered.numbers) == 1)
    assert [str(record.recipe.prompt) for record in window.strip.records()] == ["a dog"]
    window.strip.filter.clear()
    assert len(window.strip.records()) == 4


def test_thumbnails_show_the_images(qtbot: QtBot, window: MainWindow) -> None:
    index = window.strip.filtered.index(0, 0)
    qtbot.waitUntil(lambda: index.data(Qt.ItemDataRole.DecorationRole) is not None)
    thumbnail = index.data(Qt.ItemDataRole.DecorationRole)
    image = window.lab.session.tile(index.data(LogRole.RECORD)).image
    assert thumbnail.pixelColor(3, 3).getRgb()[:3] == tuple(image[3, 3])


def test_a_restart_keeps_log_comparison_and_places_of_the_docks(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, engine: FakeEngine
) -> None:
    altered = window.lab.comparison.pair[-1]
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, window.docks.map)
    window.docks.lesions.close()
    window.close()
    jobs = len(engine.rendered)
    again = open_window()
    wait_until_settled(qtbot, again)
    qtbot.waitUntil(lambda: again.lab.brain.info is not None)
    assert again.dockWidgetArea(again.docks.map) is Qt.DockWidgetArea.RightDockWidgetArea
    assert not again.docks.lesions.isVisible()
    assert len(again.lab.log.records) == 2
    assert np.array_equal(again.lab.comparison.pair[-1].image, altered.image)
    assert again.lab.lesions.active == altered.recipe.lesions
    assert len(engine.rendered) == jobs
    assert not again.try_strip.isVisible()


def test_a_collapse_is_shown_in_its_tile_and_not_logged(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    engine.collapses = lambda recipe: bool(recipe.lesions)
    set_lesions(window, "*:scale=50")
    render(qtbot, window)
    failed = window.lab.comparison.pair[-1]
    assert failed.state is TileState.FAILED
    assert failed.message.startswith("Numerical collapse at step 4")
    assert len(window.lab.log.records) == 2
    assert window.messages.texts == ()


def test_a_render_that_kills_the_worker_twice_is_set_aside_and_the_next_one_works(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    engine.kills = lambda recipe: any(lesion.pattern == "conv_in" for lesion in recipe.lesions)
    set_lesions(window, "conv_in:zero")
    render(qtbot, window)
    assert window.lab.comparison.pair[-1].state is TileState.FAILED
    assert "set aside" in window.messages.texts[-1]
    set_lesions(window, "conv_out:zero")
    render(qtbot, window)
    assert window.lab.comparison.pair[-1].state is TileState.FINISHED


def test_what_a_render_notes_is_said_once(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    engine.notes = ("The prompt is longer than this brain can read; dropped: “a whale”.",)
    window.lab.settings.roll_seed()
    render(qtbot, window)
    assert window.messages.texts == engine.notes


def test_live_previews_with_few_steps_then_renders_and_logs_only_what_settled(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    window.actions_["render.live"].setChecked(True)
    jobs = len(engine.rendered)
    set_lesions(window, "mid_block.*:zero")
    wait_until_settled(qtbot, window, renders=3)
    steps = [recipe.steps for job in engine.rendered[jobs:] for recipe in job.recipes]
    assert steps[-1] == engine.info.steps
    assert {record.recipe.steps for record in window.lab.log.records} == {engine.info.steps}
    assert not window.lab.comparison.is_stale


def test_live_cancels_what_is_outdated(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    window.actions_["render.live"].setChecked(True)
    engine.gate.clear()
    jobs = len(engine.rendered)
    set_lesions(window, "conv_in:zero")
    qtbot.waitUntil(lambda: len(engine.rendered) > jobs)
    set_lesions(window, "mid_block.*:zero")
    qtbot.waitUntil(lambda: len(window.lab.comparison.pair) == 2 and _shows(window, "mid_block.*:zero"))
    engine.gate.set()
    wait_until_settled(qtbot, window, renders=3)
    assert [str(record.recipe.lesions[0]) for record in window.lab.log.records[:1]] == ["mid_block.*:zero"]
    assert not any("conv_in" in str(record.recipe.lesions) for record in window.lab.log.records)


def _shows(window: MainWindow, lesion: str) -> bool:
    return str(window.lab.comparison.pair[-1].recipe.lesions[0]) == lesion


def test_a_session_open_elsewhere_is_said_and_renders_go_to_a_new_one(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    with Session.open(taken):
        window = open_window(session=str(taken))
        wait_until_settled(qtbot, window)
        assert "open in another window" in window.messages.texts[0]
        assert window.lab.session.name != "taken"
        assert len(window.lab.log.records) == 2


def test_opening_another_session_that_is_locked_keeps_the_present_one(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    present = window.lab.session.name
    with Session.open(tmp_path / "taken"):
        answers.folder_answer = tmp_path / "taken"
        window.actions_["session.open"].trigger()
    assert "open in another window" in window.messages.texts[-1]
    assert window.lab.session.name == present


def test_a_new_session_is_empty_and_the_old_one_is_among_the_recent(
    qtbot: QtBot, window: MainWindow, answers: Answers
) -> None:
    old = str(window.lab.session.session.folder)
    answers.text_answer = "second look"
    window.actions_["session.new"].trigger()
    assert window.lab.session.name == "second look"
    assert window.lab.log.records == ()
    assert old in window.lab.preferences.settings.recent_sessions
    window.lab.open_session(old)
    assert len(window.lab.log.records) == 2
    assert len(window.lab.comparison.pair) == 2


@pytest.mark.parametrize("action", ["canvas.pair", "canvas.grid", "canvas.board", "compare.side", "compare.wipe"])
def test_what_concerns_the_canvas_shows_it_from_another_page(window: MainWindow, action: str) -> None:
    window.actions_["log.show"].trigger()
    assert window.tabs.currentWidget() is not window.canvas
    window.actions_[action].trigger()
    assert window.tabs.currentWidget() is window.canvas


def test_a_saved_image_carries_its_recipe(qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    answers.file_answer = tmp_path / "mine.png"
    window.actions_["export.image"].trigger()
    qtbot.waitUntil(lambda: any("mine.png" in text for text in window.messages.texts))
    altered = window.lab.comparison.pair[-1]
    stamped = read_png(tmp_path / "mine.png")
    assert stamped.recipe == altered.recipe
    assert np.array_equal(stamped.image, altered.image)


def test_the_event_loop_turns_while_a_render_is_under_way(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    engine.gate.clear()
    set_lesions(window, "mid_block.*:zero")
    window.lab.render()
    turns: list[int] = []
    timer = QTimer(window)
    timer.timeout.connect(lambda: turns.append(1))
    timer.start(0)
    qtbot.waitUntil(lambda: len(turns) > 50)
    timer.stop()
    assert window.lab.renders.is_busy
    engine.gate.set()
    wait_until_settled(qtbot, window)


def test_the_status_bar_shows_progress_and_a_way_to_cancel_while_rendering(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    status = window.statusBar()
    assert not status.progress.isVisible()
    engine.gate.clear()
    set_lesions(window, "mid_block.*:zero")
    window.lab.render()
    qtbot.waitUntil(status.progress.isVisible)
    assert window.actions_["render.cancel"].isEnabled()
    engine.gate.set()
    wait_until_settled(qtbot, window)
    assert not status.progress.isVisible()
    assert "intact" in status.intact.text()
    assert "it/s" in status.pace.text()


def test_a_brain_that_is_refused_leaves_the_open_one_and_says_why(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, answers: Answers
) -> None:
    engine.refuses["elsewhere"] = BrainError("There is no brain in elsewhere.")
    answers.text_answer = "elsewhere"
    window.actions_["brain.open_hub"].trigger()
    qtbot.waitUntil(lambda: "There is no brain in elsewhere." in window.messages.texts)
    assert window.lab.brain.info.source == "fake"
    set_lesions(window, "mid_block.*:zero")
    render(qtbot, window)
    assert window.lab.comparison.pair[-1].state is TileState.FINISHED


def test_pickled_weights_are_loaded_only_after_the_user_agrees(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    engine.refuses["pickled"] = UnsafeWeights("The weights are pickled; loading them runs code.")
    window.commands.open_brain_at("pickled")
    qtbot.waitUntil(lambda: bool(window.messages.texts))
    assert not engine.opened[-1].allow_pickle
    window.actions_["brain.open_pickled"].trigger()
    qtbot.waitUntil(lambda: window.lab.brain.info.source == "pickled")
    assert engine.opened[-1] == BrainSource(location="pickled", allow_pickle=True)


def test_without_a_safety_checker_the_user_is_told_once_and_flagged_images_are_blurred_on_request(
    qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine
) -> None:
    engine.info, engine.flags = brain_info(has_safety_checker=True), True
    window = open_window()
    wait_until_settled(qtbot, window)
    assert any("safety checker" in text for text in window.messages.texts)
    assert not engine.rendered[0].check_safety
    window.actions_["view.blur_flagged"].setChecked(True)
    set_lesions(window, "mid_block.*:zero")
    render(qtbot, window)
    altered = window.lab.comparison.pair[-1]
    view = window.canvas.view
    assert altered.is_flagged
    assert view.is_veiled(altered)
    place = view.places[1].picture
    centre = QPoint(round(place.x + place.width / 2), round(place.y + place.height / 2))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert not view.is_veiled(altered)
    window.close()
    again = open_window()
    wait_until_settled(qtbot, again)
    qtbot.waitUntil(lambda: again.lab.brain.info is not None)
    assert not any("safety checker" in text for text in again.messages.texts)


def test_the_grid_holds_a_line_for_each_prompt_and_noise_the_intact_one_first(qtbot: QtBot, window: MainWindow) -> None:
    set_lesions(window, "mid_block.*:zero")
    render(qtbot, window)
    window.prompt_bar.prompt.setText("a dog")
    render(qtbot, window)
    window.actions_["canvas.grid"].trigger()
    lines = window.lab.comparison.lines
    assert [len(line.tiles) for line in lines] == [2, 3]
    assert all(line.tiles[0].is_intact for line in lines)
    assert len(window.canvas.view.places) == 5
    window.canvas.view.tile_opened.emit(lines[1].tiles[1].key)
    assert window.lab.comparison.arrangement is Arrangement.PAIR
    assert window.prompt_bar.prompt.text() == "a cat in a party hat"


def test_a_lesion_that_matches_nothing_is_one_sentence(qtbot: QtBot, window: MainWindow) -> None:
    set_lesions(window, "no_such_block.*:zero")
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.messages.texts))
    assert "No module matches" in window.messages.texts[-1]


def test_what_is_asked_for_on_the_command_line_is_what_is_rendered(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window("mid_block.*:zero", prompt="a panda in a crown")
    wait_until_settled(qtbot, window, renders=2)
    altered = window.lab.comparison.pair[-1]
    assert str(altered.recipe.prompt) == "a panda in a crown"
    assert [str(lesion) for lesion in altered.recipe.lesions] == ["mid_block.*:zero"]


@pytest.mark.parametrize("name", ["view.light", "view.dark", "view.system"])
def test_every_appearance_can_be_worn_and_is_remembered(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.actions_[name].trigger()
    assert window.lab.preferences.settings.appearance == name.removeprefix("view.")
    assert not window.grab().isNull()


def test_every_action_and_field_says_what_it_does(window: MainWindow) -> None:
    assert all(action.toolTip() for action in window.actions_.values())
    bar = window.prompt_bar
    for field in (bar.prompt, bar.negative, bar.seed, bar.steps, bar.guidance, bar.width_, bar.height_, bar.scheduler):
        assert field.toolTip()
        assert field.accessibleName()


def test_no_shortcut_means_two_things(window: MainWindow) -> None:
    actions = window.findChildren(QAction)
    texts = [key.toString() for action in actions for key in action.shortcuts() if not key.isEmpty()]
    assert len(texts) == len(set(texts)), sorted(text for text in texts if texts.count(text) > 1)


def test_a_full_disk_is_said_and_the_image_stays_on_the_canvas(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self, *_: object, **__: object) -> None:
        raise DiskFull(self.folder)

    monkeypatch.setattr(Session, "save", full)
    set_lesions(window, "mid_block.*:zero")
    window.lab.render()
    qtbot.waitUntil(lambda: bool(window.messages.texts))
    assert "disk is full" in window.messages.texts[-1]
    assert window.lab.comparison.pair[-1].image is not None
    assert len(window.lab.log.records) == 2


def test_closing_in_mid_render_stops_the_engine_and_keeps_what_was_finished(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    folder = window.lab.session.session.folder
    engine.gate.clear()
    set_lesions(window, "mid_block.*:zero")
    window.lab.render()
    qtbot.waitUntil(lambda: window.lab.comparison.pair[-1].state is TileState.DENOISING)
    window.close()
    assert engine.is_closed
    with Session.open(folder) as session:
        assert len(session.records()) == 2
