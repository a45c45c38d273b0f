"""An open brain to experiment on, from Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, TypedDict, TypeVar, Unpack

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo, Provenance
from alienlab.domain.concepts import ConceptExpression, Prompt
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Embedded, Event, Failed, Finished, Opened, Recognised
from alienlab.domain.filmstrip import Filmstrip
from alienlab.domain.laboratories.equipment import Equipment
from alienlab.domain.laboratories.operations import completed
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource, EmbedJob, RecogniseJob, RenderJob
from alienlab.domain.recipe import DiffusionRecipe, Precision
from alienlab.domain.recognition import Recognition
from alienlab.domain.space import archipelago, inquiries
from alienlab.domain.space.archipelago import INTACT, REACH, IslandWish, Mind, Sighting
from alienlab.domain.space.breadth import Breadth
from alienlab.domain.space.evaluation import Point
from alienlab.domain.space.formula import read_concept
from alienlab.domain.space.inquiries import Coast
from alienlab.domain.space.islands import THRESHOLD, Island, Survey, known_word
from alienlab.domain.space.walks import Walk
from alienlab.domain.sweeps.planning import Plan, make_plan
from alienlab.domain.sweeps.results import Result, results
from alienlab.domain.sweeps.running import SweepRun
from alienlab.domain.sweeps.sweep import Axis, Sweep, new_id
from alienlab.engine.local import LocalEngine
from alienlab.engine.offered import Offered
from alienlab.engine.schedulers import scheduler_class_name
from alienlab.extensions.loading import called
from alienlab.extensions.of_user import plugins_of_user
from alienlab.lab.exploring import Explorer
from alienlab.lab.sweeping import Sweeper
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.records import RenderRecord
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepLog, SweepState
from alienlab.session.paths import AppPaths, embedded_brain
from alienlab.session.png import write_png

Lesions = str | LesionSpec | Iterable[str | LesionSpec]
Watch = Callable[[Event], None]
"""Told every event of the engine."""


class RenderOptions(TypedDict, total=False):
    """What may be said of a render beside its prompt; what is left out or None is the brain's own choice."""

    negative: str
    seed: int
    steps: int | None
    guidance: float | None
    scheduler: str | None
    """Short name, such as ``ddim``, or diffusers' class name."""
    width: int | None
    """Pixels, as ``height``."""
    height: int | None
    lesions: Lesions


@dataclass(frozen=True, slots=True)
class Render:
    """An image with the recipe that made it."""

    image: Image.Image
    recipe: DiffusionRecipe
    provenance: Provenance

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """RGB: [height, width, 3]."""
        return np.asarray(self.image)

    def save(self, path: str | Path) -> None:
        """Write a PNG whose text chunks hold recipe and provenance."""
        write_png(Path(path), np.asarray(self.image), self.recipe, self.provenance)

    def log(self, session: Session, anatomy: Anatomy) -> RenderRecord:
        """Keep it in a session."""
        return session.save(
            self.recipe,
            np.asarray(self.image),
            self.provenance,
            recipe_id=self.recipe.id(anatomy),
            computation_id=self.recipe.computation_id(anatomy),
        )


