"""A sheet that is being put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject

from alienlab.app.exports.draft import Draft
from alienlab.app.exports.sources import SheetSource, SourceKind
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image
from alienlab.session.sheets.sheet import SheetOptions, draw_sheet

PREVIEW_PIXELS = 1_600_000
PREVIEW_WIDTH = 960
"""A high sheet is drawn at least this wide, as it is looked at."""
MOST_PREVIEWED = 400
"""Images that a preview shows: drawing more takes too long to be one."""


class SheetDraft(Draft):
    """``previewed`` carries an Image of the sheet."""

    def __init__(
        self, sources: Sequence[SheetSource], *, begin_with: SourceKind | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(sources, self._to_preview, most_previewed=MOST_PREVIEWED, begin_with=begin_with, parent=parent)
        self._options = SheetOptions()

    @property
    def options(self) -> SheetOptions:
        return self._options

    def choose(self, source: SheetSource) -> None:
        if not source.is_measured:
            self._options = replace(self._options, scale=None)
        super().choose(source)

    def set_options(self, options: SheetOptions) -> None:
        if options != self._options:
            self._options = options
            self.look()

    def _to_preview(self) -> Callable[[], object]:
        source, options = self._source, self._options
        return lambda: _drawn(source, options)


def _drawn(source: SheetSource, options: SheetOptions) -> Image | str:
    try:
        sheet = source.make(options, MOST_PREVIEWED)
        return np.asarray(draw_sheet(sheet, most_pixels=PREVIEW_PIXELS, least_width=PREVIEW_WIDTH))
    except AlienLabError as error:
        return str(error)
