"""A sheet one image after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from alienlab.domain.differences import SEPARATOR
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image
from alienlab.session.sheets.content import Sheet


@dataclass(frozen=True, slots=True)
class Frames:
    """Images with their captions, as many of one as of the other."""

    images: tuple[Image, ...]
    captions: tuple[str, ...]


def frames_of(sheet: Sheet, *, left_out: Callable[[str], object] = lambda reason: None) -> Frames:
    """The images of a sheet in its order; ``left_out`` is told of each that is not there."""
    images: list[Image] = []
    captions: list[str] = []
    for section in sheet.sections:
        for cell in section.cells:
            try:
                images.append(cell.load())
            except AlienLabError as error:
                left_out(str(error))
                continue
            captions.append(SEPARATOR.join(filter(None, (section.heading, *(cell.caption or (cell.number,))))))
    return Frames(tuple(images), tuple(captions))
