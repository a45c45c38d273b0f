"""Texts in lines that fit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from alienlab.domain.differences import SEPARATOR

_MAX_TEXT = 4000
_INDENT = "   "
_AT_PUNCTUATION = re.compile(r"(?<=[:;,/])(?=.)|(?<=\.)(?!\d)")
"""Within a word too long for a line: not before a number, which belongs to what precedes it."""

Fits = Callable[[str], bool]
"""Whether a text fits on one line."""

_BREAKS: tuple[tuple[Callable[[str], Sequence[str]], str], ...] = (
    (lambda text: text.split(SEPARATOR), SEPARATOR),
    (lambda text: text.split(), " "),
    (lambda text: _AT_PUNCTUATION.split(text), ""),
)
"""Ways to cut a text, the best first, and what joins the pieces on a line; what is still too long is cut anywhere."""


def wrap(text: str, fits: Fits, *, most: int) -> tuple[str, ...]:
    """Lines that fit: broken between phrases, else at spaces, else at punctuation, else anywhere.

    Where there are more than ``most`` the last one ends in an ellipsis.
    """
    return _at_most(_lines(" ".join(printable(text).split()), fits), fits, most)


def breakable(text: str) -> list[str]:
    """Pieces between which a line may be broken where there is no space."""
    return [piece for piece in _AT_PUNCTUATION.split(printable(text)) if piece]


def wrap_all(texts: Sequence[str], fits: Fits, *, most: int) -> tuple[str, ...]:
    """Each text on lines of its own; where there are several, what goes on is indented."""
    if len(texts) == 1:
        return wrap(texts[0], fits, most=most)
    lines: list[str] = []
    for text in texts:
        first, *others = wrap(text, lambda line: fits(_INDENT + line), most=most) or ("",)
        lines += [first, *(_INDENT + other for other in others)]
    return _at_most(lines, fits, most)


def _lines(text: str, fits: Fits, level: int = 0) -> list[str]:
    """``text`` in lines that fit; a piece too long for one is cut at the next level."""
    if level == len(_BREAKS):
        return _cut_anywhere(text, fits)
    cut, joint = _BREAKS[level]
    lines: list[str] = []
    for piece in filter(None, cut(text)):
        if lines and fits(lines[-1] + joint + piece):
            lines[-1] += joint + piece
        elif fits(piece):
            lines.append(piece)
        else:
            lines += _lines(piece, fits, level + 1)
    return lines


def _cut_anywhere(text: str, fits: Fits) -> list[str]:
    """As many letters on a line as fit, but at least one."""
    lines: list[str] = []
    while text:
        letters = bisect_left(range(2, len(text) + 1), True, key=lambda count: not fits(text[:count])) + 1
        lines.append(text[:letters])
        text = text[letters:]
    return lines


def _at_most(lines: Sequence[str], fits: Fits, most: int) -> tuple[str, ...]:
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and not fits(f"{last}…"):
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip()}…")


def printable(text: str) -> str:
    """Without what cannot be shown, and no longer than what can be read."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:_MAX_TEXT])
