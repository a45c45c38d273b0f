"""Questions to an engine that take several jobs: islands, breadth, films, the points of expressions.

An inquiry yields jobs, and is sent the events of each. It does not know who carries it out: a script does so job by
job, the window beside everything else. What it returns is the answer.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from alienlab.domain.concepts import ConceptExpression, Ray
from alienlab.domain.errors import AlienLabError, SweepError
from alienlab.domain.events import Embedded, Event, Failed, Finished, Followed, Image, Located, Recognised
from alienlab.domain.filmstrip import Filmstrip, Frame
from alienlab.domain.ports import EmbedJob, LocateJob, RecogniseJob, Reference, RenderJob
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.recognition import Recognition
from alienlab.domain.space.breadth import Breadth
from alienlab.domain.space.evaluation import Point
from alienlab.domain.space.islands import Edge, Spot, Survey, look_around

InquiryJob = RenderJob | RecogniseJob | EmbedJob | LocateJob
_Answer = TypeVar("_Answer")
Inquiry = Generator[InquiryJob, Sequence[Event], _Answer]
"""Its jobs are numbered by who carries it out. A job that failed as a whole is not answered: see ``check``."""

UNNUMBERED = 0
NO_ANSWER = "The engine gave no answer. Try it again."


@dataclass(frozen=True, slots=True, eq=False)
class Coast:
    """The edges of an island, and the last image of the concept in each direction."""

    edges: tuple[Edge, ...]
    images: Mapping[int, Image]
    """By direction; none where the concept was lost before the first place that was looked at."""
    renders: int


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What was imagined at a spot; no image where the mind computed none."""

    image: Image | None = None
    probability: float | None = None


def check(events: Iterable[Event]) -> None:
    """Raise AlienLabError where a job failed as a whole."""
    for event in events:
        if isinstance(event, Failed) and event.row is None:
            raise AlienLabError(event.message)


def locate(expressions: Sequence[ConceptExpression]) -> Inquiry[list[Point]]:
    """Arrays [tokens, dims]. Raises AlienLabError for an expression that stands for no point."""
    events = yield LocateJob(number=UNNUMBERED, expressions=tuple(expressions))
    for event in events:
        if isinstance(event, Failed):
            raise AlienLabError(event.message)
    return [event.point for event in events if isinstance(event, Located)]


def coast(base: DiffusionRecipe, concept: str, survey: Survey) -> Inquiry[Coast]:
    """Look around the point of a recipe, with its noise and in its mind; see ``look_around``."""
    look = look_around(survey)
    images: dict[Spot, Image] = {}
    renders, spots = 0, next(look)
    while True:
        seen = yield from _see(base, concept, spots)
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


def film(recipe: DiffusionRecipe, *, recognise: bool) -> Inquiry[Filmstrip]:
    """Follow a render step by step. Raises AlienLabError where it fails."""
    events = yield RenderJob(number=UNNUMBERED, recipes=(recipe,), previews=False, follow=True)
    for event in events:
        if isinstance(event, Failed):
            raise AlienLabError(event.message)
    followed = [event for event in events if isinstance(event, Followed)]
    said: Sequence[Recognition | None] = [None] * len(followed)
    if recognise:
        said = yield from _recognised([one.image for one in followed])
    told = zip(followed, said, strict=True)
    return Filmstrip(recipe, tuple(Frame(one.step, one.latents, one.preview, one.image, of) for one, of in told))


def find(expressions: Sequence[ConceptExpression]) -> Inquiry[list[Point | str]]:
    """As ``locate``, with a sentence in the place of an expression that stands for no point."""
    events = yield LocateJob(number=UNNUMBERED, expressions=tuple(expressions))
    found: dict[int, Point | str] = {}
    for event in events:
        match event:
            case Located(row=row, point=point):
                found[row] = point
            case Failed(row=int(row), message=message):
                found[row] = message
    return [found.get(row, NO_ANSWER) for row in range(len(expressions))]


def imagine(recipes: Sequence[DiffusionRecipe], *, check_safety: bool = False) -> Inquiry[list[Finished | str]]:
    """Render and recognise together; a sentence in the place of an image that did not come about."""
    events = yield RenderJob(
        number=UNNUMBERED, recipes=tuple(recipes), previews=False, recognise=True, check_safety=check_safety
    )
    ends: dict[int, Finished | str] = {}
    for event in events:
        match event:
            case Finished(row=row):
                ends[row] = event
            case Failed(row=int(row), message=message):
                ends[row] = message
    return [ends.get(row, NO_ANSWER) for row in range(len(recipes))]


def breadth(
    recipes: Sequence[DiffusionRecipe], *, at_once: int | None = None, check_safety: bool = False
) -> Inquiry[tuple[Breadth, list[Image]]]:
    """Of the images of these recipes, with the images; where the mind computed nothing there is none.

    ``at_once`` are rendered in a job; None puts all into one.
    """
    finished: list[Finished] = []
    size = max(1, at_once or len(recipes))
    for first in range(0, len(recipes), size):
        ends = yield from imagine(recipes[first : first + size], check_safety=check_safety)
        finished += [one for one in ends if isinstance(one, Finished)]
    said = [event.recognition for event in finished if event.recognition is not None]
    if len(said) < len(finished):
        raise SweepError("Nobody here can say what images are of. Choose a recogniser first.")
    if len(finished) < 2 <= len(recipes):
        raise SweepError(f"{len(finished)} of {len(recipes)} points gave an image, so there is no breadth to measure.")
    images = [event.image for event in finished]
    embeddings: list[np.ndarray] = []
    if images:
        told = yield EmbedJob(number=UNNUMBERED, images=tuple(images))
        embeddings = [event.embedding for event in told if isinstance(event, Embedded)]
    stacked = np.stack(embeddings) if embeddings else np.zeros((0, 1), np.float32)
    return Breadth.of(stacked, said), images


def _recognised(images: Sequence[Image]) -> Inquiry[list[Recognition]]:
    events = yield RecogniseJob(number=UNNUMBERED, images=tuple(images))
    return [event.recognition for event in events if isinstance(event, Recognised)]


def _see(base: DiffusionRecipe, concept: str, spots: Sequence[Spot]) -> Inquiry[list[_Seen]]:
    """Render and recognise, in order."""
    blank = np.zeros((base.height, base.width, 3), np.uint8)
    events = yield RenderJob(
        number=UNNUMBERED,
        recipes=tuple(replace(base, prompt=_at(base.prompt, spot)) for spot in spots),
        previews=False,
        references=(Reference(prompt=concept, image=blank),),
        against=(0,) * len(spots),
    )
    seen = [_Seen()] * len(spots)
    for event in events:
        if isinstance(event, Finished) and event.measures is not None:
            seen[event.row] = _Seen(event.image, dict(event.measures.concepts).get(concept))
    return seen


def _at(center: ConceptExpression, spot: Spot) -> ConceptExpression:
    return center if spot.distance == 0.0 else Ray(center, spot.direction, spot.distance)
