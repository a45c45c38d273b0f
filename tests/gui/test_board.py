"""The board of pinned images: pinned from everywhere, moved, named, kept, and looked at."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alienlab.app.comparison import Arrangement
from alienlab.app.pictures import to_qimage
from alienlab.app.session_keeper import DEFAULT_SESSION
from alienlab.domain.board import BoardArrangement
from alienlab.domain.differences import captions
from alienlab.domain.sweeps.sweep import Kind
from alienlab.domain.sweeps.wishes import AxisWish, SweepWish
from alienlab.session.log.labels import Label
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepState
from alienlab.session.paths import AppPaths, session_folder
from alienlab.session.sheets.board_sheet import load_pin
from alienlab.ui.canvas.board.page import image_files
from alienlab.ui.labels.label_editor import LabelDialog
from alienlab.ui.labels.tag_field import TagField
from alienlab.ui.main_window import MainWindow
from tests.fakes.fake_engine import SIDE, FakeEngine, imagined
from tests.fakes.recipes import make_provenance, make_recipe
from tests.gui.conftest import PATIENCE_MS, OpenWindow, wait_until_settled

LEFT = Qt.MouseButton.LeftButton
CAT = "a cat in a party hat"
LESIONS = ("", "conv_in:scale=0.5", "conv_in:zero", "conv_out:zero")


@pytest.fixture
def pinned(qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine, paths: AppPaths) -> MainWindow:
    """With four renders of an earlier day on the board: intact, and three lesions."""
    log_renders(session_folder(DEFAULT_SESSION, paths=paths), engine)
    window = open_window()
    wait_until_settled(qtbot, window, renders=len(LESIONS))
    window.board_commands.pin_records(sorted(window.lab.log.records, key=lambda record: record.number))
    window.actions_["canvas.board"].trigger()
    wait_for_pictures(qtbot, window)
    return window


def log_renders(folder: Path, engine: FakeEngine) -> None:
    brain = hashlib.sha256(b"fake").hexdigest()
    with Session.open(folder) as session:
        for text in LESIONS:
            recipe = make_recipe(CAT, *([text] if text else []), steps=5, guidance=4.0, size=(SIDE, SIDE), brain=brain)
            ids = {"recipe_id": recipe.id(engine.anatomy), "computation_id": recipe.computation_id(engine.anatomy)}
            session.save(recipe, imagined(recipe, engine.anatomy), make_provenance(), **ids)


def wait_for_pictures(qtbot: QtBot, window: MainWindow) -> None:
    pictures, board = window.lab.pinboard.pictures, window.lab.pinboard.board

    def all_there() -> bool:
        return bool(board.pins) and all(pictures.get(pin) is not None for pin in board.pins)

    qtbot.waitUntil(all_there, timeout=PATIENCE_MS)


def numbers(window: MainWindow) -> list[int | None]:
    return [pin.number for pin in window.lab.pinboard.board.pins]


def centre(window: MainWindow, place: int) -> QPoint:
    view = window.board.view
    box = view.places[place].picture
    return QPoint(
        round(box.x + box.width / 2) - view.horizontalScrollBar().value(),
        round(box.y + box.height / 2) - view.verticalScrollBar().value(),
    )


def drag(window: MainWindow, start: QPoint, *ways: QPoint) -> None:
    surface = window.board.view.viewport()
    QTest.mousePress(surface, LEFT, pos=start)
    for way in ways:
        QTest.mouseMove(surface, start + way)
    QTest.mouseRelease(surface, LEFT, pos=start + ways[-1])


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(window: MainWindow, *paths: Path) -> None:
    data = urls(*paths)
    event = QDropEvent(QPointF(20, 60), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    window.board.dropEvent(event)


def test_images_are_pinned_from_the_canvas_by_key_and_stay_there_once(qtbot: QtBot, window: MainWindow) -> None:
    view = window.canvas.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_P)
    intact, altered = window.lab.comparison.pair[0], window.lab.comparison.pair[-1]
    focused = window.lab.comparison[view.focus_key]
    assert [pin.recipe for pin in window.lab.pinboard.board.pins] == [focused.recipe]
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_P)
    QTest.keyClick(view, Qt.Key.Key_P)
    assert {pin.recipe for pin in window.lab.pinboard.board.pins} == {intact.recipe, altered.recipe}
    assert window.actions_["canvas.board"].iconText() == f"Pinned {len({intact.key, altered.key})}"
    window.lab.undo_stack.undo()
    assert len(window.lab.pinboard.board.pins) == 1


def test_a_tool_pins_both_images_that_it_lays_over_each_other(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_["compare.onion"].trigger()
    QTest.keyClick(window.canvas.two_view, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: len(window.lab.pinboard.board.pins) == 2, timeout=PATIENCE_MS)
    pinned = {pin.recipe for pin in window.lab.pinboard.board.pins}
    assert pinned == {tile.recipe for tile in window.lab.comparison.pair}


def test_renders_are_pinned_from_the_menu_of_the_strip(qtbot: QtBot, window: MainWindow) -> None:
    record = window.lab.log.records[0]
    menu = window.render_commands.menu_for([record], window)
    next(action for action in menu.actions() if action.text() == "Pin to the board").trigger()
    assert numbers(window) == [record.number]


def test_a_drag_to_another_place_reorders_and_undo_restores(qtbot: QtBot, pinned: MainWindow) -> None:
    before = numbers(pinned)
    view = pinned.board.view
    start = centre(pinned, 0)
    far = view.places[2].picture
    end = QPoint(round(far.right - 4), round(far.y + far.height / 2))
    drag(pinned, start, (end - start) / 2, end - start)
    assert numbers(pinned) == [before[1], before[2], before[0], *before[3:]]
    pinned.lab.undo_stack.undo()
    assert numbers(pinned) == before


def test_ctrl_and_arrows_reorder_and_delete_unpins(qtbot: QtBot, pinned: MainWindow) -> None:
    view, before = pinned.board.view, numbers(pinned)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert numbers(pinned) == [before[1], before[0], *before[2:]]
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert numbers(pinned) == before
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert numbers(pinned) == before[1:]
    pinned.lab.undo_stack.undo()
    assert numbers(pinned) == before


def test_pins_lie_freely_where_they_are_dragged_in_one_step_of_undo(qtbot: QtBot, pinned: MainWindow) -> None:
    board = pinned.lab.pinboard.board
    pinned.actions_["board.free"].trigger()
    assert board.arrangement is BoardArrangement.FREE
    before = {pin.key: pin.spot for pin in board.pins}
    key = board.pins[0].key
    steps = pinned.lab.undo_stack.count()
    drag(pinned, centre(pinned, 0), QPoint(30, 10), QPoint(61, 35), QPoint(64, 32))
    spot, was = board.pins[0].spot, before[key]
    assert spot is not None and was is not None
    assert (spot.x - was.x, spot.y - was.y) == (64, 32)
    assert spot.z > max(pin.spot.z for pin in board.pins[1:] if pin.spot is not None)
    assert pinned.lab.undo_stack.count() == steps + 1
    pinned.lab.undo_stack.undo()
    assert {pin.key: pin.spot for pin in board.pins} == before
    pinned.lab.undo_stack.undo()
    assert board.arrangement is BoardArrangement.GRID


def test_captions_say_what_differs_and_the_heading_what_does_not(qtbot: QtBot, pinned: MainWindow) -> None:
    recipes = [pin.recipe for pin in pinned.lab.pinboard.board.pins]
    assert list(pinned.board.view.captions) == captions(recipes)
    assert sorted(pinned.board.view.captions) == [
        ("conv_in:scale=0.5",),
        ("conv_in:zero",),
        ("conv_out:zero",),
        ("intact",),
    ]
    assert CAT in pinned.board.common.whole_text


def test_pixels_on_the_board_are_those_of_the_file(qtbot: QtBot, pinned: MainWindow) -> None:
    view, session = pinned.board.view, pinned.lab.session.session
    assert session is not None
    pinned.lab.preferences.change(smooth_images=False)
    seen = view.viewport().grab().toImage()
    for place, pin in zip(view.places, pinned.lab.pinboard.board.pins, strict=True):
        record = session.record(pin.number or 0)
        assert record is not None
        with Pillow.open(record.file) as file:
            kept = to_qimage(np.asarray(file.convert("RGB")))
        scale = place.picture.width / kept.width()
        for x, y in ((0, 0), (9, 20), (31, 31)):
            at = QPoint(int(place.picture.x + (x + 0.5) * scale), int(place.picture.y + (y + 0.5) * scale))
            assert seen.pixelColor(at) == kept.pixelColor(x, y)


def test_files_from_outside_are_pinned_with_what_they_say(qtbot: QtBot, pinned: MainWindow, tmp_path: Path) -> None:
    board, session = pinned.lab.pinboard.board, pinned.lab.session.session
    assert session is not None
    plain = tmp_path / "holiday.png"
    pixels = np.random.default_rng(1).integers(0, 255, (24, 40, 3), dtype=np.uint8)
    Pillow.fromarray(pixels).save(plain)
    own = pinned.lab.log.records[0].file
    before = len(board.pins)
    drop(pinned, plain, own)
    qtbot.waitUntil(lambda: len(board.pins) == before + 2, timeout=PATIENCE_MS)
    outside, stamped = board.pins[-2:]
    assert (outside.recipe.width, outside.recipe.height) == (40, 24)
    assert pinned.board.view.captions[-2][0] == "holiday.png"
    assert stamped.recipe == pinned.lab.log.records[0].recipe
    np.testing.assert_array_equal(load_pin(session)(outside), pixels)
    kept = session.folder / "blobs" / f"{outside.blob}.png"
    with Pillow.open(kept) as image:
        assert not image.info


def huge_png(path: Path) -> Path:
    """A header that promises more than any memory holds."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"x") + chunk(b"IEND", b""))
    return path


