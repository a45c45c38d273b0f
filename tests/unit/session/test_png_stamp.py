import io
import json
import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import PngImagePlugin

from alienlab.domain.errors import ImageError
from alienlab.session.png import (
    Stamp,
    encode_png,
    is_whole,
    read_pixels,
    read_png,
    read_stamp,
    read_thumbnail,
    write_png,
)
from tests.fakes.recipes import make_image, make_provenance, make_recipe

STAMP = Stamp(
    recipe=make_recipe("a cat", "mid_block.*:zero", negative="fog"),
    provenance=make_provenance("The word 'zzz' was dropped."),
    recipe_id="1" * 64,
    computation_id="2" * 64,
    created=datetime(2024, 2, 29, 12, 30, 15, 123456, tzinfo=UTC),
)
WHOLE = encode_png(make_image(3, width=16, height=8), STAMP)


def test_an_image_carries_its_recipe(tmp_path):
    image = make_image(1, width=24, height=16)
    write_png(tmp_path / "a.png", image, STAMP.recipe, STAMP.provenance)
    read = read_png(tmp_path / "a.png")
    assert np.array_equal(read.image, image)
    assert (read.recipe, read.provenance) == (STAMP.recipe, STAMP.provenance)
    with Pillow.open(tmp_path / "a.png") as picture:
        assert picture.format == "PNG"
        assert np.array_equal(np.array(picture), image)


def test_the_stamp_alone_is_read_without_the_pixels(tmp_path):
    (tmp_path / "a.png").write_bytes(WHOLE)
    assert read_stamp(tmp_path / "a.png") == STAMP


@given(st.text(max_size=200), st.text(max_size=50))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_prompt_survives(tmp_path, prompt, negative):
    recipe = make_recipe(prompt, negative=negative)
    write_png(tmp_path / "a.png", make_image(width=8, height=8), recipe, STAMP.provenance)
    assert read_png(tmp_path / "a.png").recipe == recipe


@pytest.mark.parametrize("prompt", ["a\0b", "\ud800 alone", "\x1b[31m", "\u202eturned"])
def test_so_do_characters_that_no_text_chunk_can_hold(tmp_path, prompt):
    write_png(tmp_path / "a.png", make_image(width=8, height=8), make_recipe(prompt), STAMP.provenance)
    assert read_stamp(tmp_path / "a.png").recipe == make_recipe(prompt)


def test_other_tools_find_their_text(tmp_path):
    recipe = replace(STAMP.recipe, brain="0123456789abcdef")
    write_png(tmp_path / "a.png", make_image(width=64, height=64), recipe, STAMP.provenance)
    with Pillow.open(tmp_path / "a.png") as picture:
        assert picture.info["parameters"] == (
            "a cat\nNegative prompt: fog\n"
            "Steps: 20, Sampler: DDIM, CFG scale: 7.5, Seed: 7, Size: 64x64, Model hash: 0123456789, "
            'Lesions: "mid_block.*:zero", Version: AlienLab 0.1.0'
        )
        ours = json.loads(picture.info["alienlab"])
    assert ours["version"] == 1
    assert ours["recipe"] == recipe.to_json()
    assert ours["provenance"]["versions"] == {"torch": "2.13.0"}


def test_only_rgb_bytes_are_written(tmp_path):
    for wrong in (np.zeros((4, 4), np.uint8), np.zeros((4, 4, 4), np.uint8), np.zeros((4, 4, 3), np.float32)):
        with pytest.raises(ValueError, match="RGB"):
            write_png(tmp_path / "a.png", wrong, STAMP.recipe, STAMP.provenance)


def test_a_thumbnail_is_smaller_and_keeps_its_shape(tmp_path):
    write_png(tmp_path / "a.png", make_image(width=256, height=128), STAMP.recipe, STAMP.provenance)
    assert read_thumbnail(tmp_path / "a.png", 128).shape == (64, 128, 3)
    write_png(tmp_path / "b.png", make_image(width=64, height=64), STAMP.recipe, STAMP.provenance)
    assert np.array_equal(read_thumbnail(tmp_path / "b.png", 128), make_image(width=64, height=64))