class Lab:
    """An open brain to experiment on.

    ``brain`` is a folder or a hub id, the embedded brain where it is None. ``device`` is a torch device;
    ``precision`` is ``fp32``, ``bf16`` or ``fp16``, and measured where it is None. ``recogniser`` is the folder
    or hub id of a CLIP, the brain's own where it is None. With ``compile_passes`` the first batch of a size takes a
    minute more, and later ones are faster on a GPU. ``watch`` is told every event, for progress. Raises BrainError
    where the brain cannot be opened.
    """

    def __init__(
        self,
        brain: str | Path | None = None,
        *,
        device: str | None = None,
        precision: str | None = None,
        allow_pickle: bool = False,
        recogniser: str | Path | None = None,
        compile_passes: bool = False,
        watch: Watch = lambda event: None,
    ) -> None:
        self._engine = LocalEngine(AppPaths.of_user().cache, offered=Offered(called))
        equipment = Equipment.of(plugins_of_user())
        self._engine.equip(equipment)
        self._operations = equipment.operations
        self._jobs = count()
        self._watch = watch
        source = BrainSource(
            location=str(brain or embedded_brain()),
            device=device,
            precision=Precision(precision) if precision else None,
            allow_pickle=allow_pickle,
            recogniser=str(recogniser) if recogniser else None,
            compile_passes=compile_passes,
        )
        opened = None
        for event in self._engine.open(source):
            watch(event)
            opened = event if isinstance(event, Opened) else opened
        if opened is None:
            raise AlienLabError(f"{source.location} could not be opened.")
        self.info: BrainInfo = opened.info
        self.anatomy: Anatomy = opened.anatomy

    def __enter__(self) -> Lab:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def network(self) -> Any:
        """The intact UNet in fp32 as diffusers made it, to look at; renders use a copy of it."""
        return self._engine.network()

    def close(self) -> None:
        """Let go of the brain."""
        self._engine.close()

    def recipe(self, prompt: str | ConceptExpression = "", **options: Unpack[RenderOptions]) -> DiffusionRecipe:
        """What ``render`` would render."""
        info = self.info
        scheduler = options.get("scheduler")
        return DiffusionRecipe(
            brain=info.hash,
            prompt=Prompt(prompt) if isinstance(prompt, str) else prompt,
            negative=Prompt(options.get("negative", "")),
            seed=options.get("seed", 0),
            steps=_given(options.get("steps"), info.steps),
            guidance=_given(options.get("guidance"), info.guidance),
            scheduler=info.scheduler if scheduler is None else scheduler_class_name(scheduler),
            width=_given(options.get("width"), info.width),
            height=_given(options.get("height"), info.height),
            lesions=tuple(completed(spec, self._operations) for spec in _specs(options.get("lesions", ()))),
            precision=info.precision,
        )

    def render(self, prompt: str | ConceptExpression = "", **options: Unpack[RenderOptions]) -> Render:
        """One image; ``lesions`` is one lesion text or several, such as ``"mid_block.*:zero"``."""
        return self.render_all([self.recipe(prompt, **options)])[0]

    def render_all(self, recipes: Iterable[DiffusionRecipe], *, batch_class: int | None = None) -> list[Render]:
        """Images of many recipes, batched, in their order.

        Raises AlienLabError with the first failure where one gives no image.
        """
        made: list[Render] = []
        for one in self.attempt_all(recipes, batch_class=batch_class):
            if isinstance(one, str):
                raise AlienLabError(one)
            made.append(one)
        return made

    def attempt_all(self, recipes: Iterable[DiffusionRecipe], *, batch_class: int | None = None) -> list[Render | str]:
        """Images of many recipes, batched, in their order; where one gives no image, the reason in its place."""
        wanted = tuple(recipes)
        ended: dict[int, Render | str] = {}
        job = RenderJob(number=next(self._jobs), recipes=wanted, previews=False, batch_class=batch_class)
        for event in self._engine.render(job):
            self._watch(event)
            match event:
                case Failed(row=None, message=message):
                    raise AlienLabError(message)
                case Failed(row=int(row), message=message):
                    ended[row] = message
                case Finished(row=row, image=image, provenance=provenance):
                    ended[row] = Render(Image.fromarray(image), wanted[row], provenance)
        return [ended[row] for row in range(len(wanted))]

    def locate(self, expressions: Sequence[ConceptExpression]) -> list[Point]:
        """Points of concept space as arrays [tokens, dims]. Raises AlienLabError where one cannot be."""
        return self._explorer().ask(inquiries.locate(tuple(expressions)))

    def embed(self, images: Iterable[Render | Image.Image | NDArray[np.uint8]]) -> NDArray[np.float32]:
        """The recogniser's embeddings [images, dims], of length 1. Raises RecogniserError as ``recognise``."""
        job = EmbedJob(number=next(self._jobs), images=tuple(map(_pixels, images)))
        return np.stack([event.embedding for event in self._engine.embed(job) if isinstance(event, Embedded)])

    def space_radius(self) -> float:
        """R: root mean square distance of the points of prompts from their mean."""
        return self._explorer().ask(archipelago.space_radius())

    def walk(self, walk: Walk, **options: Unpack[RenderOptions]) -> list[Render | str]:
        """Imagine every point of a walk with the same noise; where one gives no image, the reason in its place."""
        return self.attempt_all([self.recipe(point, **options) for point in walk.points])

    def island(
        self,
        center: str | ConceptExpression,
        *,
        concept: str | None = None,
        directions: Iterable[int] = range(32),
        reach: float = REACH,
        threshold: float = THRESHOLD,
        **options: Unpack[RenderOptions],
    ) -> tuple[Island, Coast]:
        """How far around a point the concept holds; ``reach`` is in units of ``space_radius``.

        A text is read as ``read_concept`` does; ``concept`` is a word of the recogniser, the first of the text's own
        where it is None. Raises SweepError for a word that the recogniser does not know, with words like it.
        """
        point = read_concept(center) if isinstance(center, str) else center
        word = known_word(concept, str(point), self.info.vocabulary)
        radius = self.space_radius()
        survey = Survey(tuple(directions), reach * radius, threshold)
        base = self.recipe(point, **options)
        coast = self._explorer().ask(inquiries.coast(base, word, survey))
        dimensions = self.info.tokens * self.info.dims
        return Island(str(point), word, base.seed, coast.edges, radius, dimensions), coast

    def islands_of(
        self,
        center: str | ConceptExpression,
        minds: Sequence[Mind] = (INTACT,),
        *,
        noises: Iterable[int] = (0,),
        concept: str | None = None,
        directions: Iterable[int] = range(6),
        reach: float = REACH,
        threshold: float = THRESHOLD,
        **options: Unpack[RenderOptions],
    ) -> list[Sighting]:
        """As ``island``, in each of ``minds`` with each noise; those of ``each_lesioned`` lack one region each.

        A mind in which the concept does not hold at the centre has lost it. Raises SweepError where the first one has.
        """
        point = read_concept(center) if isinstance(center, str) else center
        wish = IslandWish(
            base=self.recipe(point, **options),
            concept=known_word(concept, str(point), self.info.vocabulary),
            directions=tuple(directions),
            noises=tuple(noises),
            minds=tuple(minds),
            dimensions=self.info.tokens * self.info.dims,
            reach=reach,
            threshold=threshold,
        )
        return self._explorer().ask(archipelago.lesioned(wish, self.anatomy))

    def breadth(self, walk: Walk, **options: Unpack[RenderOptions]) -> Breadth:
        """How varied the images at these points are, such as those of ``gallery``. Needs a recogniser."""
        return self._explorer().ask(inquiries.breadth([self.recipe(point, **options) for point in walk.points]))[0]

    def film(self, prompt: str | ConceptExpression = "", **options: Unpack[RenderOptions]) -> Filmstrip:
        """A render step by step: latents, images, and what they are of where there is a recogniser.

        A render that collapses in half precision and is computed again in fp32 shows both attempts.
        """
        recipe = self.recipe(prompt, **options)
        return self._explorer().ask(inquiries.film(recipe, recognise=self.info.recogniser is not None))

    def _explorer(self) -> Explorer:
        return Explorer(self._engine, numbers=self._jobs, watch=self._watch)

    def sweep(
        self,
        prompt: str = "",
        *axes: Axis,
        session: Session,
        title: str = "",
        refinements: int = 0,
        after_task: Callable[[SweepRun], object] = lambda run: None,
        **options: Unpack[RenderOptions],
    ) -> list[Result]:
        """Render and measure all combinations of one or two axes; see ``alienlab.domain.sweeps.kinds``.

        Images and measures are kept in ``session``, and what it has already is not rendered again. ``refinements``
        further renders are spent where neighbours along a smooth axis jump.
        """
        recipe = self.recipe(prompt, **options)
        sweep = Sweep(id=new_id(), title=title or prompt, base=recipe, axes=axes, refinements=refinements)
        return self.carry_out(sweep, session, after_task=after_task)

    def plan(self, sweep: Sweep, session: SessionReader | None = None) -> Plan:
        """What a sweep takes, beside what ``session`` has already."""
        return make_plan(sweep, self.anatomy, is_known=session.has if session else lambda key: False)

    def recall(self, sweep: Sweep, session: SessionReader) -> list[Result]:
        """What a session knows of a sweep; nothing is rendered."""
        run = SweepRun(self.plan(sweep, session), SweepLog(session), self.anatomy, batch=1)
        run.recall()
        return results(run, self.anatomy)

    def carry_out(
        self, sweep: Sweep, session: Session, *, after_task: Callable[[SweepRun], object] = lambda run: None
    ) -> list[Result]:
        """Do what is missing of a sweep, new or from the session's log; ``after_task`` is told of its progress."""
        log = SweepLog(session)
        plan = self.plan(sweep, session)
        log.add(sweep, SweepState.RUNNING, keys=plan.keys)
        run = SweepRun(plan, log, self.anatomy, batch=self.info.pace.batch_class)
        sweeper = Sweeper(self._engine, self.anatomy, session, numbers=self._jobs, watch=self._watch)
        try:
            sweeper.carry_out(run, after_task=after_task)
        except BaseException:
            log.set_state(sweep.id, SweepState.PAUSED)
            raise
        log.set_state(sweep.id, SweepState.DONE)
        return results(run, self.anatomy)

    def recognise(
        self, images: Iterable[Render | Image.Image | NDArray[np.uint8]], words: Iterable[str] | None = None
    ) -> list[Recognition]:
        """What images are of: among ``words``, else those that the recogniser knows.

        Raises RecogniserError where the brain brings no recogniser and none was given, or where it is broken.
        """
        job = RecogniseJob(
            number=next(self._jobs),
            images=tuple(map(_pixels, images)),
            words=None if words is None else tuple(words),
        )
        return [event.recognition for event in self._engine.recognise(job) if isinstance(event, Recognised)]


def _pixels(image: Render | Image.Image | NDArray[np.uint8]) -> NDArray[np.uint8]:
    if isinstance(image, np.ndarray):
        return image
    picture = image.image if isinstance(image, Render) else image
    return np.asarray(picture.convert("RGB"))


_Value = TypeVar("_Value")


def _given(value: _Value | None, default: _Value) -> _Value:
    return default if value is None else value


def _specs(lesions: Lesions) -> tuple[LesionSpec, ...]:
    several = [lesions] if isinstance(lesions, str | LesionSpec) else lesions
    return tuple(LesionSpec.parse(lesion) if isinstance(lesion, str) else lesion for lesion in several)