def test_damaged_and_huge_files_are_told_of_and_not_pinned(qtbot: QtBot, pinned: MainWindow, tmp_path: Path) -> None:
    said: list[str] = []
    pinned.lab.message.connect(lambda message: said.append(message.text))
    damaged = tmp_path / "damaged.png"
    damaged.write_bytes(pinned.lab.log.records[0].file.read_bytes()[:80])
    before = numbers(pinned)
    drop(pinned, huge_png(tmp_path / "huge.png"))
    qtbot.waitUntil(lambda: len(said) == 1, timeout=PATIENCE_MS)
    drop(pinned, damaged)
    qtbot.waitUntil(lambda: len(said) == 2, timeout=PATIENCE_MS)
    assert "huge.png is too large" in said[0]
    assert "damaged.png" in said[1]
    assert numbers(pinned) == before


def test_the_board_is_there_again_when_the_session_is_opened(
    qtbot: QtBot, pinned: MainWindow, open_window: OpenWindow
) -> None:
    pinned.actions_["board.free"].trigger()
    pinned.lab.pinboard.board.shift([pinned.lab.pinboard.board.pins[1].key], 48, 16)
    state = pinned.lab.pinboard.board.state
    pinned.close()
    again = open_window()
    wait_until_settled(qtbot, again, renders=4)
    assert again.lab.pinboard.board.state == state