def test_a_foreign_image_is_told_from_a_damaged_one(tmp_path):
    file = tmp_path / "a.png"
    Pillow.new("L", (8, 8)).save(file)
    with pytest.raises(ImageError, match=r"a\.png was not made by AlienLab"):
        read_png(file)
    assert read_pixels(file).shape == (8, 8, 3)
    file.write_bytes(b"GIF89a" + b"\0" * 100)
    with pytest.raises(ImageError, match="damaged or no PNG"):
        read_png(file)
    with pytest.raises(ImageError, match="There is no image"):
        read_png(tmp_path / "none.png")
    with pytest.raises(ImageError):
        read_png(tmp_path)


@pytest.mark.parametrize("size", [(50_000, 50_000), (0, 8), (4097, 8), (2**31, 2**31)])
def test_a_giant_is_refused_by_its_header(tmp_path, size):
    header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100_000)), (b"IEND", b"")]
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks))
    with pytest.raises(ImageError, match="too large"):
        read_png(tmp_path / "a.png")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        "[" * 200_000,
        '{"version": 1}',
        '{"version": 2, "recipe": {}, "provenance": {}}',
        '{"version": 1, "recipe": [], "provenance": {}}',
        json.dumps({**STAMP.to_json(), "created": "yesterday"}),
        json.dumps({**STAMP.to_json(), "created": 7}),
        json.dumps({**STAMP.to_json(), "recipe": {**STAMP.recipe.to_json(), "seed": 1e999}}),
        json.dumps({**STAMP.to_json(), "recipe": {**STAMP.recipe.to_json(), "steps": -1}}),
        json.dumps({**STAMP.to_json(), "recipe": {**STAMP.recipe.to_json(), "prompt": []}}),
        json.dumps({**STAMP.to_json(), "recipe": {**STAMP.recipe.to_json(), "lesions": 5}}),
        json.dumps({**STAMP.to_json(), "recipe": {**STAMP.recipe.to_json(), "lesions": ["x:explode"]}}),
        json.dumps({**STAMP.to_json(), "provenance": {"device": "cpu"}}),
        '{"version": 1, "recipe": {"seed": ' + "9" * 10_000 + "}}",
        "x" * (2**20 + 1),
    ],
)
def test_a_hostile_recipe_gives_one_sentence(tmp_path, text):
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("alienlab", text)
    Pillow.new("RGB", (8, 8)).save(tmp_path / "a.png", pnginfo=chunks)
    for read in (read_png, read_stamp):
        with pytest.raises(ImageError, match=r"a\.png") as caught:
            read(tmp_path / "a.png")
        assert len(str(caught.value)) < 400


def test_a_text_chunk_that_explodes_is_refused(tmp_path):
    bomb = b"alienlab\0\0" + zlib.compress(b"x" * 50_000_000, 9)
    (tmp_path / "a.png").write_bytes(_with_chunk(WHOLE, b"zTXt", bomb))
    with pytest.raises(ImageError):
        read_png(tmp_path / "a.png")


@given(cut=st.integers(0, len(WHOLE) - 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_truncated_file_is_never_taken_for_whole(tmp_path, cut):
    (tmp_path / "a.png").write_bytes(WHOLE[:cut])
    assert not is_whole(tmp_path / "a.png")
    try:
        image = read_png(tmp_path / "a.png").image
    except ImageError:
        return
    # All pixels are there; only check sums and what ends the file are lost.
    assert np.array_equal(image, make_image(3, width=16, height=8))


@given(flips=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(1, 255)), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_flipped_bits_give_an_image_or_a_sentence(tmp_path, flips):
    damaged = bytearray(WHOLE)
    for place, bits in flips:
        damaged[place] ^= bits
    (tmp_path / "a.png").write_bytes(damaged)
    for read in (read_png, read_stamp, read_pixels):
        try:
            read(tmp_path / "a.png")
        except ImageError as error:
            assert "a.png" in str(error)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _with_chunk(png: bytes, kind: bytes, data: bytes) -> bytes:
    """After the header, in place of the stamp."""
    stream = io.BytesIO()
    Pillow.open(io.BytesIO(png)).save(stream, "PNG")
    plain = stream.getvalue()
    return plain[:33] + _chunk(kind, data) + plain[33:]
