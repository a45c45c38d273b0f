"""Lesions on a line that is too short for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from alienlab.domain.lesions import LesionSpec

DIGITS = 3
"""Of an amount, where there is no room for all of them."""
MOST = 3
"""Lesions that stand on one line."""


def shortened_lesion(text: str, metrics: QFontMetrics, width: int, *, least: float = 0.45) -> str:
    """Fit into ``width``: the beginning of the pattern goes first, what is done to it last.

    ``least`` is the part of it that the pattern keeps at any rate.
    """
    if metrics.horizontalAdvance(text) <= width:
        return text
    pattern, _, treatment = text.rpartition(":")
    treatment = f":{treatment}"
    room = max(width - metrics.horizontalAdvance(treatment), round(width * least))
    head = metrics.elidedText(pattern, Qt.TextElideMode.ElideLeft, room)
    return head + metrics.elidedText(treatment, Qt.TextElideMode.ElideRight, width - metrics.horizontalAdvance(head))


def shortened_lesions(lesions: Sequence[LesionSpec], metrics: QFontMetrics, width: int, *, least: float = 0.45) -> str:
    """All of one or more lesions where there is room; else the first of them, and how many more there are."""
    whole = " ".join(map(str, lesions[:MOST]))
    if len(lesions) <= MOST and metrics.horizontalAdvance(whole) <= width:
        return whole
    rest = f" +{len(lesions) - 1}" if len(lesions) > 1 else ""
    return shortened_lesion(_rounded(lesions[0]), metrics, width - metrics.horizontalAdvance(rest), least=least) + rest


def _rounded(lesion: LesionSpec) -> str:
    amount = lesion.treatment.amount
    short = None if amount is None else float(f"{amount:.{DIGITS}g}")
    return f"{lesion.pattern}:{replace(lesion.treatment, amount=short)}"
