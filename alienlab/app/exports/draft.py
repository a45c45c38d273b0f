"""Something that is being put together from one of several sources, and looked at beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from alienlab.app.exports.sources import SheetSource, SourceKind
from alienlab.app.latest import LatestAnswer


class Draft(QObject):
    """Holds what is chosen, and makes a preview of it beside the UI thread."""

    changed = Signal()
    """Another choice."""
    previewed = Signal(object)
    """What it will look like."""
    failed = Signal(str)
    """The sentence why there is nothing to look at."""

    def __init__(
        self,
        sources: Sequence[SheetSource],
        preview: Callable[[], Callable[[], object]],
        *,
        most_previewed: int,
        begin_with: SourceKind | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``sources`` hold one at least; the first of them is chosen where none is of the kind to begin with.

        ``preview`` gives what makes a preview of what is chosen now, of ``most_previewed`` images: it is carried out in
        another thread, and gives a sentence where there can be none.
        """
        super().__init__(parent)
        self._sources = tuple(sources)
        self._source = next((source for source in sources if source.kind is begin_with), self._sources[0])
        self._preview, self._most_previewed = preview, most_previewed
        self._answers = LatestAnswer(self)
        self._answers.came.connect(self._take)

    @property
    def sources(self) -> tuple[SheetSource, ...]:
        return self._sources

    @property
    def source(self) -> SheetSource:
        return self._source

    @property
    def is_shortened(self) -> bool:
        """Whether the preview shows the first images alone."""
        return self._source.count > self._most_previewed

    def choose(self, source: SheetSource) -> None:
        if source is not self._source:
            self._source = source
            self.look()

    def look(self) -> None:
        """Make a preview of what is chosen now."""
        self.changed.emit()
        self._answers.ask(self._preview())

    def finish(self) -> None:
        """Look at nothing any more."""
        self._answers.give_up()
        self._answers.finish()

    def _take(self, answer: object) -> None:
        if isinstance(answer, str):
            self.failed.emit(answer)
        else:
            self.previewed.emit(answer)
