"""Runs one sweep at a time, between what the user asks for."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from alienlab.app.archive import Archive, FinishedRender
from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import Priority
from alienlab.app.messages import Message, Tone
from alienlab.app.open_brain import OpenBrain
from alienlab.app.session_keeper import SessionKeeper
from alienlab.app.sweeps.kept import KeptResults
from alienlab.app.workload import Workload
from alienlab.domain.effects import Measures
from alienlab.domain.errors import AlienLabError, SweepError
from alienlab.domain.events import Cancelled, Done, Event, Failed, Failure, Finished, Image, Measured
from alienlab.domain.sweeps.planning import Plan, make_plan
from alienlab.domain.sweeps.results import Result, results
from alienlab.domain.sweeps.running import Answer, RenderAnswer, Rendered, RenderTask, SweepRun, Task, Tasks
from alienlab.domain.sweeps.sweep import Sweep
from alienlab.session.log.store import RenderRecord
from alienlab.session.log.sweep_log import SweepRecord, SweepState

NO_RECOGNISER = (
    "This brain brings no recogniser: effects are measured by structure (SSIM) alone, and no concept can be said to be "
    "lost. Choose a CLIP model to measure what images are of."
)


class SweepRunner(QObject):
    """Holds the sweep that is shown, whether it runs, rests or is over, and gives its tasks to the thread.

    What the user asks for goes first: the task at hand is broken off for it and taken up again.
    """

    changed = Signal()
    """Another sweep is shown, or none, or its state changed."""
    progressed = Signal()
    """There are further results."""
    finished = Signal()
    """The sweep is done."""
    message = Signal(object)

    def __init__(
        self,
        *,
        thread: GenerationThread,
        brain: OpenBrain,
        session: SessionKeeper,
        archive: Archive,
        workload: Workload,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._brain = brain
        self._session = session
        self._archive = archive
        self._workload = workload
        self._kept: KeptResults | None = None
        self._run: SweepRun | None = None
        self._state = SweepState.DONE
        self._tasks: Tasks | None = None
        self._task: Task | None = None
        self._job: int | None = None
        self._rendered: dict[int, Rendered] = {}
        self._failures: dict[int, str] = {}
        self._measured: list[Measures] = []
        self._rows: tuple[int, ...] = ()
        """Of the task, those that the job holds."""
        self._is_interrupted = False
        self._clock = QElapsedTimer()
        self._share_at_start = 0.0
        session.saved.connect(self._let_go)
        archive.freed.connect(self._take_time)
        session.changed.connect(self._take_session)

    # What is shown

    @property
    def sweep(self) -> Sweep | None:
        return None if self._run is None else self._run.plan.sweep

    @property
    def plan(self) -> Plan | None:
        return None if self._run is None else self._run.plan

    @property
    def state(self) -> SweepState:
        return self._state

    @property
    def is_running(self) -> bool:
        return self._run is not None and self._state is SweepState.RUNNING

    @property
    def is_resumable(self) -> bool:
        return self._run is not None and self._state in (SweepState.PAUSED, SweepState.CANCELLED)

    @property
    def fraction(self) -> float:
        """Share of the missing renders that is done, 0 to 1."""
        return 0.0 if self._run is None else self._run.fraction()

    @property
    def seconds_left(self) -> float | None:
        """From the pace since it was begun or resumed; before that, what the plan says; None where it does not run."""
        info = self._brain.info
        if self._run is None or not self.is_running or info is None or self._workload.resting:
            return None
        done = self.fraction - self._share_at_start
        if done > 0:
            return self._clock.elapsed() / 1000 * (1 - self.fraction) / done
        return self._run.plan.seconds(info) * (1 - self.fraction)

    def results(self) -> list[Result]:
        """A result for each trial; empty where nothing is shown."""
        anatomy = self._brain.anatomy
        return [] if self._run is None or anatomy is None else results(self._run, anatomy)

    def image(self, key: str) -> Image | None:
        """The image of a computation; None where it is not there."""
        return None if self._kept is None else self._kept.image(key)

    def records(self) -> list[SweepRecord]:
        """The sweeps of the session, newest first."""
        return [] if self._kept is None else self._kept.records()

    def will_render(self, key: str) -> bool:
        """Whether the image of a computation comes by the running sweep, or has come just now."""
        if self._run is None or not self.is_running or key in self._run.failures:
            return False
        return any(one.key == key for one in self._run.plan.missing)

    # What is done with it

    def start(self, sweep: Sweep) -> None:
        """Begin a sweep in place of the one that is shown, which rests if it runs."""
        if self._take(sweep, SweepState.RUNNING) and self._kept is not None:
            self._kept.add(sweep, () if self._run is None else self._run.plan.keys)
            self._tell_of_recogniser()
            self._begin()

    def show(self, record: SweepRecord) -> None:
        """Show an earlier sweep; one that was broken off rests."""
        state = SweepState.PAUSED if record.state is SweepState.RUNNING else record.state
        self._take(record.sweep, state)

    def recall_last(self) -> None:
        """Show the session's newest sweep of the open brain, and offer to go on with one that was broken off."""
        info = self._brain.info
        record = next((one for one in self.records() if info is not None and one.sweep.base.brain == info.hash), None)
        if record is None or self._run is not None:
            return
        self.show(record)
        if record.state in (SweepState.RUNNING, SweepState.PAUSED):
            text = f"The sweep “{record.sweep.title}” is not finished: {self.fraction:.0%} are there."
            self.message.emit(Message(text, Tone.NOTE, ("sweep.resume",)))

    def pause(self) -> None:
        """Let the sweep rest; what is being rendered is broken off."""
        self._stop(SweepState.PAUSED)

    def resume(self) -> None:
        """Go on with a sweep that rests or was cancelled."""
        if self._run is not None and not self.is_running and self._take(self._run.plan.sweep, SweepState.RUNNING):
            self._set_state(SweepState.RUNNING)
            self._begin()

    def cancel(self) -> None:
        """Stop the sweep; what is rendered stays, and it can still be resumed."""
        self._stop(SweepState.CANCELLED)

    def interrupt(self) -> None:
        """Let what the user asks for go first: break the task at hand off, and take it up again after that."""
        if self._job is not None and isinstance(self._task, RenderTask):
            self._is_interrupted = True
            self._thread.cancel(self._job)

    def close(self) -> None:
        """Leave the sweep as it is; it can be resumed when the session is opened again."""
        self._tasks = self._task = self._job = self._kept = None

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        if self._job is None or getattr(event, "job", None) != self._job:
            return
        match event:
            case Finished(row=row):
                self._take_image(self._rows[row], event)
            case Measured(measures=measures):
                self._measured.append(measures)
            case Failed(row=int(row), message=message):
                self._failures[self._rows[row]] = message
            case Failed(row=None):
                self._break_off(event)
            case Cancelled():
                self._take_cancel()
            case Done():
                self._answer()

    # Beginning and ending

    def _take(self, sweep: Sweep, state: SweepState) -> bool:
        """Show a sweep; False, with a message, where it cannot be."""
        info, anatomy, session = self._brain.info, self._brain.anatomy, self._session.session
        if self.is_running:
            self.pause()
        try:
            if session is None or self._kept is None:
                raise SweepError("No session is open, so a sweep would not be kept. Open one from the File menu.")
            if info is None or anatomy is None:
                raise SweepError("No brain is open yet. Wait until it is, or open one from the File menu.")
            if sweep.base.brain != info.hash:
                raise SweepError("This sweep was made with another brain. Open that brain to see it or to go on.")
            plan = make_plan(sweep, anatomy, is_known=self._kept.has)
            self._run = SweepRun(plan, self._kept, anatomy, batch=info.pace.batch_class)
            self._run.recall()
        except AlienLabError as error:
            self.message.emit(Message(str(error)))
            return False
        self._state = state
        self.changed.emit()
        return True

    def _tell_of_recogniser(self) -> None:
        info = self._brain.info
        if info is not None and info.recogniser is None:
            self.message.emit(Message(NO_RECOGNISER, Tone.WARNING, ("recogniser.choose",)))

    def _begin(self) -> None:
        assert self._run is not None
        self._tasks = self._run.tasks()
        self._take_time()
        self._next(None)

    def _take_time(self) -> None:
        """Count the pace from now on."""
        self._clock.start()
        self._share_at_start = self.fraction

    def _stop(self, state: SweepState) -> None:
        if not self.is_running:
            if self.is_resumable and state is SweepState.CANCELLED:
                self._set_state(state)
            return
        job, self._job = self._job, None
        self._tasks = self._task = None
        if job is not None:
            self._thread.cancel(job)
        self._set_state(state)

    def _set_state(self, state: SweepState) -> None:
        self._state = state
        if self._kept is not None and self.sweep is not None:
            self._kept.set_state(self.sweep.id, state)
        self.changed.emit()

    def _take_session(self) -> None:
        """Another session: its sweeps are others, and what is being rendered for the last one is of no use to it."""
        job = self._job
        self.close()
        if job is not None:
            self._thread.cancel(job)
        session = self._session.session
        self._kept = None if session is None else KeptResults(session, self._archive)
        self._run, self._state = None, SweepState.DONE
        self.changed.emit()

    # Tasks

    def _next(self, answer: Answer | None) -> None:
        assert self._tasks is not None
        try:
            self._task = next(self._tasks) if answer is None else self._tasks.send(answer)
        except StopIteration:
            self._end(SweepState.DONE)
            self.finished.emit()
            return
        except AlienLabError as error:
            self._end(SweepState.PAUSED)
            self.message.emit(Message(str(error)))
            return
        self._rendered, self._failures = {}, {}
        self._submit()

    def _end(self, state: SweepState) -> None:
        self._tasks = self._task = self._job = None
        self._set_state(state)
        self.progressed.emit()

    def _submit(self) -> None:
        """Ask for the task at hand, or for what is left of it."""
        number = self._thread.next_number()
        self._job, self._measured = number, []
        if isinstance(self._task, RenderTask):
            every = range(len(self._task.computations))
            self._rows = tuple(row for row in every if row not in self._rendered and row not in self._failures)
            job = self._task.job(number, self._rows)
            self._workload.add(job)
            self._thread.submit(job, priority=Priority.SWEEP)
        elif self._task is not None:
            self._thread.submit(self._task.job(number), priority=Priority.SWEEP)

    def _take_image(self, row: int, event: Finished) -> None:
        assert isinstance(self._task, RenderTask)
        self._rendered[row] = Rendered(event.image, event.measures, event.latents)
        if self._task.is_kept:
            self._log(row, event)

    def _log(self, row: int, event: Finished) -> None:
        anatomy = self._brain.anatomy
        if not isinstance(self._task, RenderTask) or anatomy is None or self._kept is None:
            return
        one = self._task.computations[row]
        self._kept.hold(one.key, event.image)
        self._session.save(
            FinishedRender(
                recipe=one.recipe,
                image=event.image,
                provenance=event.provenance,
                recipe_id=one.recipe.id(anatomy),
                computation_id=one.key,
            )
        )

    def _answer(self) -> None:
        task, self._job, self._is_interrupted = self._task, None, False
        self._next(RenderAnswer(self._rendered, self._failures) if isinstance(task, RenderTask) else self._measured)
        self.progressed.emit()

    def _take_cancel(self) -> None:
        """Where the user goes first the task waits again in the queue; else someone stopped everything."""
        if self._is_interrupted:
            self._is_interrupted = False
            self._submit()
        else:
            self._end(SweepState.PAUSED)

    def _break_off(self, event: Failed) -> None:
        self._end(SweepState.PAUSED)
        if event.failure is not Failure.INTERNAL:
            text = f"{event.message} The sweep rests; what it has is kept."
            self.message.emit(Message(text, Tone.ERROR, ("sweep.resume",)))

    def _let_go(self, record: RenderRecord) -> None:
        if self._kept is not None:
            self._kept.let_go(record)
