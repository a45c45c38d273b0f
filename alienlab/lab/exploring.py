"""Concept space by way of an open brain: points as arrays, islands, the breadth of a mind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from alienlab.domain.concepts import ConceptExpression, Ray
from alienlab.domain.errors import AlienLabError, SweepError
from alienlab.domain.events import Embedded, Event, Failed, Finished, Followed, Image, Located, Recognised
from alienlab.domain.filmstrip import Filmstrip, Frame
from alienlab.domain.ports import EmbedJob, Engine, LocateJob, RecogniseJob, Reference, RenderJob
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.recognition import Recognition
from alienlab.domain.space.breadth import Breadth
from alienlab.domain.space.evaluation import Point
from alienlab.domain.space.islands import Edge, Spot, Survey, look_around

Watch = Callable[[Event], None]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What was imagined at a spot; no image where the mind computed none."""

    image: Image | None
    probability: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Coast:
    """The edges of an island, and the last image of the concept in each direction."""

    edges: tuple[Edge, ...]
    images: Mapping[int, Image]
    """By direction; none where the concept was lost before the first place that was looked at."""
    renders: int


class Explorer:
    """Asks an engine. ``numbers`` are those of its jobs."""

    def __init__(self, engine: Engine, *, numbers: Iterator[int], watch: Watch) -> None:
        self._engine, self._numbers, self._watch = engine, numbers, watch

    def locate(self, expressions: Sequence[ConceptExpression]) -> list[Point]:
        """Arrays [tokens, dims]. Raises AlienLabError for an expression that stands for no point."""
        points: list[Point] = []
        for event in self._engine.locate(LocateJob(number=next(self._numbers), expressions=tuple(expressions))):
            if isinstance(event, Failed):
                raise AlienLabError(event.message)
            if isinstance(event, Located):
                points.append(event.point)
        return points

    def coast(self, base: DiffusionRecipe, concept: str, survey: Survey) -> Coast:
        """Look around the point of a recipe, with its noise and in its mind; see ``look_around``."""
        look = look_around(survey)
        images: dict[Spot, Image] = {}
        renders, spots = 0, next(look)
        while True:
            seen = self._see(base, concept, spots)
            renders += len(spots)
            for spot, one in zip(spots, seen, strict=True):
                if one.image is not None and one.probability is not None and one.probability >= survey.threshold:
                    images[spot] = one.image
            try:
                spots = look.send([one.probability for one in seen])
            except StopIteration as end:
                edges: list[Edge] = end.value
                last = {edge.direction: images.get(Spot(edge.direction, edge.inside)) for edge in edges}
                shown = {direction: image for direction, image in last.items() if image is not None}
                return Coast(tuple(edges), shown, renders)

    def film(self, recipe: DiffusionRecipe, *, recognise: bool) -> Filmstrip:
        """Follow a render step by step. Raises AlienLabError where it fails."""
        followed: list[Followed] = []
        job = RenderJob(number=next(self._numbers), recipes=(recipe,), previews=False, follow=True)
        for event in self._events(job):
            if isinstance(event, Failed):
                raise AlienLabError(event.message)
            if isinstance(event, Followed):
                followed.append(event)
        said = self._recognise([one.image for one in followed]) if recognise else [None] * len(followed)
        told = zip(followed, said, strict=True)
        return Filmstrip(recipe, tuple(Frame(one.step, one.latents, one.preview, one.image, of) for one, of in told))

    def _recognise(self, images: Sequence[Image]) -> list[Recognition]:
        job = RecogniseJob(number=next(self._numbers), images=tuple(images))
        return [event.recognition for event in self._engine.recognise(job) if isinstance(event, Recognised)]

    def breadth(self, recipes: Sequence[DiffusionRecipe]) -> tuple[Breadth, list[Image]]:
        """Of the images of these recipes, with the images; where the mind computed nothing there is none."""
        images: list[Image] = []
        said: list[Recognition] = []
        job = RenderJob(number=next(self._numbers), recipes=tuple(recipes), previews=False, recognise=True)
        for event in self._events(job):
            if isinstance(event, Finished):
                if event.recognition is None:
                    raise SweepError("Nobody here can say what images are of. Choose a recogniser first.")
                images.append(event.image)
                said.append(event.recognition)
        asked = EmbedJob(number=next(self._numbers), images=tuple(images))
        embeddings = [event.embedding for event in self._engine.embed(asked) if isinstance(event, Embedded)]
        stacked = np.stack(embeddings) if embeddings else np.zeros((0, 1), np.float32)
        return Breadth.of(stacked, said), images

    def _see(self, base: DiffusionRecipe, concept: str, spots: Sequence[Spot]) -> list[Seen]:
        """Render and recognise, in order."""
        recipes = tuple(replace(base, prompt=_at(base.prompt, spot)) for spot in spots)
        blank = np.zeros((base.height, base.width, 3), np.uint8)
        seen = [Seen(None, None)] * len(spots)
        job = RenderJob(
            number=next(self._numbers),
            recipes=recipes,
            previews=False,
            references=(Reference(prompt=concept, image=blank),),
            against=(0,) * len(spots),
        )
        for event in self._events(job):
            if isinstance(event, Finished) and event.measures is not None:
                seen[event.row] = Seen(event.image, dict(event.measures.concepts).get(concept))
        return seen

    def _events(self, job: RenderJob) -> Iterator[Event]:
        for event in self._engine.render(job):
            self._watch(event)
            if isinstance(event, Failed) and event.row is None:
                raise AlienLabError(event.message)
            yield event


def _at(center: ConceptExpression, spot: Spot) -> ConceptExpression:
    return center if spot.distance == 0.0 else Ray(center, spot.direction, spot.distance)
