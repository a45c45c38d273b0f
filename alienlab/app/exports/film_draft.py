"""An animation that is being put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from alienlab.app.exports.draft import Draft
from alienlab.app.exports.sources import SheetSource, SourceKind
from alienlab.domain.errors import AlienLabError, SessionError
from alienlab.domain.events import Image
from alienlab.session.sheets.animation import write_animation
from alienlab.session.sheets.captioning import captioned
from alienlab.session.sheets.frames import frames_of
from alienlab.session.sheets.sheet import Sheet, SheetOptions

MOST_PREVIEWED = 200
"""Frames that a preview shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmOptions:
    """How an animation is made."""

    frames_a_second: float = 4.0
    there_and_back: bool = False
    """Whether it is played back to the start as well."""
    captions: bool = True
    """Whether what differs is written beneath each image."""


class FilmDraft(Draft):
    """``previewed`` carries a tuple of Images, as they will be shown; they are read whenever other ones are chosen."""

    def __init__(
        self, sources: Sequence[SheetSource], *, begin_with: SourceKind | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(sources, self._to_preview, most_previewed=MOST_PREVIEWED, begin_with=begin_with, parent=parent)
        self._options = FilmOptions()

    @property
    def options(self) -> FilmOptions:
        return self._options

    def set_options(self, options: FilmOptions) -> None:
        before, self._options = self._options, options
        if options.captions != before.captions:
            self.look()
        elif options != before:
            self.changed.emit()

    def _to_preview(self) -> Callable[[], object]:
        source, captions = self._source, self._options.captions
        return lambda: _read(source, captions)


def write_film(sheet: Sheet, options: FilmOptions, path: Path) -> None:
    """Write the images of a sheet one after another. Raises SessionError where that cannot be."""
    frames = frames_of(sheet)
    write_animation(
        frames.images,
        path,
        frames_a_second=options.frames_a_second,
        there_and_back=options.there_and_back,
        captions=frames.captions if options.captions else None,
    )


def _read(source: SheetSource, captions: bool) -> tuple[Image, ...] | str:
    try:
        frames = frames_of(source.make(SheetOptions(), MOST_PREVIEWED))
        if len({image.shape for image in frames.images}) != 1:
            raise SessionError("The images are of different sizes, or there are none. Choose images of one size.")
    except AlienLabError as error:
        return str(error)
    return tuple(captioned(frames.images, frames.captions)) if captions else frames.images
