"""As many images as there is room for."""

from __future__ import annotations

from PySide6.QtGui import QColor

from alienlab.app.space.pictures import LONGEST_SIDE, TilePictures
from alienlab.app.space.plane import TileKey
from alienlab.domain.concepts import Prompt
from tests.fakes.recipes import make_image

BYTES = 3 * 32 * 32


def key(text: str) -> TileKey:
    return TileKey("base", Prompt(text))


def test_what_was_looked_at_longest_ago_goes_first() -> None:
    pictures = TilePictures(room=2 * BYTES)
    for text in ("a", "b"):
        pictures.put(key(text), make_image(width=32, height=32))
    assert pictures.get(key("a")) is not None
    pictures.put(key("c"), make_image(width=32, height=32))
    assert key("a") in pictures
    assert key("b") not in pictures
    assert len(pictures) == 2


def test_an_image_that_comes_again_takes_no_further_room() -> None:
    pictures = TilePictures(room=2 * BYTES)
    for text in ("a", "b", "b", "b"):
        pictures.put(key(text), make_image(width=32, height=32))
    assert len(pictures) == 2


def test_images_are_kept_no_larger_than_they_are_shown() -> None:
    pictures = TilePictures()
    pictures.put(key("a"), make_image(width=512, height=256))
    picture = pictures.get(key("a"))
    assert (picture.width(), picture.height()) == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_of_what_is_flagged_nothing_is_recognised() -> None:
    pictures = TilePictures()
    image = make_image(width=64, height=64)
    image[:] = 0
    image[31:33, 31:33] = 255
    pictures.put(key("a"), image, is_flagged=True)
    assert pictures.get(key("a")).pixelColor(32, 32) != QColor(255, 255, 255)
