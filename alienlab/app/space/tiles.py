"""Renders the tiles of the plane that are in view: coarse ones first, and those in the middle before the others."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import Priority
from alienlab.app.messages import Message
from alienlab.app.open_brain import OpenBrain
from alienlab.app.space.intact_plane import IntactPlane
from alienlab.app.space.pictures import TilePictures
from alienlab.app.space.plane import Address, Plane, Stage, TileKey
from alienlab.app.space.survey import PlaneSurvey
from alienlab.app.space.viewpoint import Viewpoint
from alienlab.domain.brain import FLAGGED
from alienlab.domain.events import Cancelled, Done, Event, Failed, Failure, Finished
from alienlab.domain.ports import RenderJob

FIRST_BATCH = 8
"""Tiles that are rendered together at most where a view has none yet."""
AHEAD = 2
"""Jobs on their way: one runs, and the next waits."""
MOST_KEYS = 20_000


@dataclass(frozen=True, slots=True)
class _Batch:
    stage: Stage
    keys: tuple[TileKey, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the tiles in view."""

    tiles: int
    coarse: int
    """Those of which there is at least a coarse image, or that failed."""
    fine: int
    """Those that will not become any finer."""


class PlaneTiles(QObject):
    """Nothing of this is logged. What the user asks for goes first; a sweep waits."""

    progressed = Signal()
    """Other images are there, others are missing, or another plane is looked at."""
    about_to_render = Signal()
    """After a pause: what may wait is to make way."""
    message = Signal(object)

    def __init__(
        self,
        *,
        thread: GenerationThread,
        survey: PlaneSurvey | IntactPlane,
        brain: OpenBrain,
        pictures: TilePictures | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread, self._survey, self._brain = thread, survey, brain
        self._pictures = TilePictures() if pictures is None else pictures
        self._failures: dict[TileKey, str] = {}
        self._keys: dict[tuple[Address, Stage], TileKey] = {}
        self._in_view: list[Address] = []
        self._batches: dict[int, _Batch] = {}
        self._withdrawn: set[int] = set()
        self._checks_safety = False
        self._is_watched = False
        self._is_resting = False
        survey.changed.connect(self._take_plane)

    # What is there

    @property
    def plane(self) -> Plane | None:
        return self._survey.plane

    @property
    def trouble(self) -> str:
        """Why there is no plane."""
        return self._survey.trouble

    @property
    def is_resting(self) -> bool:
        """Everything was cancelled; looking elsewhere wakes it."""
        return self._is_resting

    @property
    def progress(self) -> Progress:
        tiles = self._in_view if self.plane is not None else []
        fine = sum(self._is_settled(tile, Stage.FINE) for tile in tiles)
        return Progress(len(tiles), sum(self._has_something(tile) for tile in tiles), fine)

    def picture(self, address: Address) -> QImage | None:
        """The finest image of a tile that is there."""
        if self.plane is None:
            return None
        fine = self._pictures.get(self._key(address, Stage.FINE))
        return fine or self._pictures.get(self._key(address, Stage.COARSE))

    def failure(self, address: Address) -> str:
        """Why a tile has no image; empty where it has one or is to come."""
        if self.plane is None or self.picture(address) is not None:
            return ""
        fine, coarse = (self._failures.get(self._key(address, stage), "") for stage in (Stage.FINE, Stage.COARSE))
        return fine or coarse

    # What is wanted

    def look(self, viewpoint: Viewpoint, width: int, height: int) -> None:
        """Want the tiles that a view of so many pixels touches."""
        in_view = viewpoint.in_view(width, height)
        if in_view != self._in_view:
            self._in_view, self._is_resting = in_view, False
            self._plan()
            self.progressed.emit()

    def set_watched(self, watched: bool) -> None:
        """Render only while someone watches."""
        self._is_watched, self._is_resting = watched, False
        self._survey.set_watched(watched)
        self._plan()

    def set_checks_safety(self, checks: bool) -> None:
        if checks != self._checks_safety:
            self._checks_safety = checks
            self._pictures.clear()
            self._plan()

    def interrupt(self) -> None:
        """Let what the user asks for go first; the tiles are asked for again after that."""
        self._withdraw(list(self._batches))

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        number = getattr(event, "job", None)
        batch = self._batches.get(number) if number is not None else None
        if batch is None or number is None:
            return
        match event:
            case Finished(row=row, image=image, provenance=provenance):
                self._pictures.put(batch.keys[row], image, is_flagged=FLAGGED in provenance.notes)
                self.progressed.emit()
            case Failed(row=int(row), message=message):
                self._failures[batch.keys[row]] = message
                self.progressed.emit()
            case Failed(row=None):
                self._set_aside(batch, event)
                self._end(number)
            case Cancelled():
                self._is_resting = self._is_resting or number not in self._withdrawn
                self._end(number)
            case Done():
                self._end(number)

    def _take_plane(self) -> None:
        self._keys.clear()
        self._is_resting = False
        self._plan()
        self.progressed.emit()

    def _set_aside(self, batch: _Batch, event: Failed) -> None:
        self._failures.update(dict.fromkeys(batch.keys, event.message))
        self._is_resting = True
        if event.failure is not Failure.INTERNAL:
            self.message.emit(Message(event.message))

    def _end(self, number: int) -> None:
        del self._batches[number]
        self._withdrawn.discard(number)
        self._plan()
        self.progressed.emit()

    # Jobs

    def _plan(self) -> None:
        """Give up what is not in view any more, and ask for what is missing."""
        tiles = self._in_view if self._is_watched and self.plane is not None else []
        wanted = {self._key(tile, stage) for tile in tiles for stage in Stage}
        self._withdraw([number for number, batch in self._batches.items() if wanted.isdisjoint(batch.keys)])
        if self._is_resting:
            return
        coarse = self._missing(tiles, Stage.COARSE)
        if coarse:
            self._withdraw([n for n in list(self._batches)[1:] if self._batches[n].stage is Stage.FINE])
        while len(self._batches) < AHEAD:
            stage = Stage.COARSE if coarse else Stage.FINE
            missing = coarse or self._missing(tiles, Stage.FINE)
            if not missing:
                return
            self._submit(missing[: self._batch_size(tiles)], stage)
            coarse = self._missing(tiles, Stage.COARSE)

    def _missing(self, tiles: list[Address], stage: Stage) -> list[Address]:
        """Of these tiles, those that are to be asked for."""
        on_the_way = {key for batch in self._batches.values() for key in batch.keys}
        open_tiles = (tile for tile in tiles if not self._is_settled(tile, stage))
        return [tile for tile in open_tiles if self._key(tile, stage) not in on_the_way]

    def _batch_size(self, tiles: list[Address]) -> int:
        info = self._brain.info
        largest = 1 if info is None else info.pace.batch_class
        is_begun = bool(self._batches) or any(map(self._has_something, tiles))
        return largest if is_begun else min(FIRST_BATCH, largest)

    def _submit(self, tiles: list[Address], stage: Stage) -> None:
        assert self.plane is not None
        if not self._batches:
            self.about_to_render.emit()
        number = self._thread.next_number()
        recipes = tuple(self.plane.recipe(tile, stage) for tile in tiles)
        self._batches[number] = _Batch(stage, tuple(self._key(tile, stage) for tile in tiles))
        job = RenderJob(number=number, recipes=recipes, previews=False, check_safety=self._checks_safety)
        self._thread.submit(job, priority=Priority.TILE)

    def _withdraw(self, numbers: list[int]) -> None:
        for number in numbers:
            if number not in self._withdrawn:
                self._withdrawn.add(number)
                self._thread.cancel(number)

    # Of a tile

    def _key(self, address: Address, stage: Stage) -> TileKey:
        known = self._keys.get((address, stage))
        if known is None:
            assert self.plane is not None
            if len(self._keys) > MOST_KEYS:
                self._keys.clear()
            known = self._keys[address, stage] = self.plane.key(address, stage)
        return known

    def _is_settled(self, address: Address, stage: Stage) -> bool:
        """Whether nothing is to be rendered for this stage. Nothing coarse is, where there is the fine image."""
        stages = (Stage.FINE,) if stage is Stage.FINE else (Stage.COARSE, Stage.FINE)
        keys = [self._key(address, stage) for stage in stages]
        return any(key in self._pictures or key in self._failures for key in keys)

    def _has_something(self, address: Address) -> bool:
        return self._is_settled(address, Stage.COARSE)
