"""Islands in the whole window, on a fake engine whose concept holds within a ball."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from alienlab.app.space.island_survey import Task
from alienlab.domain.concepts import Ray
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.ui.main_window import MainWindow
from alienlab.ui.space.island_figures import LOST
from alienlab.ui.space.island_page import IslandPage
from alienlab.ui.space.lesion_bars import CHANGE, RATIO
from alienlab.ui.theme import Appearance
from tests.fakes.fake_engine import FakeEngine
from tests.gui.conftest import PATIENCE_MS, Answers, OpenWindow, wait_until_settled

RADIUS = 5.0
HALVED = "mid_block.*:zero"
SILENCED = "conv_out:zero"


def holds(recipe: DiffusionRecipe) -> float:
    """Within a ball; half as far in an altered mind, and nowhere without an output."""
    lesions = list(map(str, recipe.lesions))
    if any("conv_out" in lesion for lesion in lesions):
        return 0.0
    reach = RADIUS / 2 if lesions else RADIUS
    return float(not isinstance(recipe.prompt, Ray) or recipe.prompt.distance <= reach)


@pytest.fixture
def engine(engine: FakeEngine) -> FakeEngine:
    engine.info = replace(engine.info, vocabulary=("cat", "dog", "panda"))
    engine.holds = holds
    return engine


@pytest.fixture
def window(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """Without the lesion of the first start."""
    window.lab.lesions.clear()
    wait_until_settled(qtbot, window)
    return window


def show_page(qtbot: QtBot, window: MainWindow) -> IslandPage:
    page = window.space_panel.islands
    window.actions_["space.show"].trigger()
    window.space_panel.show_page(page)
    qtbot.waitUntil(page.isVisible, timeout=PATIENCE_MS)
    return page


def look(qtbot: QtBot, window: MainWindow, *, directions: int = 8, noises: int = 1) -> IslandPage:
    page = show_page(qtbot, window)
    page.bar.directions.setValue(directions)
    page.bar.noises.setValue(noises)
    go(qtbot, window)
    return page


def go(qtbot: QtBot, window: MainWindow) -> None:
    window.space_panel.islands.bar.go.click()
    qtbot.waitUntil(lambda: window.lab.space.islands.busy_with is None, timeout=PATIENCE_MS)


def opened(qtbot: QtBot, open_window: OpenWindow, *lesions: str) -> MainWindow:
    window = open_window(*lesions)
    wait_until_settled(qtbot, window)
    return window


def test_the_radius_of_a_ball_is_shown(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    page = look(qtbot, window)
    (one,) = window.lab.space.islands.sightings(Task.AROUND)
    assert one.island.quartiles[1] == pytest.approx(RADIUS, rel=1 / 32)
    assert page.plot.isVisible()
    assert page.plot.layout_.spokes == 8
    assert page.bar.progress.text() == ""
    assert f"<b>{one.ratio:.3f} R</b>" in page.figures.cells["Median radius", 0].text()
    assert page.figures.cells["Never left", 0].text() == "0 of 8"
    assert page.figures.cells["Median radius", 1].text() == ""
    assert "D = 128" in page.figures.frame_.text()
    assert "a cat in a party hat" in page.figures.frame_.text()
    assert not page.noise.isVisible()


def test_both_minds_lie_over_each_other(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = opened(qtbot, open_window, HALVED)
    page = look(qtbot, window)
    intact, altered = window.lab.space.islands.sightings(Task.AROUND)
    assert altered.ratio == pytest.approx(intact.ratio / 2, rel=1 / 16)
    assert "50% smaller" in page.figures.verdict.text().replace("51%", "50%").replace("49%", "50%")
    assert f"{altered.ratio:.3f} R" in page.figures.cells["Median radius", 1].text()
    layout = page.plot.layout_
    QTest.mouseMove(page.plot, layout.at(2, layout.pixels(intact.ratio)).toPoint())
    qtbot.waitUntil(lambda: page.place.whole_text.startswith("direction 2"), timeout=PATIENCE_MS)
    assert "intact" in page.place.whole_text
    assert "altered" in page.place.whole_text


def test_a_click_on_an_image_opens_it(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = opened(qtbot, open_window, HALVED)
    page = look(qtbot, window)
    _, altered = window.lab.space.islands.sightings(Task.AROUND)
    spot = page.plot.layout_.image_rect(3, 1).center().toPoint()
    with qtbot.waitSignal(window.space_panel.recipe_opened, timeout=PATIENCE_MS) as told:
        QTest.mouseClick(page.plot, Qt.MouseButton.LeftButton, pos=spot)
    expected = altered.recipe_at(altered.island.edges[3])
    assert told.args is not None
    assert told.args == [expected]
    assert isinstance(expected.prompt, Ray)
    qtbot.waitUntil(lambda: window.tabs.currentWidget() is window.canvas, timeout=PATIENCE_MS)
    wait_until_settled(qtbot, window)
    assert window.lab.comparison.pair[-1].recipe == expected


def test_keys_walk_from_spoke_to_spoke(qtbot: QtBot, window: MainWindow) -> None:
    page = look(qtbot, window)
    page.plot.setFocus()
    for key, spoke in ((Qt.Key.Key_Right, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Left, 7)):
        QTest.keyClick(page.plot, key)
        assert page.plot.marked == spoke
    with qtbot.waitSignal(page.recipe_opened, timeout=PATIENCE_MS) as told:
        QTest.keyClick(page.plot, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0].prompt.seed == 7


def test_noises_are_compared(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    engine.holds = lambda recipe: float(holds(replace(recipe, lesions=())) if recipe.seed == 7 else 0.0)
    page = look(qtbot, window, noises=2)
    assert [page.noise.itemText(place) for place in range(page.noise.count())] == ["noise 7", "noise 8"]
    assert page.noise.isVisible()
    assert "8: lost" in page.figures.noises.text()
    page.noise.setCurrentIndex(1)
    assert page.figures.cells["Median radius", 0].text() == LOST
    assert "own centre" in page.figures.verdict.text()


def test_a_lost_island_is_said(qtbot: QtBot, open_window: OpenWindow) -> None:
    page = look(qtbot, opened(qtbot, open_window, SILENCED))
    assert page.figures.cells["Median radius", 1].text() == LOST
    assert "the island is gone" in page.figures.verdict.text()
    assert page.plot.layout_.minds == 1


@pytest.mark.parametrize(
    ("center", "concept", "said"),
    [
        ("", "pandas", "Words like it: panda"),
        ("qwertz", "", "names nothing"),
        ("= nonsense(", "cat", "cannot be understood"),
    ],
)
def test_bad_input_is_a_calm_sentence(qtbot: QtBot, window: MainWindow, center: str, concept: str, said: str) -> None:
    page = show_page(qtbot, window)
    page.bar.center.setText(center)
    page.bar.concept.setEditText(concept)
    go(qtbot, window)
    assert page.notice.isVisible()
    assert said in page.notice.text()
    page.bar.center.setText("a dog")
    page.bar.concept.setEditText("dog")
    go(qtbot, window)
    assert page.plot.isVisible()
    assert window.lab.space.islands.sightings(Task.AROUND)[0].island.center == "a dog"


def test_a_concept_that_never_holds_is_said_instead_of_a_radius(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    engine.holds = lambda recipe: 0.0
    page = look(qtbot, window)
    assert page.notice.isVisible()
    assert "own centre" in page.notice.text()


def test_without_a_recogniser_nothing_can_be_seen(qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine) -> None:
    engine.info = replace(engine.info, vocabulary=())
    page = look(qtbot, opened(qtbot, open_window))
    assert "Choose a recogniser" in page.notice.text()


def test_it_can_be_stopped(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    page = show_page(qtbot, window)
    engine.gate.clear()
    page.bar.go.click()
    assert page.bar.stop.isEnabled()
    assert page.bar.progress.text() == "0 of at most 209 images"
    page.bar.stop.click()
    engine.gate.set()
    assert window.lab.space.islands.busy_with is None
    assert not page.bar.stop.isEnabled()
    assert page.bar.progress.text() == ""


def test_a_render_goes_first(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    page = show_page(qtbot, window)
    engine.gate.clear()
    page.bar.go.click()
    qtbot.waitUntil(lambda: window.lab.generation.waiting == 0, timeout=PATIENCE_MS)
    window.prompt_bar.prompt.setText("a dog")
    window.actions_["render.start"].trigger()
    engine.gate.set()
    wait_until_settled(qtbot, window)
    qtbot.waitUntil(lambda: window.lab.space.islands.busy_with is None, timeout=PATIENCE_MS)
    (one,) = window.lab.space.islands.sightings(Task.AROUND)
    assert one.island.quartiles[1] == pytest.approx(RADIUS, rel=1 / 32)


def test_modules_stand_in_order_of_their_islands(qtbot: QtBot, window: MainWindow) -> None:
    page = show_page(qtbot, window)
    page.bar.tasks[Task.EACH].click()
    assert page.bar.directions.value() == 6
    page.bar.pattern.setText("conv_*")
    page.bar.pattern.returnPressed.emit()
    qtbot.waitUntil(lambda: window.lab.space.islands.busy_with is None, timeout=PATIENCE_MS)
    assert page.bars.isVisible()
    assert page.bars.names[::3] == ["conv_out", "intact mind"]
    model = page.bars.model()
    assert [model.index(0, column).data() for column in (RATIO, CHANGE)] == [LOST, "−100%"]
    assert model.index(1, CHANGE).data() in ("−49%", "−50%", "−51%")
    assert model.index(3, CHANGE).data() == ""
    with qtbot.waitSignal(page.recipe_opened, timeout=PATIENCE_MS) as told:
        page.bars.activated.emit(model.index(0, 0))
    assert told.args is not None
    assert list(map(str, told.args[0].lesions)) == [SILENCED]


def test_regions_fill_in_as_they_come(qtbot: QtBot, window: MainWindow) -> None:
    page = show_page(qtbot, window)
    page.bar.tasks[Task.EACH].click()
    page.bar.directions.setValue(1)
    page.bar.go.click()
    qtbot.waitUntil(lambda: len(page.bars.names) > 2, timeout=PATIENCE_MS)
    assert window.lab.space.islands.busy_with is Task.EACH
    page.bar.stop.click()
    assert len(page.bars.names) > 2
    assert page.save.isEnabled()


@pytest.mark.parametrize("task", list(Task))
def test_figures_are_saved(qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path, task: Task) -> None:
    page = show_page(qtbot, window)
    page.bar.tasks[task].click()
    page.bar.directions.setValue(3)
    page.bar.pattern.setText("conv_out")
    assert not page.save.isEnabled()
    go(qtbot, window)
    for name in ("island.json", "island.csv"):
        answers.file_answer = tmp_path / name
        with qtbot.waitSignal(window.lab.archive.done, timeout=PATIENCE_MS):
            page.save.click()
    entries = json.loads((tmp_path / "island.json").read_text())
    rows = list(csv.DictReader((tmp_path / "island.csv").read_text().splitlines()))
    assert entries[0]["concept"] == "cat"
    assert len(entries[0]["edges"]) == 3
    if task is Task.AROUND:
        assert [row["direction"] for row in rows] == ["0", "1", "2"]
    else:
        assert [row["name"] for row in rows] == ["intact mind", "conv_out"]
        assert rows[1]["lost"] == "True"


def test_another_brain_forgets_the_islands(qtbot: QtBot, window: MainWindow) -> None:
    page = look(qtbot, window)
    window.commands.open_brain_at("another")
    qtbot.waitUntil(lambda: not page.save.isEnabled(), timeout=PATIENCE_MS)
    assert window.lab.space.islands.sightings(Task.AROUND) == ()


def test_flagged_images_are_veiled(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    look(qtbot, window, directions=2)
    (clear,) = window.lab.space.islands.sightings(Task.AROUND)
    engine.flags = True
    window.actions_["view.blur_flagged"].trigger()
    assert not window.lab.space.islands.sightings(Task.AROUND), "nobody has checked these images"
    look(qtbot, window, directions=2)
    (veiled,) = window.lab.space.islands.sightings(Task.AROUND)
    assert window.lab.preferences.settings.blur_flagged
    assert (clear.images[0] != veiled.images[0]).any()
    assert clear.island == veiled.island


def test_it_is_painted_in_both_appearances(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = opened(qtbot, open_window, HALVED)
    page = look(qtbot, window)
    pictures = []
    for appearance in (Appearance.DARK, Appearance.LIGHT):
        window.appearance.choose(appearance)
        pictures.append(page.plot.grab().toImage())
    assert pictures[0] != pictures[1]


def test_images_of_the_plot_are_pinned_by_key_and_menu(
    qtbot: QtBot, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda menu, place: None)
    window = opened(qtbot, open_window, HALVED)
    plot, board = look(qtbot, window).plot, window.lab.pinboard.board
    intact, altered = window.lab.space.islands.sightings(Task.AROUND)
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    QTest.keyClick(plot, Qt.Key.Key_P)
    first = altered.recipe_at(altered.island.edges[0])
    qtbot.waitUntil(lambda: [pin.recipe for pin in board.pins] == [first], timeout=PATIENCE_MS)
    plot.customContextMenuRequested.emit(plot.layout_.image_rect(3, 0).center().toPoint())
    (menu,) = plot.findChildren(QMenu)
    menu.actions()[0].trigger()
    second = intact.recipe_at(intact.island.edges[3])
    qtbot.waitUntil(lambda: [pin.recipe for pin in board.pins] == [first, second], timeout=PATIENCE_MS)


def test_the_centre_of_an_island_is_pinned_from_its_row(qtbot: QtBot, window: MainWindow) -> None:
    page = show_page(qtbot, window)
    page.bar.tasks[Task.EACH].click()
    page.bar.pattern.setText("conv_out")
    page.bar.pattern.returnPressed.emit()
    qtbot.waitUntil(lambda: window.lab.space.islands.busy_with is None, timeout=PATIENCE_MS)
    bars, board = page.bars, window.lab.pinboard.board
    bars.selectRow(bars.names.index("conv_out"))
    bars.setFocus()
    QTest.keyClick(bars, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: len(board.pins) == 1, timeout=PATIENCE_MS)
    assert list(map(str, board.pins[0].recipe.lesions)) == [SILENCED]
