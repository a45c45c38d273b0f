"""Points are named, found and used in the whole window, on a fake engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from alienlab.app.space.names_model import PICTURE_ROLE, Column
from alienlab.domain.concepts import Combination, DirectionsTo, Prompt, RandomPoint
from alienlab.ui.main_window import MainWindow
from tests.gui.conftest import PATIENCE_MS, OpenWindow, wait_until_settled

HAT = "all hat, no cat"
CAT = Prompt("a cat in a party hat")


@pytest.fixture
def named(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """A window in whose session the current image has a name."""
    name_current(qtbot, window, HAT, "hats, strange")
    return window


def name_current(qtbot: QtBot, window: MainWindow, name: str, tags: str = "") -> None:
    window.actions_["names.add"].trigger()
    dialog = window.point_commands.name_dialog
    assert dialog is not None and dialog.isVisible()
    QTest.keyClicks(dialog.name, name)
    QTest.keyClicks(dialog.tags, tags)
    with qtbot.waitSignal(window.lab.space.names.changed, timeout=PATIENCE_MS):
        QTest.keyClick(dialog.tags, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def render(qtbot: QtBot, window: MainWindow, prompt: str) -> None:
    window.lab.settings.set_prompt(prompt)
    window.lab.render()
    wait_until_settled(qtbot, window)


def test_an_image_is_named_and_its_name_stands_in_formulas(qtbot: QtBot, named: MainWindow) -> None:
    entry = named.lab.space.names.find(HAT)
    assert entry is not None
    assert (entry.concept, entry.tags) == (CAT, ("hats", "strange"))
    assert entry.computation_id == named.lab.comparison.current_key
    render(qtbot, named, f'= 2 * "{HAT.upper()}" - "a cat"')
    assert named.lab.comparison.pair[0].recipe.prompt == Combination(((CAT, 2.0), (Prompt("a cat"), -1.0)))


def test_the_menu_of_a_render_offers_a_name(qtbot: QtBot, window: MainWindow) -> None:
    record = window.lab.log.records[0]
    menu = window.strip.menu_for(record)
    entry(menu, "Name…").trigger()
    dialog = window.point_commands.name_dialog
    assert dialog is not None
    assert dialog.point.whole_text == str(record.recipe.prompt)
    assert not dialog.name_button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.lab.space.names.entries == ()


def entry(menu: QMenu, text: str):
    return next(action for action in menu.actions() if action.text() == text)


def test_a_taken_name_is_told_while_it_is_written(qtbot: QtBot, named: MainWindow) -> None:
    named.actions_["names.add"].trigger()
    dialog = named.point_commands.name_dialog
    assert dialog is not None
    assert HAT in dialog.note.text()  # the image has a name
    QTest.keyClicks(dialog.name, HAT.title())
    assert "taken" in dialog.note.text()
    dialog.name_button.click()
    assert dialog.isVisible()
    assert len(named.lab.space.names.entries) == 1


def test_the_table_renames_deletes_and_brings_back(qtbot: QtBot, named: MainWindow) -> None:
    names = named.lab.space.names
    names.add("noise", RandomPoint(7))
    named.actions_["names.show"].trigger()
    dialog = named.point_commands.names_dialog
    assert dialog is not None and dialog.isVisible()
    model = dialog.model
    assert model.index(0, Column.POINT).data() == str(CAT)
    assert model.index(1, Column.POINT).data() == "= random(7)"
    qtbot.waitUntil(lambda: model.index(0, 0).data(PICTURE_ROLE) is not None, timeout=PATIENCE_MS)
    dialog.table.selectRow(0)
    dialog.rename.click()
    editor = dialog.table.findChild(QLineEdit)
    assert editor is not None
    editor.setText("hat")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names.find("hat") is not None, timeout=PATIENCE_MS)
    assert names.find(HAT) is None
    assert not model.setData(model.index(0, 0), "NOISE")
    assert "taken" in dialog.note.whole_text
    assert model.setData(model.index(0, Column.TAGS), "one, two,")
    dialog.table.selectRow(0)
    dialog.delete.click()
    assert [point.name for point in names.entries] == ["noise"]
    dialog.undo.click()
    assert [point.name for point in names.entries] == ["noise", "hat"]
    assert names.entries[1].tags == ("one", "two")


def test_a_name_is_used_as_prompt(qtbot: QtBot, named: MainWindow) -> None:
    render(qtbot, named, "a dog")
    named.actions_["names.show"].trigger()
    dialog = named.point_commands.names_dialog
    assert dialog is not None
    dialog.table.selectRow(0)
    dialog.use.click()
    assert named.prompt_bar.prompt.text() == f'= "{HAT}"'
    named.lab.render()
    wait_until_settled(qtbot, named)
    assert named.lab.comparison.pair[0].recipe.prompt == CAT


def test_renders_stay_what_they_are_when_names_come_and_go(qtbot: QtBot, window: MainWindow) -> None:
    names, settings = window.lab.space.names, window.lab.settings
    names.add("rest", RandomPoint(7))
    render(qtbot, window, '= "rest" + "a dog"')
    recipe = window.lab.comparison.pair[0].recipe
    assert recipe.prompt == Combination(((RandomPoint(7), 1.0), (Prompt("a dog"), 1.0)))
    names.remove("rest")
    names.add("a dog", RandomPoint(8))
    settings.restore(recipe)
    info = window.lab.brain.info
    assert info is not None
    assert settings.recipe(info, ()).prompt == recipe.prompt


def test_a_name_given_anew_is_what_the_prompt_means_from_then_on(qtbot: QtBot, window: MainWindow) -> None:
    window.lab.settings.set_prompt('= "rest"')
    with qtbot.waitSignal(window.lab.settings.changed, timeout=PATIENCE_MS):
        window.lab.space.names.add("rest", RandomPoint(7))
    with qtbot.assertNotEmitted(window.lab.settings.changed):
        window.lab.space.names.add("another", RandomPoint(8))


def test_names_stand_in_the_fields_of_the_plane(qtbot: QtBot, window: MainWindow) -> None:
    window.lab.space.names.add("rest", RandomPoint(7))
    choice = window.lab.space.choice
    choice.set_values(replace(choice.values, origin='= "rest"', way=type(choice.values.way).THROUGH, first='= "rest"'))
    choice.set_values(replace(choice.values, first="a cat", second='= "rest" + "a cat"'))
    window.actions_["space.show"].trigger()
    qtbot.waitUntil(lambda: window.lab.space.tiles.plane is not None, timeout=PATIENCE_MS)
    plane = window.lab.space.tiles.plane
    assert plane is not None
    assert plane.origin == RandomPoint(7)
    assert isinstance(plane.directions, DirectionsTo)
    assert plane.directions.second == Combination(((RandomPoint(7), 1.0), (Prompt("a cat"), 1.0)))


def test_the_strip_finds_names_and_tags(qtbot: QtBot, named: MainWindow) -> None:
    render(qtbot, named, "a dog")
    for words in ("hats", "strange"):
        named.strip.filter.setText(words)
        qtbot.waitUntil(lambda: not named.strip.filtered.is_waiting)
        assert [record.computation_id for record in named.strip.records()] == [
            named.lab.space.names.entries[0].computation_id
        ]
    named.lab.space.names.remove(HAT)
    qtbot.waitUntil(lambda: named.strip.records() == ())


def test_names_belong_to_their_session(qtbot: QtBot, named: MainWindow) -> None:
    first = named.lab.session.name
    named.lab.open_session("another")
    assert named.lab.space.names.entries == ()
    named.lab.open_session(first)
    assert [point.name for point in named.lab.space.names.entries] == [HAT]


def test_without_a_session_a_name_is_refused_in_a_sentence(
    qtbot: QtBot, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    wait_until_settled(qtbot, window)
    monkeypatch.setattr(window.lab.session, "_session", None)
    window.actions_["names.add"].trigger()
    dialog = window.point_commands.name_dialog
    assert dialog is not None
    QTest.keyClicks(dialog.name, "hat")
    dialog.name_button.click()
    assert "No session is open" in dialog.note.text()
    monkeypatch.undo()