def test_a_rubber_band_and_clicks_select_and_two_are_compared(qtbot: QtBot, pinned: MainWindow) -> None:
    view, surface = pinned.board.view, pinned.board.view.viewport()
    keys = pinned.lab.pinboard.board.state.keys
    last = view.places[1]
    end = QPoint(round(last.picture.right - 8), round(last.picture.y + 8))
    drag(pinned, QPoint(2, 2), end / 2, end - QPoint(2, 2))
    assert set(view.selection.keys) == set(keys[:2])
    QTest.mouseClick(surface, LEFT, Qt.KeyboardModifier.ControlModifier, centre(pinned, 0))
    assert view.selection.keys == (keys[1],)
    QTest.mouseClick(surface, LEFT, pos=centre(pinned, 1))
    QTest.mouseClick(surface, LEFT, Qt.KeyboardModifier.ShiftModifier, centre(pinned, 3))
    assert view.selection.keys == keys[1:4]
    QTest.mouseClick(surface, LEFT, pos=centre(pinned, 2))
    QTest.mouseClick(surface, LEFT, Qt.KeyboardModifier.ControlModifier, centre(pinned, 0))
    marked = pinned.lab.two_images.marked
    assert [tile.recipe for tile in marked] == [pinned.lab.pinboard.board.pins[place].recipe for place in (2, 0)]


def test_stars_and_names_are_given_on_the_board(qtbot: QtBot, pinned: MainWindow) -> None:
    view, labels = pinned.board.view, pinned.lab.labels
    number = pinned.lab.pinboard.board.pins[0].number
    assert number is not None
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_S)
    assert labels.of(number).star
    QTest.keyClick(view, Qt.Key.Key_F2)
    dialog = pinned.board_commands.label_dialog
    assert dialog is not None
    QTest.keyClicks(dialog.editor.name, "before it all")
    QTest.keyClicks(dialog.editor.tags, "hats, strange")
    QTest.mouseClick(dialog.keep_button, LEFT)
    label = labels.of(number)
    assert (label.name, label.tags, label.star) == ("before it all", ("hats", "strange"), True)
    pinned.lab.undo_stack.undo()
    assert labels.of(number).name == ""


