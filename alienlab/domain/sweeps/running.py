"""Carries a sweep out, task by task; who does the tasks, and where results are kept, is decided elsewhere."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.effects import THRESHOLDS, Effect, Measures, Yardsticks
from alienlab.domain.errors import SweepError
from alienlab.domain.events import Image, Latents
from alienlab.domain.ports import MeasureJob, Reference, RenderJob
from alienlab.domain.recipe import DiffusionRecipe, Precision
from alienlab.domain.sweeps.planning import Anchor, Computation, Plan, make_plan
from alienlab.domain.sweeps.refining import half_way, is_refinable, neighbours, with_values
from alienlab.domain.sweeps.sweep import Sweep, Value

FIRST_CHUNK = 8
"""Images of the first task, so that something is seen soon."""
MEASURED_AT_ONCE = 64
REFINED_AT_ONCE = 8


@dataclass(frozen=True, slots=True, eq=False)
class Rendered:
    """What a task gave for one recipe."""

    image: Image
    measures: Measures | None = None
    latents: Latents | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RenderTask:
    """Recipes to render, measured against references. Answered with a ``RenderAnswer``."""

    computations: tuple[Computation, ...]
    references: Mapping[str, Reference] = field(default_factory=dict)
    """By the computation id of the reference; a computation whose reference is missing is not measured."""
    batch_class: int | None = None
    is_kept: bool = True
    """Whether the images belong into the log."""

    def job(self, number: int, rows: Sequence[int] | None = None) -> RenderJob:
        """All of it, or the ``rows`` that are left of it."""
        left = self.computations if rows is None else tuple(self.computations[row] for row in rows)
        keys = tuple(self.references)
        against = tuple(keys.index(one.reference) if one.reference in keys else None for one in left)
        return RenderJob(
            number=number,
            recipes=tuple(one.recipe for one in left),
            previews=False,
            batch_class=self.batch_class,
            recognise=self.is_kept,
            references=tuple(self.references.values()),
            against=against if keys else (),
            keep_latents=not keys,
        )


@dataclass(frozen=True, slots=True, eq=False)
class RenderAnswer:
    """For each row of the task its render, or why there is none."""

    rendered: Mapping[int, Rendered]
    failures: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class MeasureTask:
    """Images to measure against one reference. Answered with their measures, in order."""

    images: tuple[Image, ...]
    reference: Reference

    def job(self, number: int) -> MeasureJob:
        return MeasureJob(
            number=number, images=self.images, references=(self.reference,), against=(0,) * len(self.images)
        )


Task = RenderTask | MeasureTask
Answer = RenderAnswer | Sequence[Measures]
Tasks = Generator[Task, Answer, None]


class Store(Protocol):
    """Where results are kept, by computation id."""

    def image(self, key: str) -> Image | None: ...

    def latents(self, key: str) -> Latents | None: ...

    def measures(self, reference: str) -> Mapping[str, Measures]:
        """All that were measured against a reference."""
        ...

    def yardsticks(self, reference: str) -> Yardsticks | None: ...

    def keep_latents(self, key: str, latents: Latents) -> None: ...

    def keep_measures(self, reference: str, measures: Mapping[str, Measures]) -> None: ...

    def keep_yardsticks(self, reference: str, yardsticks: Yardsticks) -> None: ...

    def keep_sweep(self, sweep: Sweep, keys: Sequence[str]) -> None:
        """Keep a sweep that has been refined; ``keys`` are the computation ids of its trials."""
        ...


class SweepRun:
    """A sweep on its way: what is known of it so far, and what is to be done next.

    Nothing that the store has is done again, so a run that was broken off goes on where it was.
    """

    def __init__(self, plan: Plan, store: Store, anatomy: Anatomy, *, batch: int) -> None:
        """``batch`` is the number of images that are rendered together at best."""
        self.plan = plan
        self._store, self._anatomy, self._batch = store, anatomy, max(1, batch)
        self._references: dict[str, Reference] = {}
        self._measures: dict[str, dict[str, Measures]] = {}
        """By reference, then by computation id."""
        self._yardsticks: dict[str, Yardsticks] = {}
        self._done: set[str] = set(plan.known)
        self._failures: dict[str, str] = {}
        self._gaps: dict[tuple[str, str], float] = {}

    @property
    def failures(self) -> Mapping[str, str]:
        """Why there is no image, by computation id."""
        return self._failures

    @property
    def done(self) -> frozenset[str]:
        """Computation ids whose images are there."""
        return frozenset(self._done)

    def fraction(self) -> float:
        """Share of what the plan lacked at first that is done, 0 to 1."""
        missing = self.plan.missing
        ended = sum(one.key in self._done or one.key in self._failures for one in missing)
        return ended / len(missing) if missing else 1.0

    def yardsticks(self, reference: str) -> Yardsticks | None:
        return self._yardsticks.get(reference)

    def effect(self, key: str, reference: str) -> Effect | None:
        """None while one of the two is not measured."""
        measured = self._measures.get(reference, {})
        if key not in measured or reference not in measured:
            return None
        return Effect(measured[key], measured[reference], self._yardsticks.get(reference))

    def recall(self) -> None:
        """Take in what the store knows already."""
        for anchor in self.plan.anchors:
            self._recall(anchor)

    def tasks(self) -> Tasks:
        """What is to be done, one task after another; each is to be answered before the next is asked for.

        Raises SweepError where an intact render fails: nothing can be measured then.
        """
        yield from self._work_off()
        while self.plan.sweep.refinements > 0 and is_refinable(self.plan.sweep):
            added = yield from self._jumps()
            if not added:
                break
            self._extend(added)
            yield from self._work_off()

    def _work_off(self) -> Tasks:
        self.recall()
        yield from self._anchor()
        yield from self._measure_known()
        yield from self._render_missing()

    # Intact renders and yardsticks

    def _recall(self, anchor: Anchor) -> None:
        self._measures.setdefault(anchor.key, {}).update(self._store.measures(anchor.key))
        yardsticks = self._store.yardsticks(anchor.key)
        if yardsticks is not None:
            self._yardsticks[anchor.key] = yardsticks

    def _anchor(self) -> Tasks:
        anchors = self.plan.anchors
        intact = [Computation(anchor.key, anchor.recipe, anchor.key) for anchor in anchors]
        wanted = {one.key: one for one in (*intact, *(one for anchor in anchors for one in self._lacking(anchor)))}
        for chunk in _chunks([one for one in wanted.values() if one.key not in self._done], self._batch):
            answer = yield RenderTask(computations=chunk)
            for one, rendered in self._take(chunk, answer):
                if any(one.key == anchor.key for anchor in anchors) and rendered.latents is not None:
                    self._store.keep_latents(one.key, rendered.latents)
                    self._references[one.key] = _reference(one.recipe, rendered.image, rendered.latents)
        for anchor in anchors:
            yield from self._gauge(anchor)

    def _lacking(self, anchor: Anchor) -> tuple[Computation, ...]:
        """The renders of other seeds, while their yardstick is not known."""
        return () if anchor.key in self._yardsticks else anchor.spread

    def _gauge(self, anchor: Anchor) -> Tasks:
        """Measure the intact render itself, and its yardsticks where trials need them."""
        reference = self._reference_of(anchor)
        if anchor.key not in self._measures[anchor.key]:
            measures = yield MeasureTask((reference.image,), reference)
            self._keep(anchor.key, {anchor.key: _measured(measures)[0]})
        if not self._lacking(anchor):
            return
        images = [image for one in anchor.spread if (image := self._store.image(one.key)) is not None]
        if not images:
            raise SweepError("No intact render of another seed came about, so nothing says how far another image is.")
        seeds = _measured((yield MeasureTask(tuple(images), reference)))
        rounding = yield from self._rounding(anchor, reference)
        yardsticks = Yardsticks.of(rounding=rounding, seeds=seeds)
        self._yardsticks[anchor.key] = yardsticks
        self._store.keep_yardsticks(anchor.key, yardsticks)

    def _rounding(self, anchor: Anchor, reference: Reference) -> Generator[Task, Answer, list[Measures]]:
        """The intact render computed in another batch class, alone, and in full precision."""
        exact = replace(anchor.recipe, precision=Precision.FP32)
        recipes: Iterable[DiffusionRecipe] = dict.fromkeys((anchor.recipe, exact))
        probes = tuple(Computation("", recipe, anchor.key) for recipe in recipes)
        answer = yield RenderTask(computations=probes, references={anchor.key: reference}, batch_class=1, is_kept=False)
        assert isinstance(answer, RenderAnswer)
        measures = [one.measures for one in answer.rendered.values() if one.measures is not None]
        return measures or [self._measures[anchor.key][anchor.key]]

    def _reference_of(self, anchor: Anchor) -> Reference:
        if anchor.key not in self._references:
            image = self._store.image(anchor.key)
            if image is None:
                reason = self._failures.get(anchor.key, "its file is gone or damaged")
                raise SweepError(f"There is no intact image to measure against: {reason.rstrip('.')}.")
            self._references[anchor.key] = _reference(anchor.recipe, image, self._store.latents(anchor.key))
        return self._references[anchor.key]

    # Trials

    def _measure_known(self) -> Tasks:
        """Images that are there and were not measured: they are of another sweep, or it was broken off."""
        for anchor in self.plan.anchors:
            measured = self._measures[anchor.key]
            lacking = [
                one.key
                for one in self.plan.computations
                if one.reference == anchor.key and one.key in self._done and one.key not in measured
            ]
            for start in range(0, len(lacking), MEASURED_AT_ONCE):
                keys = lacking[start : start + MEASURED_AT_ONCE]
                found = {key: image for key in keys if (image := self._store.image(key)) is not None}
                self._done.difference_update(key for key in keys if key not in found)
                if found:
                    answer = yield MeasureTask(tuple(found.values()), self._reference_of(anchor))
                    self._keep(anchor.key, dict(zip(found, _measured(answer), strict=True)))

    def _render_missing(self) -> Tasks:
        missing = [one for one in self.plan.computations if one.key not in self._done]
        for chunk in _chunks(missing, self._batch, first=min(FIRST_CHUNK, self._batch)):
            references = {key: self._references[key] for key in dict.fromkeys(one.reference for one in chunk)}
            answer = yield RenderTask(computations=chunk, references=references)
            for one, rendered in self._take(chunk, answer):
                if rendered.measures is not None:
                    self._keep(one.reference, {one.key: rendered.measures})

    def _take(self, chunk: Sequence[Computation], answer: Answer) -> Iterator[tuple[Computation, Rendered]]:
        assert isinstance(answer, RenderAnswer)
        for row, one in enumerate(chunk):
            if row in answer.rendered:
                self._done.add(one.key)
                self._failures.pop(one.key, None)
                yield one, answer.rendered[row]
            else:
                self._failures[one.key] = answer.failures.get(row, "It was not rendered.")

    def _keep(self, reference: str, measures: Mapping[str, Measures]) -> None:
        self._measures.setdefault(reference, {}).update(measures)
        self._store.keep_measures(reference, measures)

    # Refinement

    def _jumps(self) -> Generator[Task, Answer, list[Value]]:
        """Values half-way between neighbours whose images differ most, where they differ visibly."""
        keys = {trial.values[0]: key for trial, key in zip(self.plan.trials, self.plan.keys, strict=True)}
        gaps: list[tuple[float, Value, Value]] = []
        for one, other in neighbours(self.plan.sweep.axes[0]):
            gap = yield from self._gap(keys[one], keys[other])
            if gap is not None and gap >= self._visible():
                gaps.append((gap, one, other))
        gaps.sort(key=lambda entry: entry[0], reverse=True)
        count = min(REFINED_AT_ONCE, self.plan.sweep.refinements)
        return [half_way(one, other) for _, one, other in gaps[:count]]

    def _gap(self, first: str, second: str) -> Generator[Task, Answer, float | None]:
        if (first, second) not in self._gaps:
            images = self._store.image(first), self._store.image(second)
            if images[0] is None or images[1] is None:
                return None
            answer = yield MeasureTask((images[1],), Reference(prompt="", image=images[0]))
            found = _measured(answer)[0]
            self._gaps[first, second] = found.structural if found.perceptual is None else found.perceptual
        return self._gaps[first, second]

    def _visible(self) -> float:
        """The gap from which neighbours are parted: what makes an alteration of a nuance."""
        spreads = [
            one.spread_structural if one.spread_perceptual is None else one.spread_perceptual
            for one in self._yardsticks.values()
        ]
        return THRESHOLDS.nuance * min(spreads) if spreads else 0.05

    def _extend(self, added: Sequence[Value]) -> None:
        sweep = with_values(self.plan.sweep, added)
        self.plan = make_plan(sweep, self._anatomy, is_known=self._done.__contains__)
        self._store.keep_sweep(sweep, self.plan.keys)


def _reference(recipe: DiffusionRecipe, image: Image, latents: Latents | None) -> Reference:
    return Reference(prompt=str(recipe.prompt), image=image, latents=latents)


def _measured(answer: Answer) -> list[Measures]:
    assert not isinstance(answer, RenderAnswer)
    return list(answer)


def _chunks(items: Sequence[Computation], size: int, *, first: int | None = None) -> Iterator[tuple[Computation, ...]]:
    rest = iter(items)
    chunk = tuple(itertools.islice(rest, first or size))
    while chunk:
        yield chunk
        chunk = tuple(itertools.islice(rest, size))


Watcher = Callable[[SweepRun], None]
"""Told after every task."""
