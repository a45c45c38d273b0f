"""Renders that were asked for: from a recipe to a tile and a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from alienlab.app.archive import FinishedRender
from alienlab.app.comparison import Comparison, Tile, TileState
from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import Priority
from alienlab.app.workload import Workload
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import COMPILED, FLAGGED
from alienlab.domain.events import Cancelled, Done, Event, Failed, Failure, Finished, Image, Started, Step
from alienlab.domain.ports import RenderJob
from alienlab.domain.recipe import DiffusionRecipe

UNSAID = (FLAGGED, COMPILED)
"""Notes that stand beside an image and are no message."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A recipe with its ids."""

    recipe: DiffusionRecipe
    recipe_id: str
    key: str
    """Computation id."""

    @classmethod
    def of(cls, recipe: DiffusionRecipe, anatomy: Anatomy) -> Wanted:
        """Raise PatternMatchesNothing for a lesion without a module."""
        return cls(recipe, recipe.id(anatomy), recipe.computation_id(anatomy))


class Purpose(Enum):
    PREVIEW = auto()
    """A few steps, to see where it goes; not logged."""
    LIVE = auto()
    """Rendered by itself; cancelled when it is outdated."""
    ASKED = auto()
    """The user pressed Render."""


@dataclass(frozen=True, slots=True)
class _Submission:
    job: RenderJob
    wanted: tuple[Wanted, ...]
    purpose: Purpose