def test_enter_opens_a_pin_beside_its_intact_image(qtbot: QtBot, pinned: MainWindow) -> None:
    view, board = pinned.board.view, pinned.lab.pinboard.board
    place = next(place for place, pin in enumerate(board.pins) if pin.recipe.lesions)
    QTest.mouseClick(view.viewport(), LEFT, pos=centre(pinned, place))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert pinned.lab.comparison.arrangement is Arrangement.PAIR
    assert [tile.recipe for tile in pinned.lab.comparison.pair] == [
        board.pins[place].recipe.intact,
        board.pins[place].recipe,
    ]


def test_flagged_pins_are_veiled_until_they_are_clicked(qtbot: QtBot, open_window: OpenWindow, engine) -> None:
    engine.flags = True
    window = open_window()
    window.lab.preferences.change(blur_flagged=True)
    window.lab.render()
    qtbot.waitUntil(
        lambda: any("flagged" in str(record.provenance.notes) for record in window.lab.log.records), timeout=PATIENCE_MS
    )
    wait_until_settled(qtbot, window)
    record = next(record for record in window.lab.log.records if "flagged" in str(record.provenance.notes))
    window.board_commands.pin_records([record])
    window.actions_["canvas.board"].trigger()
    wait_for_pictures(qtbot, window)
    view, pin = window.board.view, window.lab.pinboard.board.pins[0]
    assert view.is_veiled(pin)
    QTest.mouseClick(view.viewport(), LEFT, pos=centre(window, 0))
    assert not view.is_veiled(pin)


def test_a_result_of_a_sweep_is_pinned_from_the_wall(qtbot: QtBot, window: MainWindow) -> None:
    window.lab.lesions.clear()
    base, anatomy = window.lab.sweep_display.base(), window.lab.brain.anatomy
    assert base is not None and anatomy is not None
    wish = SweepWish(AxisWish(kind=Kind.KNOCKOUT, pattern="mid_block.resnets.0.conv*"))
    window.lab.sweeps.start(wish.to_sweep(base, anatomy))
    qtbot.waitUntil(lambda: window.lab.sweeps.state is SweepState.DONE, timeout=PATIENCE_MS)
    window.lab.archive.finish()
    wall, results = window.sweep_panel.results.wall, window.lab.sweeps.results()
    qtbot.waitUntil(lambda: len(wall.results) == len(results), timeout=PATIENCE_MS)
    wall.setFocus()
    QTest.keyClick(wall, Qt.Key.Key_End)
    QTest.keyClick(wall, Qt.Key.Key_P)
    assert [pin.recipe for pin in window.lab.pinboard.board.pins] == [results[-1].trial.recipe]


