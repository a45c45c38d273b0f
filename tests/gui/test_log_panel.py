"""The page of the session log in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from alienlab.ui.log.dragging import SIDE, drag_of
from alienlab.ui.log.gallery import SIDES
from alienlab.ui.log.log_bar import Shape
from alienlab.ui.log.log_panel import LogPanel
from alienlab.ui.log.render_commands import KEEP
from alienlab.ui.main_window import MainWindow
from tests.fakes.sessions import make_session
from tests.gui.conftest import PATIENCE_MS, Answers, OpenWindow, wait_until_settled

COUNT = 120


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "many"
    make_session(folder, COUNT, measured=True)
    return folder


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, made: Path, tmp_path: Path) -> MainWindow:
    """With the page of the log in front, on a session of 120 renders: the newest 20 of “a dog in a party hat”."""
    folder = tmp_path / "many"
    (folder / "images").mkdir(parents=True)
    for file in (*made.glob("*.sqlite*"), *made.glob("images/*.png")):
        (folder / file.relative_to(made)).write_bytes(file.read_bytes())
    opened = open_window(session=str(folder))
    qtbot.waitUntil(lambda: opened.lab.brain.info is not None, timeout=PATIENCE_MS)
    opened.actions_["log.show"].trigger()
    assert opened.tabs.currentWidget() is opened.log_panel
    return opened


@pytest.fixture
def panel(window: MainWindow) -> LogPanel:
    return window.log_panel


def filtered(qtbot: QtBot, panel: LogPanel, text: str) -> list[int]:
    """Write a filter as a user does, and wait for its answer."""
    panel.filter.field.setText(text)
    qtbot.waitUntil(lambda: not panel.filter._pause.isActive() and not panel.rows.is_waiting)
    return list(panel.rows.numbers)


def chosen(panel: LogPanel) -> list[int]:
    return [record.number for record in panel.selected()]


def act(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def cell(panel: LogPanel, number: int) -> QPoint:
    row = panel.rows.row_of(number)
    assert row is not None
    return panel.view.visualRect(panel.rows.index(row, 0)).center()


def test_the_page_shows_the_newest_first_and_counts(panel: LogPanel) -> None:
    assert panel.bar.count.whole_text == f"{COUNT} renders"
    assert panel.rows.number(0) == COUNT
    first, second = (panel.gallery.visualRect(panel.rows.index(row, 0)) for row in (0, 1))
    assert first.top() == second.top()
    assert first.right() < second.left()


def test_a_filter_counts_what_it_lets_through_and_says_quietly_what_is_wrong(
    qtbot: QtBot, window: MainWindow, panel: LogPanel
) -> None:
    said = window.messages.texts
    assert len(filtered(qtbot, panel, "dog verdict:noise")) == 5
    assert panel.bar.count.whole_text == f"5 of {COUNT} renders"
    assert len(filtered(qtbot, panel, "dog verdict:loud")) == 5
    assert "“loud” is not a verdict" in panel.filter.problem.text()
    assert panel.filter.problem.isVisible()
    assert window.messages.texts == said
    assert filtered(qtbot, panel, "zebra") == []
    assert panel.nothing.isVisible()
    assert not panel.filter.problem.isVisible()
    assert len(filtered(qtbot, panel, "")) == COUNT
    assert len(window.strip.filtered.numbers) == COUNT, "the strip has a filter of its own"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_filter_is_completed(qtbot: QtBot, window: MainWindow, panel: LogPanel) -> None:
    window.lab.labels.set([3], tags=["very good"])
    field = panel.filter.field
    QTest.keyClick(panel.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "dog ta")
    assert field._offered.stringList() == ["tag:"]
    field.suggestions.activated.emit("tag:")
    assert field.text() == "dog tag:"
    assert field._offered.stringList() == ['tag:"very good"']
    field.suggestions.activated.emit('tag:"very good"')
    assert field.text() == 'dog tag:"very good" '
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_tab_takes_what_is_offered(qtbot: QtBot, panel: LogPanel) -> None:
    """With the keys going to the list of what is offered, as they do from a keyboard."""
    field = panel.filter.field
    field.setFocus()
    QTest.keyClicks(field, "ver")
    popup = field.suggestions.popup()
    assert popup is not None and popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Tab)
    assert field.text() == "verdict:"
    QTest.keyClicks(field, "no")
    QTest.keyClick(popup, Qt.Key.Key_Tab)
    assert field.text() == "verdict:noise "
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)


def test_a_click_on_its_tab_gives_the_page_the_keyboard(qtbot: QtBot, window: MainWindow, panel: LogPanel) -> None:
    window.tabs.setCurrentIndex(0)
    window.prompt_bar.setFocus()
    bar = window.tabs.tabBar()
    place = window.tabs.indexOf(window.log_panel)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
    qtbot.waitUntil(panel.view.hasFocus, timeout=PATIENCE_MS)
    QTest.keyClick(panel.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert panel.filter.field.hasFocus()


def test_the_menu_writes_the_words(qtbot: QtBot, panel: LogPanel) -> None:
    def choose(*path: str) -> None:
        menu = panel.filter_menu.filled()
        for title in path[:-1]:
            menu = next(action for action in menu.actions() if action.text() == title).menu()
        act(menu, path[-1])

    choose("Verdict", "noise")
    assert panel.filter.text == "verdict:noise"
    choose("Operation", "zero")
    assert panel.filter.text == "op:zero verdict:noise"
    qtbot.waitUntil(lambda: len(panel.rows.numbers) == 5)
    choose("Verdict", "noise")
    assert panel.filter.text == "op:zero"
    choose("Starred")
    choose("In the bin")
    assert panel.filter.text == "op:zero is:starred in:bin"
    choose("Show everything")
    assert panel.filter.text == ""


def test_enter_restores_and_arrows_move(qtbot: QtBot, window: MainWindow, panel: LogPanel) -> None:
    panel.go_to(COUNT)
    QTest.keyClick(panel.gallery, Qt.Key.Key_Right)
    assert chosen(panel) == [COUNT - 1]
    columns = panel.gallery._layout.columns
    QTest.keyClick(panel.gallery, Qt.Key.Key_Down)
    assert chosen(panel) == [COUNT - 1 - columns]
    QTest.keyClick(panel.gallery, Qt.Key.Key_End)
    assert chosen(panel) == [1]
    assert panel.gallery.viewport().rect().contains(cell(panel, 1))
    QTest.keyClick(panel.gallery, Qt.Key.Key_PageUp)
    assert chosen(panel)[0] > columns
    panel.go_to(101)
    QTest.keyClick(panel.gallery, Qt.Key.Key_Return)
    assert window.prompt_bar.prompt.text() == "a dog in a party hat"
    assert window.lab.comparison.current_key == window.lab.log.records_of([101])[0].computation_id


@pytest.mark.parametrize("shape", Shape)
def test_stars_and_the_bin_are_undone(qtbot: QtBot, window: MainWindow, panel: LogPanel, shape: Shape) -> None:
    lab = window.lab
    panel.set_shape(shape)
    panel.go_to(118)
    QTest.keyClick(panel.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    numbers = chosen(panel)
    assert len(numbers) > 1
    QTest.keyClick(panel.view, Qt.Key.Key_S)
    assert {lab.labels.of(number).star for number in numbers} == {True}
    QTest.keyClick(panel.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not set(numbers) & set(panel.rows.numbers))
    assert not set(numbers) & set(window.strip.filtered.numbers)
    assert "Undo brings them back" in window.messages.texts[-1]
    lab.undo_stack.undo()
    qtbot.waitUntil(lambda: len(panel.rows.numbers) == COUNT)
    lab.undo_stack.undo()
    assert {lab.labels.of(number).star for number in numbers} == {False}


def test_the_bin_is_looked_at_put_back_and_emptied_after_one_question(
    qtbot: QtBot, window: MainWindow, panel: LogPanel, answers: Answers
) -> None:
    window.lab.bin.discard([5, 6, 7])
    qtbot.waitUntil(lambda: len(panel.rows.numbers) == COUNT - 3)
    assert filtered(qtbot, panel, "in:bin") == [7, 6, 5]
    assert panel.bar.count.whole_text == "3 renders in the bin"
    panel.go_to(6)
    assert panel.details.take_back.isVisible()
    QTest.keyClick(panel.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: list(panel.rows.numbers) == [7, 5])
    answers.choices = [KEEP]
    QTest.mouseClick(panel.empty_bin, Qt.MouseButton.LeftButton)
    assert "2 renders will be deleted for good" in answers.asked[-1]
    assert "cannot be undone" in answers.asked[-1]
    assert list(panel.rows.numbers) == [7, 5]
    QTest.mouseClick(panel.empty_bin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: list(panel.rows.numbers) == [], timeout=PATIENCE_MS)
    assert not panel.empty_bin.isEnabled()
    assert len(filtered(qtbot, panel, "")) == COUNT - 2
    assert not panel.empty_bin.isVisible()


def test_details_tell_everything(qtbot: QtBot, window: MainWindow, panel: LogPanel) -> None:
    window.resize(1440, 900)
    panel.go_to(104)
    details, record = panel.details, window.lab.log.records_of([104])[0]
    assert details.verdict.text().startswith("Noise · ")
    assert details.prompt.text == "a dog in a party hat"
    assert details.lesions.text == str(record.recipe.lesions[0])
    for told in ("Seed: 1", "Steps: 20", "Size: 16 × 16 px"):
        assert told in details.recipe.text
    for told in ("Number: 104", "Took: 1.25 s", record.recipe.brain, "A processor", "Batch class: 1", "torch 2.13.0"):
        assert told in details.made.text
    QTest.mouseClick(details.command.button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("alienlab render 'a dog in a party hat' --seed 1")
    qtbot.waitUntil(lambda: not details.picture.pixmap().isNull())
    side = details.picture.pixmap().width()
    shown = np.array(
        [
            details.picture.pixmap().toImage().pixelColor(side * at // 16 + side // 32, side // 32).red()
            for at in range(16)
        ]
    )
    assert np.abs(shown - window.lab.session.session.load_image(record)[0, :, 0].astype(int)).mean() < 24


@pytest.mark.parametrize("part", ["prompt", "lesions", "seed"])
def test_parts_are_restored_alone(window: MainWindow, panel: LogPanel, part: str) -> None:
    lab = window.lab
    lab.settings.set_prompt("something else")
    lab.lesions.replace_all(())
    seed = lab.settings.values.seed
    panel.go_to(20)
    QTest.mouseClick(panel.details.restore.buttons[part], Qt.MouseButton.LeftButton)
    record = lab.log.records_of([20])[0]
    assert (lab.settings.values.prompt == str(record.recipe.prompt)) == (part == "prompt")
    assert (lab.lesions.active == record.recipe.lesions) == (part == "lesions")
    assert record.recipe.seed != seed
    assert (lab.settings.values.seed == record.recipe.seed) == (part == "seed")


def test_what_is_written_in_the_details_is_kept(qtbot: QtBot, window: MainWindow, panel: LogPanel) -> None:
    panel.go_to(30)
    editor = panel.details.editor
    editor.name.setText("all hat")
    editor.notes.setPlainText("no cat")
    panel.go_to(31)
    assert (window.lab.labels.of(30).name, window.lab.labels.of(30).notes) == ("all hat", "no cat")
    assert window.lab.labels.of(31).name == ""
    panel.go_to(30)
    assert panel.details.heading.text() == "all hat"
    editor.tags.setText("hats, good")
    editor.edited.emit()
    filtered(qtbot, panel, "tag:hats")
    qtbot.waitUntil(lambda: list(panel.rows.numbers) == [30])


def test_what_is_being_written_is_kept_when_another_session_is_opened(
    window: MainWindow, panel: LogPanel, tmp_path: Path
) -> None:
    first = window.lab.session.session.folder
    panel.go_to(30)
    panel.details.editor.name.setText("all hat")
    window.lab.open_session(str(tmp_path / "another"))
    assert window.messages.texts == ()
    window.lab.open_session(str(first))
    assert window.lab.labels.of(30).name == "all hat"


def test_details_say_where_they_do_not_tell_of_all(
    window: MainWindow, panel: LogPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel.gallery.selectAll()
    assert panel.details.heading.text() == f"{COUNT} renders"
    monkeypatch.setattr("alienlab.ui.log.log_panel.MOST_TOLD", 50)
    panel.gallery.clearSelection()
    panel.gallery.selectAll()
    assert panel.details.heading.text() == f"The first 50 of {COUNT} renders"
    assert len(panel.details.records) == 50


def test_the_picture_stays_while_renders_come(qtbot: QtBot, window: MainWindow, panel: LogPanel) -> None:
    panel.go_to(30)
    qtbot.waitUntil(lambda: not panel.details.picture.pixmap().isNull())
    shown = panel.details.picture.pixmap().cacheKey()
    window.lab.log.numbers_changed.emit()
    window.lab.labels.set([30], star=True)
    assert panel.details.picture.pixmap().cacheKey() == shown


def test_the_menu_is_that_of_the_strip(window: MainWindow, panel: LogPanel) -> None:
    panel.go_to(9)
    record = panel.selected()[0]
    mine, strips = panel.menu_of_selection(), window.strip.menu_for(record)
    assert [action.text() for action in mine.actions()] == [action.text() for action in strips.actions()]
    act(mine, "Pin to the board")
    assert len(window.lab.pinboard.board.pins) == 1
    act(mine, "Give a star")
    assert window.lab.labels.of(9).star
    act(panel.menu_of_selection(), "Take the star away")
    assert not window.lab.labels.of(9).star
    panel.gallery.selectAll()
    several = panel.menu_of_selection()
    assert not next(action for action in several.actions() if action.text() == "Restore everything").isEnabled()


def test_list_and_gallery_share_what_is_selected(panel: LogPanel) -> None:
    panel.go_to(60)
    panel.set_shape(Shape.LIST)
    assert panel.table.isVisible()
    assert chosen(panel) == [60]
    assert panel.table.viewport().rect().intersects(panel.table.visualRect(panel.table.currentIndex()))
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    panel.set_shape(Shape.GALLERY)
    assert chosen(panel) == [59]


def test_a_click_on_a_heading_orders_the_list(qtbot: QtBot, panel: LogPanel) -> None:
    panel.set_shape(Shape.LIST)
    header = panel.table.horizontalHeader()
    header.sectionClicked.emit(10)
    qtbot.waitUntil(lambda: list(panel.rows.numbers) == list(range(1, COUNT + 1)))
    assert not panel.bar.order.isChecked()
    header.sectionClicked.emit(4)
    qtbot.waitUntil(lambda: panel.rows.number(0) == COUNT)
    header.sectionClicked.emit(4)
    qtbot.waitUntil(lambda: panel.rows.number(0) == 100)


def test_groups_fold_by_mouse_and_keyboard(qtbot: QtBot, panel: LogPanel) -> None:
    QTest.mouseClick(panel.bar.groups, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.rows.groups != ())
    assert panel.rows.rowCount() == COUNT + 1
    heading = panel.gallery.visualRect(panel.rows.index(0, 0))
    QTest.mouseClick(panel.gallery.viewport(), Qt.MouseButton.LeftButton, pos=heading.center())
    assert panel.rows.rowCount() == 1
    assert panel.bar.count.whole_text == f"{COUNT} renders"
    panel.gallery.setCurrentIndex(panel.rows.index(0, 0))
    QTest.keyClick(panel.gallery, Qt.Key.Key_Return)
    assert panel.rows.rowCount() == COUNT + 1
    panel.set_shape(Shape.LIST)
    assert panel.table.columnSpan(0, 0) == panel.rows.columnCount()
    QTest.mouseClick(
        panel.table.viewport(), Qt.MouseButton.LeftButton, pos=panel.table.visualRect(panel.rows.index(0, 0)).center()
    )
    assert panel.rows.rowCount() == 1


def test_another_session_begins_with_nothing_chosen(
    qtbot: QtBot, window: MainWindow, panel: LogPanel, tmp_path: Path
) -> None:
    panel.go_to(2)
    make_session(tmp_path / "other", 3, measured=False)
    window.lab.open_session(str(tmp_path / "other"))
    qtbot.waitUntil(lambda: len(panel.rows.numbers) == 3, timeout=PATIENCE_MS)
    assert chosen(panel) == []


def test_without_room_for_details_their_button_says_so(window: MainWindow, panel: LogPanel) -> None:
    assert panel.details.isVisible() and panel.bar.details.isEnabled()
    panel.setFixedWidth(400)
    assert not panel.details.isVisible() and not panel.bar.details.isEnabled()
    assert "wider" in panel.bar.details.toolTip()


def test_what_is_dragged_is_seen_and_is_files(qtbot: QtBot, window: MainWindow, panel: LogPanel) -> None:
    panel.go_to(40)
    panel.gallery.selectionModel().select(panel.rows.index(0, 0), QItemSelectionModel.SelectionFlag.Select)
    indexes = panel.gallery.selectedIndexes()
    qtbot.waitUntil(lambda: all(index.data(Qt.ItemDataRole.DecorationRole) is not None for index in indexes))
    drag = drag_of(panel.gallery, panel.rows, indexes, window.appearance.theme)
    assert drag is not None
    assert {url.toLocalFile() for url in drag.mimeData().urls()} == {str(one.file) for one in panel.selected()}
    assert max(drag.pixmap().width(), drag.pixmap().height()) == SIDE * drag.pixmap().devicePixelRatio()
    assert drag_of(panel.gallery, panel.rows, [], window.appearance.theme) is None


def test_the_neighbour_of_a_render_laid_into_the_bin_is_chosen(qtbot: QtBot, panel: LogPanel) -> None:
    """So that one after another is laid into it."""
    panel.go_to(40)
    for left in (COUNT - 1, COUNT - 2):
        QTest.keyClick(panel.view, Qt.Key.Key_Delete)
        qtbot.waitUntil(lambda left=left: len(panel.rows.numbers) == left, timeout=PATIENCE_MS)
        assert len(chosen(panel)) == 1
    assert 40 not in panel.rows.numbers


@pytest.mark.parametrize("shape", Shape)
def test_what_is_chosen_stays_so_in_groups_and_in_another_order(qtbot: QtBot, panel: LogPanel, shape: Shape) -> None:
    panel.set_shape(shape)
    panel.go_to(40)
    for button in (panel.bar.groups, panel.bar.order, panel.bar.groups, panel.bar.order):
        with qtbot.waitSignal(panel.rows.arranged, timeout=PATIENCE_MS):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert chosen(panel) == [40]
        index = panel.rows.index(panel.rows.row_of(40), 0)
        assert panel.view.viewport().rect().intersects(panel.view.visualRect(index))


def test_pictures_grow_with_buttons_and_the_gallery_keeps_its_place(panel: LogPanel) -> None:
    panel.go_to(40)
    for side in SIDES:
        QTest.mouseClick(panel.bar.sizes[side], Qt.MouseButton.LeftButton)
        assert panel.gallery.side == side
        assert panel.gallery.viewport().rect().intersects(QRect(cell(panel, 40), cell(panel, 40)))
    panel.gallery.side_wanted.emit(-1)
    assert panel.gallery.side == SIDES[1]


def test_several_are_selected_with_the_mouse(panel: LogPanel) -> None:
    ground = panel.gallery.viewport()
    QTest.mouseClick(ground, Qt.MouseButton.LeftButton, pos=cell(panel, COUNT))
    QTest.mouseClick(ground, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, cell(panel, COUNT - 3))
    assert sorted(chosen(panel)) == [COUNT - 3, COUNT - 2, COUNT - 1, COUNT]
    QTest.mouseClick(ground, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, cell(panel, COUNT - 1))
    assert sorted(chosen(panel)) == [COUNT - 3, COUNT - 2, COUNT]
    assert panel.details.heading.text() == "3 renders"


def test_a_render_that_is_made_meanwhile_appears_and_what_was_chosen_stays(
    qtbot: QtBot, window: MainWindow, panel: LogPanel
) -> None:
    panel.go_to(50)
    window.lab.settings.set_prompt("something new")
    window.lab.lesions.replace_all(())
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_until_settled(qtbot, window, renders=COUNT + 1)
    qtbot.waitUntil(lambda: len(panel.rows.numbers) == COUNT + 1)
    assert chosen(panel) == [50]


def test_images_are_saved_and_copied(
    qtbot: QtBot, window: MainWindow, panel: LogPanel, answers: Answers, tmp_path: Path
) -> None:
    panel.go_to(3)
    answers.file_answer = tmp_path / "mine.png"
    press: Callable[[str], None] = lambda name: QTest.mouseClick(  # noqa: E731
        next(one for one in panel.details.findChildren(QToolButton) if one.accessibleName() == name),
        Qt.MouseButton.LeftButton,
    )
    press("Save image as…")
    qtbot.waitUntil(lambda: any("mine.png" in text for text in window.messages.texts))
    with Image.open(tmp_path / "mine.png") as saved:
        assert saved.size == (16, 16)
    press("Copy image")
    assert QGuiApplication.clipboard().image().width() == 16


def test_every_control_has_a_name_a_tip_and_the_keyboard(panel: LogPanel) -> None:
    for button in panel.findChildren(QToolButton):
        if button.isVisible() and button.objectName() == "" and button.parent() is not panel.filter.field:
            assert button.accessibleName(), button.toolTip()
            assert button.toolTip()
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_letters_do_not_search_all_records(window: MainWindow, panel: LogPanel, monkeypatch) -> None:
    monkeypatch.setattr(panel.rows, "match", lambda *_: pytest.fail("Qt searches every row"))
    panel.view.keyboardSearch("x")
    panel.set_shape(Shape.LIST)
    QTest.keyClick(panel.table, Qt.Key.Key_X)
    QTest.keyClick(window.strip.list, Qt.Key.Key_X)
