"""Carries sweeps out in the calling process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Event, Failed, Finished, Measured
from alienlab.domain.ports import Engine
from alienlab.domain.sweeps.planning import Computation
from alienlab.domain.sweeps.running import Answer, MeasureTask, RenderAnswer, Rendered, RenderTask, SweepRun, Task
from alienlab.session.log.store import Session

Watch = Callable[[Event], None]


class Sweeper:
    """Gives tasks to the engine, and logs every image as it comes."""

    def __init__(
        self, engine: Engine, anatomy: Anatomy, session: Session, *, numbers: Iterator[int], watch: Watch
    ) -> None:
        self._engine, self._anatomy, self._session = engine, anatomy, session
        self._numbers, self._watch = numbers, watch

    def carry_out(self, run: SweepRun, *, after_task: Callable[[SweepRun], object]) -> None:
        """Work a sweep off. What was rendered before an error stays in the session."""
        tasks = run.tasks()
        task = next(tasks, None)
        while task is not None:
            answer = self._perform(task)
            try:
                task = tasks.send(answer)
            except StopIteration:
                task = None
            after_task(run)

    def _perform(self, task: Task) -> Answer:
        number = next(self._numbers)
        if isinstance(task, MeasureTask):
            events = self._engine.measure(task.job(number))
            return [event.measures for event in events if isinstance(event, Measured)]
        return self._render(task, number)

    def _render(self, task: RenderTask, number: int) -> RenderAnswer:
        rendered: dict[int, Rendered] = {}
        failures: dict[int, str] = {}
        for event in self._engine.render(task.job(number)):
            self._watch(event)
            match event:
                case Finished(row=row, image=image, measures=measures, latents=latents):
                    if task.is_kept:
                        self._log(task.computations[row], event)
                    rendered[row] = Rendered(image, measures, latents)
                case Failed(row=None, message=message):
                    raise AlienLabError(message)
                case Failed(row=int(row), message=message):
                    failures[row] = message
        return RenderAnswer(rendered, failures)

    def _log(self, computation: Computation, event: Finished) -> None:
        recipe = computation.recipe
        self._session.save(
            recipe,
            event.image,
            event.provenance,
            recipe_id=recipe.id(self._anatomy),
            computation_id=computation.key,
        )