def test_what_a_sweep_is_still_to_render_is_pinned_then_and_rendered_once(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    window.lab.lesions.clear()
    base, anatomy = window.lab.sweep_display.base(), window.lab.brain.anatomy
    assert base is not None and anatomy is not None
    engine.gate.clear()
    wish = SweepWish(AxisWish(kind=Kind.KNOCKOUT, pattern="mid_block.resnets.0.conv*"))
    window.lab.sweeps.start(wish.to_sweep(base, anatomy))
    last = window.lab.sweeps.results()[-1]
    window.lab.pinboard.pin_recipe(last.trial.recipe)
    assert not window.lab.pinboard.board.pins
    engine.gate.set()
    qtbot.waitUntil(lambda: len(window.lab.pinboard.board.pins) == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.lab.sweeps.state is SweepState.DONE, timeout=PATIENCE_MS)
    window.lab.archive.finish()
    assert [record.computation_id for record in window.lab.log.records].count(last.key) == 1


def test_a_tile_of_the_plane_is_rendered_for_the_log_and_pinned(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_["space.show"].trigger()
    plane, view = window.lab.space.tiles, window.space_panel.plane.view
    qtbot.waitUntil(lambda: plane.plane is not None and plane.progress.tiles > 0, timeout=PATIENCE_MS)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_P)
    board = window.lab.pinboard.board
    qtbot.waitUntil(lambda: len(board.pins) == 1, timeout=PATIENCE_MS)
    assert plane.plane is not None
    assert board.pins[0].recipe == plane.plane.recipe(view.address_at(QPointF(view.rect().center())))
    assert board.pins[0].number in [record.number for record in window.lab.log.records]


def test_files_are_dropped_on_the_board_and_other_things_are_left_to_the_window(
    qtbot: QtBot, pinned: MainWindow, tmp_path: Path
) -> None:
    assert image_files(urls(tmp_path / "a.PNG", tmp_path / "b.jpeg")) == (tmp_path / "a.PNG", tmp_path / "b.jpeg")
    assert image_files(urls(tmp_path / "session.zip")) == ()
    for path, accepted in ((tmp_path / "a.png", True), (tmp_path / "session.zip", False)):
        data = urls(path)
        event = QDragEnterEvent(QPoint(20, 60), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        pinned.board.dragEnterEvent(event)
        assert event.isAccepted() is accepted
        assert pinned.board.hint.isVisible() is accepted
        pinned.board.dragLeaveEvent(QDragLeaveEvent())


def test_labels_of_several_keep_what_is_not_changed(qtbot: QtBot, pinned: MainWindow) -> None:
    labels, (one, other, *_) = pinned.lab.labels, numbers(pinned)
    assert one is not None and other is not None
    labels.set([one], name="one", tags=("hats", "red"), notes="first")
    labels.set([other], name="other", tags=("hats",), star=True)
    dialog = LabelDialog(labels, [one, other], pinned)
    qtbot.addWidget(dialog)
    assert dialog.editor.tags.tags == ("hats",)
    assert dialog.editor.star.checkState() is Qt.CheckState.PartiallyChecked
    dialog.editor.tags.set_tags(["strange"])
    dialog.accept()
    assert labels.of(one) == Label(name="one", tags=("red", "strange"), notes="first")
    assert labels.of(other) == Label(name="other", tags=("strange",), star=True)
    pinned.lab.undo_stack.undo()
    assert labels.of(one).tags == ("hats", "red")


def test_ctrl_enter_keeps_labels_from_within_the_notes(qtbot: QtBot, pinned: MainWindow) -> None:
    one = numbers(pinned)[0]
    assert one is not None
    dialog = LabelDialog(pinned.lab.labels, [one], pinned)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.editor.notes.setFocus()
    QTest.keyClicks(dialog.editor.notes, "strange")
    QTest.keyClick(dialog.editor.notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    assert pinned.lab.labels.of(one).notes == "strange"


def test_a_tag_that_is_in_use_is_offered_behind_a_comma(qtbot: QtBot, pinned: MainWindow) -> None:
    labels, number = pinned.lab.labels, numbers(pinned)[0]
    assert number is not None
    labels.set([number], tags=("strange",))
    field = TagField()
    qtbot.addWidget(field)
    field.set_known(labels.tags())
    field.setText("hats, str")
    completer = field.completer()
    assert completer is not None
    assert completer.splitPath("hats, str") == ["str"]
    completer.setCompletionPrefix("str")
    assert completer.completionCount() == 1
    assert completer.pathFromIndex(completer.completionModel().index(0, 0)) == "hats, strange"


def test_zoom_and_pan_are_the_same_for_all_pins_and_captions_still_move_them(qtbot: QtBot, pinned: MainWindow) -> None:
    view, before = pinned.board.view, numbers(pinned)
    pinned.actions_["canvas.zoom_in"].trigger()
    zoomed = pinned.canvas.shared.viewpoint
    assert zoomed.zoom > 1
    drag(pinned, centre(pinned, 0), QPoint(6, 0), QPoint(12, 8))
    assert pinned.canvas.shared.viewpoint.x < zoomed.x
    assert numbers(pinned) == before
    caption, next_one = view.places[0].caption, view.places[1].caption
    start = QPoint(round(caption.x + 10), round(caption.y + 12))
    drag(pinned, start, QPoint(9, 0), QPoint(round(next_one.right - 2), start.y()) - start)
    assert numbers(pinned) == [before[1], before[0], *before[2:]]


def test_an_image_that_is_in_no_log_is_kept_for_the_board(qtbot: QtBot, pinned: MainWindow) -> None:
    board, session = pinned.lab.pinboard.board, pinned.lab.session.session
    assert session is not None
    pixels = np.random.default_rng(3).integers(0, 255, (32, 32, 3), dtype=np.uint8)
    tile = replace(pinned.lab.comparison.pair[0], key="c" * 64, image=pixels, provenance=None)
    pinned.lab.pinboard.pin_tile(tile)
    qtbot.waitUntil(lambda: len(board.pins) == 5, timeout=PATIENCE_MS)
    assert (board.pins[-1].recipe, board.pins[-1].computation_id) == (tile.recipe, "c" * 64)
    np.testing.assert_array_equal(load_pin(session)(board.pins[-1]), pixels)
