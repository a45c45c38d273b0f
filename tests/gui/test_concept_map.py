"""The concept map in the whole window, on a fake engine: laid out, clicked through, walked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from alienlab.app.space.map_entries import Source, with_article
from alienlab.app.space.projection import project
from alienlab.domain.concepts import Between, ConceptExpression, Prompt, RandomPoint
from alienlab.domain.errors import RecipeError
from alienlab.domain.events import Event
from alienlab.domain.ports import LocateJob, RenderJob
from alienlab.domain.space.formula import read_concept
from alienlab.domain.space.walks import Walk
from alienlab.ui.canvas.board.commands import NOTHING_POINTED_AT, PIN
from alienlab.ui.main_window import MainWindow
from alienlab.ui.space.label_places import placed
from tests.fakes.fake_engine import FakeEngine
from tests.gui.conftest import PATIENCE_MS, OpenWindow, wait_until_settled

LEFT = Qt.MouseButton.LeftButton
WORDS = ("cat", "dog", "owl", "cherries", "polar bear", "bus", "nothing I know")


@pytest.fixture
def engine(engine: FakeEngine) -> FakeEngine:
    """Its recogniser knows words."""
    engine.info = replace(engine.info, vocabulary=WORDS)
    return engine


@pytest.fixture
def walks(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[Walk]:
    """Those that are to be shown."""
    shown: list[Walk] = []
    monkeypatch.setattr(window.lab.space.walking, "show", shown.append)
    return shown


def show_map(qtbot: QtBot, window: MainWindow):
    """Its view, once everything is laid out."""
    window.actions_["space.show"].trigger()
    window.space_panel.show_page(window.space_panel.map)
    wait_until_laid_out(qtbot, window)
    return window.space_panel.map.view


def wait_until_laid_out(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.lab.space.concept_map.layout is not None, timeout=PATIENCE_MS)
    QApplication.processEvents()


def index_of(window: MainWindow, text: str) -> int:
    return [entry.text for entry in window.lab.space.concept_map.layout.entries].index(text)


def click(window: MainWindow, *texts: str) -> None:
    view = window.space_panel.map.view
    for text in texts:
        QTest.mouseClick(view, LEFT, pos=view.position_of(index_of(window, text)).toPoint())


def test_the_vocabulary_is_laid_out_as_prompts(qtbot: QtBot, window: MainWindow) -> None:
    view = show_map(qtbot, window)
    layout = window.lab.space.concept_map.layout
    assert [entry.text for entry in layout.entries] == list(WORDS[:-1])
    assert [str(entry.point) for entry in layout.entries] == [
        "a cat",
        "a dog",
        "an owl",
        "cherries",
        "a polar bear",
        "a bus",
    ]
    page = window.space_panel.map
    assert f"in {window.lab.brain.info.tokens * window.lab.brain.info.dims} dimensions" in page.shadows.text()
    assert "shadows" in page.shadows.text()
    assert page.count.text() == "6 concepts"
    assert all(view.rect().contains(view.position_of(index).toPoint()) for index in range(6))


def test_a_path_goes_through_the_real_points(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, walks: list[Walk]
) -> None:
    show_map(qtbot, window)
    click(window, "cat", "owl", "dog")
    page = window.space_panel.map
    assert page.route.whole_text.startswith("cat → owl → dog · ")
    page.frames.setValue(41)
    QTest.mouseClick(page.walk, LEFT)
    (walk,) = walks
    assert walk.title == "cat → owl → dog"
    assert (walk.points[0], walk.points[-1]) == (Prompt("a cat"), Prompt("a dog"))
    arrays = [engine.of_text(text).astype(float) for text in ("a cat", "an owl", "a dog")]
    first, second = (float(np.linalg.norm(arrays[leg + 1] - arrays[leg])) for leg in range(2))
    for number, point in enumerate(walk.points[1:-1], start=1):
        far = number * (first + second) / 40
        assert isinstance(point, Between)
        leg = ("a cat", "an owl", far / first) if far < first else ("an owl", "a dog", (far - first) / second)
        assert (str(point.start), str(point.end)) == leg[:2]
        assert point.position == pytest.approx(leg[2], abs=1e-6)


def test_the_path_is_taken_back_and_removed(qtbot: QtBot, window: MainWindow, walks: list[Walk]) -> None:
    view = show_map(qtbot, window)
    concept_map = window.lab.space.concept_map
    click(window, "cat", "owl", "owl", "cat")
    view.setFocus()
    assert len(concept_map.route) == 3  # nobody goes from a place to itself
    QTest.keyClick(view, Qt.Key.Key_Backspace)
    assert len(concept_map.route) == 2
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert concept_map.route == ()
    click(window, "bus")
    QTest.mouseClick(window.space_panel.map.walk, LEFT)
    assert "two concepts at least" in window.messages.texts[-1]
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert concept_map.route == ()
    assert not walks


def test_a_double_click_opens_a_render(qtbot: QtBot, window: MainWindow) -> None:
    view = show_map(qtbot, window)
    spot = view.position_of(index_of(window, "owl")).toPoint()
    QTest.mouseClick(view, LEFT, pos=spot)
    QTest.mouseDClick(view, LEFT, pos=spot)
    assert window.lab.space.concept_map.route == ()
    assert window.tabs.currentWidget() is window.canvas
    wait_until_settled(qtbot, window)
    assert str(window.lab.comparison.pair[0].recipe.prompt) == "an owl"


def test_walking_it_leads_to_the_walks(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    show_map(qtbot, window)
    click(window, "cat", "owl")
    page, panel = window.space_panel.map, window.space_panel
    page.frames.setValue(3)
    QTest.mouseClick(page.walk, LEFT)
    assert panel.page is panel.walk
    middle = Between(Prompt("a cat"), Prompt("an owl"), 0.5)
    qtbot.waitUntil(lambda: any(is_of(job, middle) for job in engine.rendered), timeout=PATIENCE_MS)


def is_of(job: RenderJob, point: ConceptExpression) -> bool:
    return any(recipe.prompt == point for recipe in job.recipes)


def test_what_failed_begins_again(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(job: LocateJob) -> Iterator[Event]:
        raise RecipeError("No memory is left. Close other programs.")
        yield

    page = window.space_panel.map
    with monkeypatch.context() as patch:
        patch.setattr(engine, "locate", fail)
        window.actions_["space.show"].trigger()
        window.space_panel.show_page(page)
        qtbot.waitUntil(lambda: "No memory" in page.trouble.text(), timeout=PATIENCE_MS)
    page.source.activated.emit(page.source.currentIndex())
    wait_until_laid_out(qtbot, window)


def test_a_point_that_is_none_is_left_out(qtbot: QtBot, window: MainWindow) -> None:
    show_map(qtbot, window)
    opposite = read_concept('= arc("a cat", -"a cat", 0.5)')
    window.lab.space.names.add("nowhere", opposite)
    qtbot.waitUntil(lambda: bool(window.messages.texts), timeout=PATIENCE_MS)
    assert "“nowhere” is not on the map" in window.messages.texts[-1]
    assert len(window.lab.space.concept_map.layout.entries) == 6


def test_a_list_of_ones_own(qtbot: QtBot, window: MainWindow, walks: list[Walk]) -> None:
    show_map(qtbot, window)
    page = window.space_panel.map
    assert not page.typed.isVisible()
    page.source.setCurrentIndex(page.source.findData(Source.TYPED))
    page.source.activated.emit(page.source.currentIndex())
    assert page.typed.isVisible()
    assert "one a line" in page.trouble.text()
    page.typed.setPlainText('a red cat\n= nonsense(\n= "king" + "queen"\na mouse\n')
    qtbot.waitUntil(lambda: "Line 2" in page.trouble.text(), timeout=PATIENCE_MS)
    page.typed.setPlainText('a red cat\n\n= "king" + "queen"\na mouse\n= random(3)\n')
    wait_until_laid_out(qtbot, window)
    assert [entry.text for entry in window.lab.space.concept_map.layout.entries] == [
        "a red cat",
        '"king" + "queen"',
        "a mouse",
        "random(3)",
    ]
    click(window, "a red cat", "random(3)")
    QTest.mouseClick(page.walk, LEFT)
    assert walks[0].points[-1] == RandomPoint(3)


def test_named_points_come_along(qtbot: QtBot, window: MainWindow) -> None:
    show_map(qtbot, window)
    concept_map = window.lab.space.concept_map
    click(window, "cat", "owl")
    window.lab.space.names.add("somewhere", RandomPoint(5))
    qtbot.waitUntil(lambda: len(concept_map.layout.entries) == 7, timeout=PATIENCE_MS)
    assert concept_map.layout.entries[-1].is_named
    assert window.space_panel.map.count.text() == "6 concepts · 1 named"
    assert [concept_map.layout.entries[index].text for index in concept_map.route] == ["cat", "owl"]


def test_dragging_pans_and_the_wheel_zooms(qtbot: QtBot, window: MainWindow) -> None:
    view = show_map(qtbot, window)
    before = view.position_of(0)
    middle = view.rect().center()
    QTest.mousePress(view, LEFT, pos=middle)
    for far in (20, 60):
        QTest.mouseMove(view, middle + QPoint(far, 0))
    QTest.mouseRelease(view, LEFT, pos=middle + QPoint(60, 0))
    assert (view.position_of(0) - before).x() == pytest.approx(60)
    assert window.lab.space.concept_map.route == ()
    spot = view.position_of(0)
    turn(view, spot, 240)
    assert (view.position_of(0) - spot).manhattanLength() == pytest.approx(0, abs=1e-6)
    assert view.camera.scale == pytest.approx(view.camera.fitting * 1.25**2)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert (view.position_of(0) - before).manhattanLength() == pytest.approx(0, abs=1e-6)


def turn(view, spot: QPointF, angle: int) -> None:
    wheel = QWheelEvent(
        spot,
        view.mapToGlobal(spot.toPoint()).toPointF(),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, wheel)


def test_without_words_it_says_what_to_do(qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine) -> None:
    engine.info = replace(engine.info, vocabulary=())
    window = open_window()
    wait_until_settled(qtbot, window)
    window.actions_["space.show"].trigger()
    window.space_panel.show_page(window.space_panel.map)
    assert "list of your own" in window.space_panel.map.trouble.text()


def test_nothing_is_asked_in_another_page(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_["space.show"].trigger()
    qtbot.waitUntil(lambda: window.lab.space.tiles.plane is not None, timeout=PATIENCE_MS)
    assert window.lab.space.concept_map.layout is None


def test_labels_that_would_overlap_are_dropped() -> None:
    points = np.array([[0.0, 0.0], [1.0, 1.0], [0.5, 0.0], [0.2, 0.4], [0.4, 0.2], [300.0, 0.0]])
    boxes = placed(points, [50.0] * 6, 16.0, [5, 4, 0, 1, 2, 3], clear={5: 12.0})
    assert 5 in boxes and 4 in boxes
    assert len(boxes) < 6
    kept = list(boxes.values())
    for place, one in enumerate(kept):
        for other in kept[:place]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_the_axes_are_those_of_the_greatest_variance() -> None:
    random = np.random.default_rng(1)
    points = np.zeros((50, 30), np.float32)
    points[:, 7], points[:, 3] = 10 * random.normal(size=50), 3 * random.normal(size=50)
    projection = project(points)
    centred = points - points.mean(axis=0)
    assert np.abs(projection.places[:, 0]) == pytest.approx(np.abs(centred @ np.eye(30)[7]), abs=1.0)
    assert sum(projection.shares) == pytest.approx(1.0)
    again = project(points)
    assert np.array_equal(again.places, projection.places)
    assert project(np.ones((5, 3), np.float32)).shares == (0.0, 0.0)


@pytest.mark.parametrize(
    ("word", "prompt"),
    [("cat", "a cat"), ("Owl", "an Owl"), ("scissors", "scissors"), ("bus", "a bus"), ("a tree", "a tree")],
)
def test_words_become_prompts(word: str, prompt: str) -> None:
    assert with_article(word) == prompt


def test_the_last_concept_of_the_path_is_pinned(qtbot: QtBot, window: MainWindow) -> None:
    view, board = show_map(qtbot, window), window.lab.pinboard.board
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_P)
    assert NOTHING_POINTED_AT in window.messages.texts
    click(window, "cat", "owl")
    expected = window.lab.space.concept_map.recipe(index_of(window, "owl"))
    QTest.keyClick(view, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: [pin.recipe for pin in board.pins] == [expected], timeout=PATIENCE_MS)


def test_a_concept_is_pinned_from_its_menu(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda menu, place: None)
    view, board = show_map(qtbot, window), window.lab.pinboard.board
    view.customContextMenuRequested.emit(view.position_of(index_of(window, "dog")).toPoint())
    (menu,) = view.findChildren(QMenu)
    (pin,) = menu.actions()
    assert pin.text() == PIN
    pin.trigger()
    expected = window.lab.space.concept_map.recipe(index_of(window, "dog"))
    qtbot.waitUntil(lambda: [pin.recipe for pin in board.pins] == [expected], timeout=PATIENCE_MS)