class Renders(QObject):
    """Submits jobs, and turns their events into tiles of the comparison."""

    finished = Signal(object)
    """A FinishedRender that is to be logged."""
    noted = Signal(str)
    """What the user should know of a render beside its image, once a job."""
    failed = Signal(str)
    """The sentence for a whole job that failed."""
    settled = Signal()
    """Nothing is asked for any more."""
    weights_changed = Signal()
    """The brain's weights are not what they were before a render."""

    def __init__(
        self,
        *,
        thread: GenerationThread,
        comparison: Comparison,
        workload: Workload,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._comparison = comparison
        self._workload = workload
        self._submissions: dict[int, _Submission] = {}
        self._notes: dict[str, None] = {}
        self._checks_safety = False

    @property
    def is_previewing(self) -> bool:
        return any(submission.purpose is Purpose.PREVIEW for submission in self._submissions.values())

    @property
    def is_busy(self) -> bool:
        return bool(self._submissions)

    def set_checks_safety(self, checks: bool) -> None:
        self._checks_safety = checks

    def render(self, wanted: Sequence[Wanted], *, purpose: Purpose) -> None:
        """Submit what is not asked for yet, as one job; the tiles must be in the comparison."""
        on_the_way = {
            entry.key
            for submission in self._submissions.values()
            if submission.purpose is not Purpose.PREVIEW
            for entry in submission.wanted
        }
        missing = tuple(entry for entry in wanted if entry.key not in on_the_way)
        if missing:
            for entry in missing:
                self._change(entry.key, lambda tile: replace(tile, state=TileState.WAITING, message="", step=0))
            self._submit(missing, tuple(entry.recipe for entry in missing), purpose)

    def preview(self, wanted: Sequence[Wanted], *, steps: int) -> None:
        """Show what ``steps`` denoising steps give, until the full render is there."""
        self.cancel(Purpose.PREVIEW)
        recipes = tuple(replace(entry.recipe, steps=min(steps, entry.recipe.steps)) for entry in wanted)
        if recipes:
            self._submit(tuple(wanted), recipes, Purpose.PREVIEW)

    def cancel(self, purpose: Purpose, *, keep: frozenset[str] = frozenset()) -> None:
        """Cancel jobs of one purpose, except those that render any of ``keep``."""
        for number, submission in list(self._submissions.items()):
            keys = {entry.key for entry in submission.wanted}
            if submission.purpose is purpose and not keys & keep:
                self._thread.cancel(number)

    def cancel_all(self) -> None:
        self._thread.cancel_all()

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        number = getattr(event, "job", None)
        submission = self._submissions.get(number) if number is not None else None
        if submission is None:
            return
        if submission.purpose is Purpose.PREVIEW:
            self._follow_preview(submission, event)
        else:
            self._follow_render(submission, event)
        if isinstance(event, Done | Cancelled) or (isinstance(event, Failed) and event.row is None):
            self._end(submission, event)

    def _submit(self, wanted: tuple[Wanted, ...], recipes: tuple[DiffusionRecipe, ...], purpose: Purpose) -> None:
        job = RenderJob(
            number=self._thread.next_number(),
            recipes=recipes,
            check_safety=self._checks_safety,
            recognise=purpose is not Purpose.PREVIEW,
        )
        self._submissions[job.number] = _Submission(job, wanted, purpose)
        self._workload.add(job)
        self._thread.submit(job, priority=Priority.PREVIEW if purpose is Purpose.PREVIEW else Priority.RENDER)

    def _follow_preview(self, submission: _Submission, event: Event) -> None:
        match event:
            case Step(row=row, preview=picture) if picture is not None:
                self._show_preview(submission.wanted[row].key, picture)
            case Finished(row=row, image=image):
                self._show_preview(submission.wanted[row].key, image)
            case Failed(row=int(row), message=message):
                self._change(submission.wanted[row].key, lambda tile: _failed(tile, message))

    def _follow_render(self, submission: _Submission, event: Event) -> None:
        match event:
            case Started(row=row):
                steps = submission.job.recipes[row].steps
                self._change(submission.wanted[row].key, lambda tile: _denoising(tile, 0, steps, None))
            case Step(row=row, step=step, steps=steps, preview=preview):
                self._change(submission.wanted[row].key, lambda tile: _denoising(tile, step, steps, preview))
            case Finished(row=row):
                self._finish(submission.wanted[row], event)
            case Failed(row=int(row), message=message):
                self._change(submission.wanted[row].key, lambda tile: _failed(tile, message))
            case Failed(row=None, message=message):
                for entry in submission.wanted:
                    self._change(entry.key, lambda tile: _failed(tile, message))
            case Cancelled():
                for entry in submission.wanted:
                    self._change(entry.key, _cancelled)

    def _finish(self, entry: Wanted, event: Finished) -> None:
        self._change(entry.key, lambda tile: _finished(tile, event))
        self._notes.update(dict.fromkeys(note for note in event.provenance.notes if note not in UNSAID))
        self.finished.emit(
            FinishedRender(
                recipe=entry.recipe,
                image=event.image,
                provenance=event.provenance,
                recipe_id=entry.recipe_id,
                computation_id=entry.key,
            )
        )

    def _end(self, submission: _Submission, event: Event) -> None:
        del self._submissions[submission.job.number]
        for note in self._notes:
            self.noted.emit(note)
        self._notes.clear()
        if isinstance(event, Done) and not event.intact:
            self.weights_changed.emit()
        if isinstance(event, Failed) and event.failure is not Failure.INTERNAL:
            self.failed.emit(event.message)
        if not self._submissions:
            self.settled.emit()

    def _show_preview(self, key: str, picture: Image) -> None:
        self._change(key, lambda tile: replace(tile, preview=picture, message="Preview"))

    def _change(self, key: str, change: Callable[[Tile], Tile]) -> None:
        """Change a tile that has no image yet."""
        if key in self._comparison and self._comparison[key].image is None:
            self._comparison.replace_tile(change(self._comparison[key]))


def _denoising(tile: Tile, step: int, steps: int, preview: Image | None) -> Tile:
    picture = tile.preview if preview is None else preview
    return replace(tile, state=TileState.DENOISING, step=step, steps=steps, preview=picture, message="")


def _finished(tile: Tile, event: Finished) -> Tile:
    return replace(
        tile,
        state=TileState.FINISHED,
        image=event.image,
        preview=None,
        provenance=event.provenance,
        recognition=event.recognition,
        message="",
    )


def _failed(tile: Tile, message: str) -> Tile:
    return replace(tile, state=TileState.FAILED, message=message, preview=None)


def _cancelled(tile: Tile) -> Tile:
    return replace(tile, state=TileState.CANCELLED, message="Cancelled. Press Ctrl+Enter to render it.")
