"""Series of images as moving pictures."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image as Pictures

from alienlab.domain.errors import SessionError
from alienlab.domain.events import Image
from alienlab.session.files import write_atomically
from alienlab.session.sheets.captioning import captioned

FRAMES_A_SECOND = 8.0
FASTEST, SLOWEST = 50.0, 0.1
"""Frames a second: GIF counts in hundredths of a second, and viewers slow down what is faster."""
_ENCODER = "ffmpeg"


def write_animation(
    frames: Sequence[Image],
    path: Path,
    *,
    frames_a_second: float = FRAMES_A_SECOND,
    there_and_back: bool = False,
    captions: Sequence[str] | None = None,
) -> None:
    """Write the kind of file that the suffix says: .gif, .webp, or .mp4 where an encoder is installed.

    GIF and WebP play for ever; with ``there_and_back`` they return through the same frames. ``captions``, one for
    each frame, stand in a band beneath the images. Raises SessionError for no frames, frames of different sizes,
    another suffix, or no encoder.
    """
    encode = _encoder(path)
    check_pace(frames_a_second)
    if not frames:
        raise SessionError("An animation needs at least one frame.")
    if len({frame.shape for frame in frames}) > 1:
        raise SessionError("The frames of an animation must all have the same size.")
    shown = list(frames) if captions is None else captioned(frames, captions)
    played = [*shown, *reversed(shown[1:-1])] if there_and_back else shown
    write_atomically(path, encode(played, frames_a_second))


def check_animation(path: Path, frames_a_second: float) -> None:
    """Raises SessionError for a file that an animation cannot be written to, and for what cannot be shown."""
    _encoder(path)
    check_pace(frames_a_second)


def check_pace(frames_a_second: float) -> None:
    """Raises SessionError for what cannot be shown."""
    if not SLOWEST <= frames_a_second <= FASTEST:
        raise SessionError(f"{frames_a_second:g} frames a second cannot be shown. Take {SLOWEST:g} to {FASTEST:g}.")


def _encoder(path: Path) -> Callable[[Sequence[Image], float], bytes]:
    kinds = animation_kinds()
    encode = kinds.get(path.suffix.lower())
    if encode is None:
        raise SessionError(f"An animation cannot be written as '{path.name}'. End the name in {' or '.join(kinds)}.")
    return encode


def animation_kinds() -> dict[str, Callable[[Sequence[Image], float], bytes]]:
    """Encoders of the kinds of file that can be written here, by suffix."""
    kinds = {".gif": _gif, ".webp": _webp}
    return kinds | {".mp4": _mp4} if shutil.which(_ENCODER) else kinds


def _gif(frames: Sequence[Image], frames_a_second: float) -> bytes:
    """One palette for all frames, so that colours do not flicker."""
    strip = Pictures.fromarray(np.concatenate(list(frames)))
    palette = strip.quantize(256, method=Pictures.Quantize.MEDIANCUT)
    pictures = [Pictures.fromarray(frame).quantize(palette=palette) for frame in frames]
    return _played(pictures, "GIF", duration=10 * round(100 / frames_a_second), optimize=False)


def _webp(frames: Sequence[Image], frames_a_second: float) -> bytes:
    pictures = [Pictures.fromarray(frame) for frame in frames]
    return _played(pictures, "WEBP", duration=round(1000 / frames_a_second), quality=90, method=4)


def _played(pictures: Sequence[Pictures.Image], kind: str, **options: Any) -> bytes:
    """``duration`` is in milliseconds a frame."""
    buffer = io.BytesIO()
    pictures[0].save(buffer, format=kind, save_all=True, append_images=pictures[1:], loop=0, **options)
    return buffer.getvalue()


def _mp4(frames: Sequence[Image], frames_a_second: float) -> bytes:
    """H.264 wants even sides; an odd one gets a black line more."""
    height, width, _ = frames[0].shape
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        command = [
            *(_ENCODER, "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}"),
            *("-r", f"{frames_a_second:g}", "-i", "-", "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2"),
            *("-pix_fmt", "yuv420p", "-movflags", "+faststart", str(film)),
        ]
        done = subprocess.run(command, input=np.stack(frames).tobytes(), capture_output=True, check=False)
        if done.returncode != 0 or not film.is_file():
            said = done.stderr.decode(errors="replace").strip()[-200:]
            raise SessionError(f"The film could not be written: {said or 'the encoder gave no reason'}.")
        return film.read_bytes()
