"""Sweeps in the whole window, on a fake engine: started, watched, broken off, gone on with."""

from __future__ import annotations

import csv
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from alienlab.domain.lesions import LesionSpec
from alienlab.domain.sweeps.sweep import Kind
from alienlab.domain.sweeps.wishes import AxisWish, SweepWish
from alienlab.session.log.sweep_log import SweepState
from alienlab.ui.main_window import MainWindow
from tests.fakes.fake_engine import FakeEngine, imagined
from tests.gui.conftest import PATIENCE_MS, Answers, OpenWindow, wait_until_settled

MIDDLE = SweepWish(AxisWish(kind=Kind.KNOCKOUT, pattern="mid_block.*"))


def start(window: MainWindow, wish: SweepWish = MIDDLE) -> None:
    base = window.lab.sweep_display.base()
    window.lab.sweeps.start(wish.to_sweep(base, window.lab.brain.anatomy))


def wait_until_done(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.lab.sweeps.state is SweepState.DONE, timeout=PATIENCE_MS)
    window.lab.archive.finish()


def rendered_keys(engine: FakeEngine) -> list[str]:
    """Of every row that any job asked for, but for the probes of rounding."""
    jobs = [job for job in engine.rendered if job.batch_class is None]
    return [recipe.computation_id(engine.anatomy) for job in jobs for recipe in job.recipes]


