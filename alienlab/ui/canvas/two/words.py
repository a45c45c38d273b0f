"""What is said of two images that are laid over each other. No Qt."""

from __future__ import annotations

from alienlab.app.comparison import Tile, captions_of
from alienlab.app.image_difference import Channel, Difference
from alienlab.domain.events import Image

SEPARATOR = " · "
ONLY_ONE = (
    "There is one image only.\nAdd a lesion and render, or mark two images of the grid with Ctrl+click (Ctrl+Space)."
)
NOT_YET = "The difference is shown once both images are finished."
VEILED = "The safety checker has flagged one of these images.\nReveal it side by side (Alt+1) to see the difference."


def names_of(a: Tile, b: Tile) -> tuple[str, str]:
    """A caption for each, on one line."""
    first, second = captions_of((a, b)).lines
    return _line("A", first), _line("B", second)


def summary_of(difference: Difference, channel: Channel) -> str:
    """Its figures, the largest difference with its sign and place."""
    value, (column, row) = difference.largest, difference.place
    sign = "−" if value < 0 else "+" if value > 0 else ""
    return SEPARATOR.join(
        (
            f"{channel.capitalize()}, B − A",
            f"mean absolute difference {difference.mean:.1f} of 255",
            f"largest {sign}{abs(value):.0f} of 255 at x {column}, y {row}",
        )
    )


def sizes_note(a: Image, b: Image) -> str:
    """Empty where both are of one size."""
    if a.shape[:2] == b.shape[:2]:
        return ""
    small, letter = (a, "A") if a.shape[0] * a.shape[1] <= b.shape[0] * b.shape[1] else (b, "B")
    other = b if small is a else a
    return f"The sizes differ: {letter}, {_size(small)}, is enlarged to fit {_size(other)} pixels"


def _line(letter: str, lines: tuple[str, ...]) -> str:
    text = SEPARATOR.join(lines)
    return f"{letter}  {'Intact' if text == 'intact' else text}"


def _size(image: Image) -> str:
    return f"{image.shape[1]} × {image.shape[0]}"
