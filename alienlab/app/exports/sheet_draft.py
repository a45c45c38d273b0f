"""A sheet that is being put together, with a picture of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from alienlab.app.exports.sources import SheetSource, SourceKind
from alienlab.app.latest import LatestAnswer
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image
from alienlab.session.sheets.sheet import SheetOptions, draw_sheet

PREVIEW_PIXELS = 1_600_000
PREVIEW_WIDTH = 960
"""A high sheet is drawn at least this wide, as it is looked at."""
MOST_PREVIEWED = 400
"""Images that a preview shows: drawing more takes too long to be one."""


class SheetDraft(QObject):
    """Holds what is chosen, and draws it beside the UI thread whenever it changes."""

    changed = Signal()
    """Another choice."""
    drawn = Signal(object)
    """An Image of the sheet."""
    failed = Signal(str)
    """The sentence why there is none."""

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
        self._options = SheetOptions()
        self._preview = LatestAnswer(self)
        self._preview.came.connect(self._take)

    @property
    def sources(self) -> tuple[SheetSource, ...]:
        return self._sources

    @property
    def source(self) -> SheetSource:
        return self._source

    @property
    def options(self) -> SheetOptions:
        return self._options

    @property
    def is_shortened(self) -> bool:
        """Whether the preview shows the first images alone."""
        return self._source.count > MOST_PREVIEWED

    def choose(self, source: SheetSource) -> None:
        if source is not self._source:
            self._source = source
            if not source.is_measured:
                self._options = replace(self._options, scale=None)
            self._draw()

    def set_options(self, options: SheetOptions) -> None:
        if options != self._options:
            self._options = options
            self._draw()

    def draw(self) -> None:
        """Draw what is chosen now."""
        self._draw()

    def finish(self) -> None:
        """Draw nothing any more."""
        self._preview.give_up()
        self._preview.finish()

    def _draw(self) -> None:
        source, options = self._source, self._options
        self.changed.emit()
        self._preview.ask(lambda: _drawn(source, options))

    def _take(self, answer: Image | str) -> None:
        if isinstance(answer, str):
            self.failed.emit(answer)
        else:
            self.drawn.emit(answer)


def _drawn(source: SheetSource, options: SheetOptions) -> Image | str:
    try:
        sheet = source.make(options, MOST_PREVIEWED)
        return np.asarray(draw_sheet(sheet, most_pixels=PREVIEW_PIXELS, least_width=PREVIEW_WIDTH))
    except AlienLabError as error:
        return str(error)