def test_an_atlas_paints_the_map_and_fills_the_wall(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    set_lesions(window)
    start(window)
    assert window.tabs.currentWidget() is window.sweep_panel
    wait_until_done(qtbot, window)
    rows = window.lab.sweeps.results()
    paths = engine.anatomy.within("mid_block")
    assert [row.trial.module for row in rows] == list(paths)
    painting = window.lab.map_paint.painting
    assert set(painting.effects) == set(paths)
    intact = imagined(window.lab.sweeps.plan.anchors[0].recipe, engine.anatomy).astype(float)
    for row in rows:
        far = np.abs(imagined(row.trial.recipe, engine.anatomy) - intact).mean() / 255
        assert painting.effects[row.trial.module].measures.perceptual == pytest.approx(far)
    qtbot.waitUntil(lambda: set(window.brain_map.view.picture.paint or ()) == set(paths))
    assert window.sweep_panel.model.rowCount() == len(paths)
    assert len(window.sweep_panel.results.filtered.results()) == len(paths)
    assert window.lab.session.session.has(rows[0].key)


def set_lesions(window: MainWindow, *texts: str) -> None:
    window.lab.lesions.replace_all([LesionSpec.parse(text) for text in texts])


def test_ctrl_k_knocks_out_each_module_of_the_intact_mind(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    window.actions_["sweep.atlas"].trigger()
    sweep = window.lab.sweeps.sweep
    assert sweep.size == 391
    assert sweep.base.lesions == ()
    assert window.lab.sweeps.plan.distinct == 327
    qtbot.waitUntil(lambda: window.lab.sweeps.fraction > 0.1, timeout=PATIENCE_MS)
    window.actions_["sweep.pause"].trigger()
    assert window.lab.sweeps.state is SweepState.PAUSED
    painted = len(window.lab.map_paint.painting.effects)
    assert 8 <= painted < 391


def test_nothing_is_rendered_twice_through_pause_cancel_and_resume(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    set_lesions(window)
    before = len(rendered_keys(engine))
    start(window)
    qtbot.waitUntil(lambda: window.lab.sweeps.fraction > 0.3, timeout=PATIENCE_MS)
    window.actions_["sweep.pause"].trigger()
    assert window.actions_["sweep.resume"].isEnabled()
    window.actions_["sweep.resume"].trigger()
    qtbot.waitUntil(lambda: window.lab.sweeps.fraction > 0.5, timeout=PATIENCE_MS)
    window.actions_["sweep.cancel"].trigger()
    assert window.lab.sweeps.state is SweepState.CANCELLED
    window.actions_["sweep.resume"].trigger()
    wait_until_done(qtbot, window)
    records = [record.computation_id for record in window.lab.session.session.records()]
    assert len(records) == len(set(records))
    assert len(set(rendered_keys(engine)[before:])) >= window.lab.sweeps.plan.distinct


def test_nothing_is_rendered_twice_while_the_disk_is_slow(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    disk = Event()
    window.lab.archive.carry_out_silently(disk.wait)
    set_lesions(window)
    before = len(rendered_keys(engine))
    start(window)
    qtbot.waitUntil(lambda: window.lab.sweeps.fraction > 0.3, timeout=PATIENCE_MS)
    window.lab.sweeps.cancel()
    window.lab.sweeps.resume()
    qtbot.waitUntil(lambda: window.lab.sweeps.state is SweepState.DONE, timeout=PATIENCE_MS)
    disk.set()
    window.lab.archive.finish()
    records = [record.computation_id for record in window.lab.session.session.records()]
    assert len(records) == len(set(records)) >= len(set(rendered_keys(engine)[before:]))


def test_what_the_user_asks_for_goes_first(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    set_lesions(window)
    engine.gate.clear()
    jobs = len(engine.rendered)
    start(window)
    qtbot.waitUntil(lambda: len(engine.rendered) > jobs)
    set_lesions(window, "up_blocks.1.*:zero")
    window.lab.render()
    qtbot.waitUntil(lambda: len(engine.rendered) > jobs + 1)
    asked = engine.rendered[jobs + 1]
    assert [str(lesion) for recipe in asked.recipes for lesion in recipe.lesions] == ["up_blocks.1.*:zero"]
    engine.gate.set()
    wait_until_done(qtbot, window)
    assert window.lab.sweeps.fraction == 1.0


def test_a_sweep_outlives_the_window(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, engine: FakeEngine
) -> None:
    set_lesions(window)
    start(window)
    qtbot.waitUntil(lambda: window.lab.sweeps.fraction > 0.3, timeout=PATIENCE_MS)
    identity = window.lab.sweeps.sweep.id
    window.close()
    again = open_window()
    qtbot.waitUntil(lambda: again.lab.sweeps.sweep is not None, timeout=PATIENCE_MS)
    assert again.lab.sweeps.sweep.id == identity
    assert again.lab.sweeps.state is SweepState.PAUSED
    assert any("not finished" in text for text in again.messages.texts)
    again.actions_["sweep.resume"].trigger()
    wait_until_done(qtbot, again)
    records = [record.computation_id for record in again.lab.session.session.records()]
    assert len(records) == len(set(records))
    assert again.lab.map_paint.painting is not None


def test_a_brain_that_opens_after_the_window_closed_asks_for_no_sweeps(qtbot: QtBot, window: MainWindow) -> None:
    set_lesions(window)
    start(window)
    wait_until_done(qtbot, window)
    info = window.lab.brain.info
    window.close()
    window.lab.opener.opened.emit(info, info)
    assert window.lab.sweeps.records() == []


def test_a_click_on_a_painted_module_opens_its_image_beside_the_intact_one(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    set_lesions(window)
    start(window)
    wait_until_done(qtbot, window)
    window.brain_map.module_opened.emit("mid_block.resnets.0.conv1")
    assert window.tabs.currentWidget() is window.canvas
    intact, altered = window.lab.comparison.pair
    assert intact.is_intact
    assert [str(spec) for spec in altered.recipe.lesions] == ["mid_block.resnets.0.conv1:zero"]
    assert np.array_equal(altered.image, imagined(altered.recipe, engine.anatomy))


def test_playing_shows_every_image_once(qtbot: QtBot, window: MainWindow) -> None:
    set_lesions(window)
    start(window)
    wait_until_done(qtbot, window)
    shown = []
    window.lab.playback.shown.connect(shown.append)
    window.lab.playback.play(window.lab.sweeps.results())
    window.actions_["sweep.play"].trigger()
    assert not window.lab.playback.is_playing
    window.actions_["sweep.play"].trigger()
    qtbot.waitUntil(lambda: len(shown) >= 4, timeout=PATIENCE_MS)
    assert shown[1].key == window.lab.sweeps.results()[0].key
    window.actions_["sweep.play"].trigger()
    assert not window.lab.playback.is_playing


def test_the_table_is_exported(qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    set_lesions(window)
    start(window, SweepWish(AxisWish(kind=Kind.SEEDS, seeds=5)))
    wait_until_done(qtbot, window)
    answers.file_answer = tmp_path / "seeds.csv"
    window.actions_["sweep.csv"].trigger()
    qtbot.waitUntil(lambda: any("seeds.csv" in text for text in window.messages.texts))
    with (tmp_path / "seeds.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["seed"]) for row in rows] == [window.prompt_bar.seed.value() + offset for offset in range(5)]
    assert all(Path(row["file"]).is_file() for row in rows)


def test_a_worker_that_dies_twice_lets_the_sweep_rest(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    set_lesions(window)
    engine.kills = lambda recipe: any("attentions" in lesion.pattern for lesion in recipe.lesions)
    start(window)
    qtbot.waitUntil(lambda: window.lab.sweeps.state is SweepState.PAUSED, timeout=PATIENCE_MS)
    assert any("set aside" in text and "kept" in text for text in window.messages.texts)
    engine.kills = lambda recipe: False
    window.actions_["sweep.resume"].trigger()
    wait_until_done(qtbot, window)


def test_a_collapse_is_named_and_the_rest_goes_on(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    set_lesions(window)
    engine.collapses = lambda recipe: any("conv1" in lesion.pattern for lesion in recipe.lesions)
    start(window)
    wait_until_done(qtbot, window)
    failed = [row for row in window.lab.sweeps.results() if row.failure]
    assert {row.trial.module.rpartition(".")[2] for row in failed} == {"conv1"}
    assert all("Numerical collapse" in row.failure for row in failed)


def test_the_sweeps_of_the_session_are_in_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    set_lesions(window)
    menu = QMenu(window)
    window.sweep_commands.fill_menu(menu)
    assert not menu.actions()[0].isEnabled()
    for seeds in (2, 3):
        start(window, SweepWish(AxisWish(kind=Kind.SEEDS, seeds=seeds)))
        wait_until_done(qtbot, window)
    window.sweep_commands.fill_menu(menu)
    assert [action.text().split(" (")[0] for action in menu.actions()] == ["3 seeds", "2 seeds"]
    menu.actions()[1].trigger()
    assert window.lab.sweeps.sweep.size == 2


def test_another_session_has_other_sweeps(qtbot: QtBot, window: MainWindow) -> None:
    set_lesions(window)
    start(window, SweepWish(AxisWish(kind=Kind.SEEDS, seeds=2)))
    wait_until_done(qtbot, window)
    window.lab.open_session("elsewhere")
    assert window.lab.sweeps.sweep is None
    assert window.sweep_panel.model.rowCount() == 0


def test_a_sweep_of_another_brain_is_refused_with_a_sentence(qtbot: QtBot, window: MainWindow) -> None:
    set_lesions(window)
    start(window, SweepWish(AxisWish(kind=Kind.SEEDS, seeds=2)))
    wait_until_done(qtbot, window)
    record = window.lab.sweeps.records()[0]
    window.commands.open_brain_at("another")
    qtbot.waitUntil(lambda: window.lab.brain.info is not None and window.lab.brain.info.source == "another")
    window.lab.sweeps.show(record)
    assert any("another brain" in text for text in window.messages.texts)


def test_the_dialog_starts_what_it_planned(qtbot: QtBot, window: MainWindow) -> None:
    set_lesions(window)
    window.actions_["sweep.new"].trigger()
    dialog = window.sweep_commands.dialog
    qtbot.waitUntil(lambda: dialog.start_button.isEnabled(), timeout=PATIENCE_MS)
    dialog.start_button.click()
    assert window.lab.sweeps.sweep is not None
    window.actions_["sweep.cancel"].trigger()
    wait_until_settled(qtbot, window)


def test_verdicts_are_explained(qtbot: QtBot, window: MainWindow, answers: Answers) -> None:
    window.actions_["sweep.verdicts"].trigger()
    assert answers.asked[-1] == "What verdicts mean"


def test_without_a_recogniser_a_sweep_says_what_it_measures_by(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    set_lesions(window)
    assert engine.info.recogniser is None
    start(window, SweepWish(AxisWish(kind=Kind.SEEDS, seeds=2)))
    wait_until_done(qtbot, window)
    assert any("structure (SSIM) alone" in text for text in window.messages.texts)
