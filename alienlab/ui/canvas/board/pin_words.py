"""What is said of a pin where it is pointed at, and to those who cannot see it. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from alienlab.app.board.pictures import PinPicture
from alienlab.domain.board import Pin
from alienlab.domain.differences import describe
from alienlab.session.log.labels import Label


def tip(pin: Pin, label: Label, picture: PinPicture | None) -> str:
    """All that is known of a pin."""
    written = (label.name, ", ".join(label.tags), label.notes)
    recognition = None if picture is None or picture.provenance is None else picture.provenance.recognition
    said = () if recognition is None else recognition.lines()
    failure = "" if picture is None else picture.failure
    return "\n".join(filter(None, (*written, describe(pin.recipe), *said, failure)))


def in_short(label: Label, caption: Sequence[str]) -> str:
    """On one line."""
    return " · ".join(filter(None, ("starred" if label.star else "", label.name, *caption)))
