"""Moving pictures, read back by Pillow."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pictures

from alienlab.domain.errors import SessionError
from alienlab.session.sheets.animation import animation_kinds, write_animation


def frames(count: int, side: int = 24) -> list[np.ndarray]:
    """A bright square that wanders over plain grey."""
    made = []
    for place in range(count):
        frame = np.full((side, side, 3), 90, np.uint8)
        frame[4:12, 2 * place : 2 * place + 8] = (250, 60, 20)
        made.append(frame)
    return made


def read(path: Path) -> list[np.ndarray]:
    with Pictures.open(path) as film:
        shown = []
        for number in range(film.n_frames):
            film.seek(number)
            shown.append(np.asarray(film.convert("RGB")))
        return shown


@pytest.mark.parametrize(("name", "error"), [("walk.gif", 12), ("walk.webp", 24)])
def test_frames_come_back_in_order_and_play_for_ever(tmp_path: Path, name: str, error: float) -> None:
    wanted = frames(5)
    write_animation(wanted, tmp_path / name, frames_a_second=10)
    for shown, frame in zip(read(tmp_path / name), wanted, strict=True):
        assert np.abs(shown.astype(int) - frame).mean() < error
    with Pictures.open(tmp_path / name) as film:
        assert film.info["loop"] == 0
        film.seek(1)
        film.load()
        assert film.info["duration"] == 100


def test_there_and_back_plays_no_end_twice(tmp_path: Path) -> None:
    write_animation(frames(4), tmp_path / "walk.webp", there_and_back=True)
    shown = read(tmp_path / "walk.webp")
    assert len(shown) == 6
    assert np.abs(shown[1].astype(int) - shown[5]).mean() < 3


def test_a_single_frame_is_a_picture(tmp_path: Path) -> None:
    write_animation(frames(1), tmp_path / "one.gif", there_and_back=True)
    assert len(read(tmp_path / "one.gif")) == 1


@pytest.mark.skipif(os.name == "nt", reason="the encoder of this test is a shell script")
def test_a_film_is_written_where_an_encoder_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    monkeypatch.setenv("PATH", str(tools))
    assert ".mp4" not in animation_kinds()
    with pytest.raises(SessionError, match=r"\.gif or \.webp"):
        write_animation(frames(2), tmp_path / "walk.mp4")
    encoder = tools / "ffmpeg"
    encoder.write_text('#!/bin/sh\nfor last; do :; done\n/bin/cat > "$last"\n', encoding="utf-8")
    encoder.chmod(0o755)
    write_animation(frames(3), tmp_path / "walk.mp4")
    assert (tmp_path / "walk.mp4").read_bytes() == np.stack(frames(3)).tobytes()
    encoder.write_text("#!/bin/sh\necho unknown codec >&2\nexit 1\n", encoding="utf-8")
    with pytest.raises(SessionError, match="unknown codec"):
        write_animation(frames(3), tmp_path / "other.mp4")
    assert not (tmp_path / "other.mp4").exists()


@pytest.mark.parametrize(
    ("made", "options", "name"),
    [
        ([], {}, "walk.gif"),
        ([*frames(1), *frames(1, side=32)], {}, "walk.gif"),
        (frames(2), {"frames_a_second": 0}, "walk.gif"),
        (frames(2), {"frames_a_second": float("nan")}, "walk.gif"),
        (frames(2), {}, "walk.png"),
    ],
)
def test_what_cannot_be_shown_is_refused(made: list, options: dict, name: str, tmp_path: Path) -> None:
    with pytest.raises(SessionError):
        write_animation(made, tmp_path / name, **options)
    assert not list(tmp_path.iterdir())


def test_captions_stand_in_a_band_beneath_that_hides_nothing(tmp_path: Path) -> None:
    made = frames(3, side=64)
    captions = ["intact", "up_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q:zero and more " * 2, ""]
    write_animation(made, tmp_path / "said.webp", frames_a_second=2, captions=captions)
    shown = read(tmp_path / "said.webp")
    assert len({frame.shape for frame in shown}) == 1
    height, width, _ = shown[0].shape
    assert width == 256  # small images are enlarged by whole numbers, to have room for words
    assert height > 256 + 30
    assert height % 2 == 0
    for frame, image in zip(shown, made, strict=True):
        assert np.abs(frame[:256].astype(int) - image.repeat(4, axis=0).repeat(4, axis=1)).mean() < 8
    inked = [(frame[258:] < 120).all(axis=2) for frame in shown]
    assert [bool(ink.any()) for ink in inked] == [True, True, False]
    assert inked[1].any(axis=1).sum() > 2 * inked[0].any(axis=1).sum()  # it wraps
    assert not inked[1][:, -2:].any()
