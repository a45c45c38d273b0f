"""An animation that is being put together, with its frames to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from alienlab.app.exports.sources import SheetSource, SourceKind
from alienlab.app.latest import LatestAnswer
from alienlab.domain.errors import AlienLabError, SessionError
from alienlab.domain.events import Image
from alienlab.session.sheets.animation import write_animation
from alienlab.session.sheets.captioning import captioned
from alienlab.session.sheets.frames import frames_of
from alienlab.session.sheets.sheet import SheetOptions

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


class FilmDraft(QObject):
    """Holds what is chosen, and reads the frames beside the UI thread whenever other ones are."""

    changed = Signal()
    """Another choice."""
    read = Signal(object)
    """A tuple of Images, as they will be shown."""
    failed = Signal(str)
    """The sentence why there are none."""

    def __init__(
        self,
        sources: Sequence[SheetSource],
        *,
        begin_with: SourceKind | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``sources`` hold one at least; the first of them is chosen where none is of the kind to begin with."""
        super().__init__(parent)
        self._sources = tuple(sources)
        self._source = next((source for source in sources if source.kind is begin_with), self._sources[0])
        self._options = FilmOptions()
        self._frames = LatestAnswer(self)
        self._frames.came.connect(self._take)

    @property
    def sources(self) -> tuple[SheetSource, ...]:
        return self._sources

    @property
    def source(self) -> SheetSource:
        return self._source

    @property
    def options(self) -> FilmOptions:
        return self._options

    @property
    def is_shortened(self) -> bool:
        """Whether the preview shows the first images alone."""
        return self._source.count > MOST_PREVIEWED

    def choose(self, source: SheetSource) -> None:
        if source is not self._source:
            self._source = source
            self.read_frames()

    def set_options(self, options: FilmOptions) -> None:
        before, self._options = self._options, options
        if options.captions != before.captions:
            self.read_frames()
        elif options != before:
            self.changed.emit()

    def read_frames(self) -> None:
        """Read what is chosen now."""
        source, captions = self._source, self._options.captions
        self.changed.emit()
        self._frames.ask(lambda: _read(source, captions))

    def finish(self) -> None:
        """Read nothing any more."""
        self._frames.give_up()
        self._frames.finish()

    def _take(self, answer: tuple[Image, ...] | str) -> None:
        if isinstance(answer, str):
            self.failed.emit(answer)
        else:
            self.read.emit(answer)


def write_film(source: SheetSource, options: FilmOptions, path: Path) -> None:
    """Write all images of a source. Raises SessionError where that cannot be."""
    frames = frames_of(source.make(SheetOptions(), None))
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
