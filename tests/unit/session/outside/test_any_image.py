"""Images from elsewhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from alienlab.domain.errors import ImageError
from alienlab.domain.recipe import MAX_SIDE
from alienlab.session.outside.any_image import read_any_image
from tests.fakes.recipes import make_image


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.bmp"])
def test_pixels_are_read_as_they_are(tmp_path: Path, name: str) -> None:
    image = make_image(5, width=20, height=12)
    Image.fromarray(image).save(tmp_path / name, lossless=True)
    assert np.array_equal(read_any_image(tmp_path / name), image)


def test_a_photograph_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (30, 10), 200).save(tmp_path / "photo.jpg", exif=exif)
    assert read_any_image(tmp_path / "photo.jpg").shape == (30, 10, 3)


def test_what_is_very_large_is_made_smaller(tmp_path: Path) -> None:
    Image.new("RGB", (2 * MAX_SIDE, 10)).save(tmp_path / "wide.png")
    assert read_any_image(tmp_path / "wide.png").shape == (5, MAX_SIDE, 3)


def test_what_is_no_image_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no image")
    Image.fromarray(make_image()).save(tmp_path / "cut.png")
    (tmp_path / "cut.png").write_bytes((tmp_path / "cut.png").read_bytes()[:200])
    for name in ("text.png", "cut.png", "missing.png", "."):
        with pytest.raises(ImageError, match=name.replace(".", r"\.") if name != "." else "image"):
            read_any_image(tmp_path / name)


def test_an_image_that_would_fill_the_memory_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    for side in (9_000, 11_000):
        Image.new("1", (side, side)).save(tmp_path / "huge.png")
        with pytest.raises(ImageError, match="too large"):
            read_any_image(tmp_path / "huge.png")
