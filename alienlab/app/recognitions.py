"""What the images on the canvas are of, where their renders did not say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from alienlab.app.comparison import Comparison, Tile
from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import Priority
from alienlab.app.open_brain import OpenBrain
from alienlab.domain.events import Cancelled, Done, Event, Failed, Recognised
from alienlab.domain.ports import RecogniseJob
from alienlab.domain.recipe import LabRecipe


@dataclass(frozen=True, slots=True)
class _Question:
    """Which recogniser was asked about which tiles, by their keys."""

    recogniser: str
    keys: tuple[str, ...]


class Recognitions(QObject):
    """Asks about shown images of earlier sessions, and about all that are shown once another recogniser is chosen."""

    failed = Signal(str)
    """The sentence why the recogniser cannot say, once until a brain is opened again."""

    def __init__(
        self,
        *,
        thread: GenerationThread,
        brain: OpenBrain,
        comparison: Comparison,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._brain = brain
        self._comparison = comparison
        self._asked: dict[int, _Question] = {}
        """By job."""
        self._useless: str | None = None
        """The recogniser that failed."""
        comparison.tiles_changed.connect(self._ask)

    def begin_anew(self) -> None:
        """A brain was opened: ask its recogniser, also one that failed before, as its files may be mended."""
        self._useless = None
        self._ask()

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        match event:
            case Recognised(job, row, recognition) if job in self._asked:
                tile = self._comparison.get(self._asked[job].keys[row])
                if tile is not None:
                    self._comparison.replace_tile(replace(tile, recognition=recognition))
            case Done(job) | Cancelled(job) if job in self._asked:
                if self._asked.pop(job).recogniser != self._recogniser():
                    self._ask()
            case Failed(job, None, message=message) if job in self._asked:
                self._useless = self._asked.pop(job).recogniser
                self.failed.emit(message)

    def _ask(self) -> None:
        recogniser = self._recogniser()
        if recogniser is None or recogniser == self._useless:
            return
        on_the_way = {key for question in self._asked.values() for key in question.keys}
        images = {
            tile.key: tile.image
            for tile in self._comparison.shown()
            if tile.image is not None and tile.key not in on_the_way and not _is_settled(recogniser, tile)
        }
        if images:
            job = RecogniseJob(number=self._thread.next_number(), images=tuple(images.values()))
            self._asked[job.number] = _Question(recogniser, tuple(images))
            self._thread.submit(job, priority=Priority.RECOGNISE)

    def _recogniser(self) -> str | None:
        return None if self._brain.info is None else self._brain.info.recogniser


def _is_settled(recogniser: str, tile: Tile) -> bool:
    """Whether it was said already; a laboratory's picture is of nothing that a recogniser knows."""
    is_said = tile.recognition is not None and tile.recognition.recogniser == recogniser
    return is_said or isinstance(tile.recipe, LabRecipe)
