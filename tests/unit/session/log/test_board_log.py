"""What a session keeps of its board, and of images from outside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from alienlab.domain.board import BoardArrangement, BoardState, Pin
from alienlab.domain.differences import captions, common
from alienlab.domain.errors import ImageError, SessionError
from alienlab.domain.outside import OutsideRecipe
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.session.log.board_log import BoardLog
from alienlab.session.log.records import RenderRecord
from alienlab.session.log.store import Session
from alienlab.session.outside.kept_images import OutsideImages, read_outside
from alienlab.session.sheets.board_sheet import board_sheet, in_reading_order, load_pin
from tests.fakes.recipes import make_image

Save = Callable[..., RenderRecord]


def pin_of(record: RenderRecord) -> Pin:
    return Pin(recipe=record.recipe, number=record.number, computation_id=record.computation_id)


def pin_outside(session: Session, image: np.ndarray, name: str = "photo.png") -> Pin:
    height, width = image.shape[:2]
    return Pin(recipe=OutsideRecipe(name=name, width=width, height=height), blob=OutsideImages(session).keep(image))


def test_a_board_is_there_again_after_reopening(session: Session, folder: Path, save: Save) -> None:
    pins = [pin_of(save(session)), pin_outside(session, make_image(3))]
    state = BoardState().with_pins(pins).arranged(BoardArrangement.FREE)
    BoardLog(session).keep(state.arranged(BoardArrangement.ROW))
    BoardLog(session).keep(state)
    session.close()
    with Session.open(folder) as again:
        assert BoardLog(again).state() == state
        np.testing.assert_array_equal(load_pin(again)(state.pins[1]), make_image(3))


def test_a_session_without_a_board_has_an_empty_one(session: Session) -> None:
    assert BoardLog(session).state() == BoardState()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', "[" * 100_000, "\x00"])
def test_a_board_that_cannot_be_understood_is_an_empty_one(session: Session, text: str) -> None:
    session.write("INSERT INTO boards (name, created, board) VALUES ('board', 0, ?)", [(text,)])
    assert BoardLog(session).state() == BoardState()


def test_images_are_kept_by_what_they_hold_and_without_what_came_with_them(session: Session, tmp_path: Path) -> None:
    pixels, info = make_image(5), PngInfo()
    info.add_text("Secret", "where I live")
    Pillow.fromarray(pixels).save(tmp_path / "a.png", pnginfo=info)
    outside = OutsideImages(session)
    blob = outside.keep(read_outside(tmp_path / "a.png").image)
    assert outside.keep(pixels) == blob
    data = outside.file(blob).read_bytes()
    assert outside.file(blob) == session.folder / "blobs" / f"{blob}.png"
    assert hashlib.sha256(data).hexdigest() == blob
    assert b"where I live" not in data
    np.testing.assert_array_equal(outside.load(blob), pixels)


def test_an_image_that_was_changed_or_is_gone_is_not_shown(session: Session) -> None:
    outside = OutsideImages(session)
    blob = outside.keep(make_image(5))
    Pillow.fromarray(make_image(6)).save(outside.file(blob))
    with pytest.raises(ImageError, match="was changed"):
        outside.load(blob)
    outside.file(blob).unlink()
    with pytest.raises(ImageError, match="is gone"):
        outside.load(blob)
    with pytest.raises(ImageError, match="malformed"):
        outside.load("../session.sqlite")


def test_what_an_image_says_of_itself_comes_with_it(session: Session, save: Save, tmp_path: Path) -> None:
    record = save(session, "conv_in:zero")
    assert read_outside(record.file).recipe == record.recipe
    info = PngInfo()
    info.add_text("parameters", "a dog\nNegative prompt: blurry\nSteps: 20, CFG scale: 7, Seed: 42, Size: 512x512")
    Pillow.fromarray(make_image(1, width=24, height=16)).save(tmp_path / "dog.png", pnginfo=info)
    said = read_outside(tmp_path / "dog.png").recipe
    assert isinstance(said, OutsideRecipe)
    assert (said.prompt, said.negative, said.seed, said.steps, said.guidance) == ("a dog", "blurry", 42, 20, 7.0)
    assert (said.name, said.width, said.height) == ("dog.png", 24, 16)
    Pillow.fromarray(make_image(1, width=24, height=16)).save(tmp_path / "photo.jpg")
    photo = read_outside(tmp_path / "photo.jpg").recipe
    assert photo == OutsideRecipe(name="photo.jpg", width=24, height=16)


def test_what_is_no_image_is_refused_in_a_sentence(tmp_path: Path) -> None:
    text = tmp_path / "notes.png"
    text.write_text("no image")
    half = tmp_path / "half.jpg"
    Pillow.fromarray(make_image(1, width=64, height=64)).save(half)
    half.write_bytes(half.read_bytes()[:200])
    for path in (text, half):
        with pytest.raises(ImageError, match=path.name):
            read_outside(path)
    with pytest.raises(ImageError, match="There is no image"):
        read_outside(tmp_path / "gone.png")


def test_a_sheet_shows_the_board_in_its_order_with_its_captions(session: Session, save: Save) -> None:
    records = [save(session), save(session, "conv_in:zero"), save(session, "conv_out:zero")]
    state = BoardState().with_pins([*map(pin_of, reversed(records)), pin_outside(session, make_image(4))])
    state = state.arranged(BoardArrangement.ROW)
    sheet = board_sheet(session, state)
    recipes = [pin.recipe for pin in state.pins]
    assert [cell.caption for cell in sheet.cells] == captions(recipes)
    assert sheet.common == common(recipes)
    assert sheet.columns == 4
    np.testing.assert_array_equal(sheet.cells[0].load(), session.load_image(records[2]))
    np.testing.assert_array_equal(sheet.cells[3].load(), make_image(4))


def test_free_pins_are_read_line_by_line(session: Session, save: Save) -> None:
    state = BoardState().with_pins(pin_of(save(session, seed=seed)) for seed in range(1, 5))
    free = state.arranged(BoardArrangement.FREE)
    moved = free.shifted(free.keys[:1], 800, 16).shifted(free.keys[1:2], 0, 600)
    assert [pin.number for pin in in_reading_order(moved)] == [3, 1, 4, 2]


def test_an_empty_board_has_no_sheet(session: Session) -> None:
    with pytest.raises(SessionError):
        board_sheet(session, BoardState())


def test_a_render_that_is_gone_is_told_of(session: Session, save: Save) -> None:
    record = save(session)
    pin = Pin(recipe=record.recipe, number=record.number + 1)
    assert isinstance(pin.recipe, DiffusionRecipe)
    with pytest.raises(ImageError, match="no longer in this session"):
        load_pin(session)(pin)


def test_a_session_whose_log_was_taken_out_is_still_one(session: Session, folder: Path, save: Save) -> None:
    save(session)
    OutsideImages(session).keep(make_image(3))
    session.close()
    for file in folder.glob("session.sqlite*"):
        file.unlink()
    with Session.open(folder) as again:
        assert len(again) == 1
