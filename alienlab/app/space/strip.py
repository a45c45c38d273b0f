"""The strip of a walk: its points in its minds, and what has become of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alienlab.app.space.plane import PLAIN
from alienlab.app.space.unit import Span
from alienlab.domain.brain import FLAGGED
from alienlab.domain.concepts import ConceptExpression
from alienlab.domain.events import Finished, Image
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.evaluation import Point
from alienlab.domain.space.geometry import distance
from alienlab.domain.space.inquiries import Inquiry, find
from alienlab.domain.space.walks import Walk

AT_ONCE = 64
"""Points that are located together."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A point of the walk in one of its minds, both counted from 0."""

    mind: int
    place: int


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """All that is there of a walk; a row for each mind."""

    walk: Walk
    images: tuple[tuple[Image | None, ...], ...]
    recipes: tuple[tuple[DiffusionRecipe | None, ...], ...]
    """None where there is no image."""


class Strip:
    """Images are kept by recipe, so that one is not rendered again for another walk."""

    def __init__(self) -> None:
        self._walk: Walk | None = None
        self._minds: tuple[DiffusionRecipe, ...] = ()
        self._rows: tuple[tuple[DiffusionRecipe, ...], ...] = ()
        self._recipes: list[DiffusionRecipe] = []
        self._finished: dict[DiffusionRecipe, Finished] = {}
        self._failures: dict[DiffusionRecipe, str] = {}
        self._distances: dict[ConceptExpression, float | None] = {}
        self._first: tuple[ConceptExpression, Point | None] | None = None
        self._unit = PLAIN
        self._span: Span | None = None
        """The unit's."""

    @property
    def walk(self) -> Walk | None:
        return self._walk

    @property
    def minds(self) -> tuple[DiffusionRecipe, ...]:
        """For each row its recipe, but for the points."""
        return self._minds

    @property
    def unit(self) -> float:
        """What distances are counted in; 1 where that is not known."""
        return self._unit

    @property
    def unit_words(self) -> str:
        """Empty while it is not known."""
        return "" if self._span is None or self._unit == PLAIN else self._span.words

    @property
    def progress(self) -> tuple[int, int]:
        """Images that came about or failed, and all."""
        return sum(map(self._is_settled, self._recipes)), len(self._recipes)

    @property
    def missing(self) -> list[DiffusionRecipe]:
        """In the order in which they are wanted: point by point."""
        return [recipe for recipe in self._recipes if not self._is_settled(recipe)]

    @property
    def has_images(self) -> bool:
        return any(recipe in self._finished for recipe in self._recipes)

    @property
    def size(self) -> int:
        """Bytes of all images."""
        return sum(finished.image.nbytes for finished in self._finished.values())

    def recipe(self, cell: Cell) -> DiffusionRecipe:
        return self._rows[cell.mind][cell.place]

    def image(self, cell: Cell) -> Image | None:
        finished = self._finished.get(self.recipe(cell))
        return None if finished is None else finished.image

    def is_flagged(self, cell: Cell) -> bool:
        finished = self._finished.get(self.recipe(cell))
        return finished is not None and FLAGGED in finished.provenance.notes

    def seen(self, cell: Cell) -> str:
        """What the image is of; empty where nobody said."""
        finished = self._finished.get(self.recipe(cell))
        recognition = None if finished is None else finished.recognition
        return "" if recognition is None else recognition.summary

    def failure(self, cell: Cell) -> str:
        """Why there is no image; empty where there is one or is to come."""
        return self._failures.get(self.recipe(cell), "")

    def distance(self, place: int) -> float | None:
        """Euclidean, from the first point; None where it is not known."""
        assert self._walk is not None
        return self._distances.get(self._walk.stops[place].point)

    def snapshot(self) -> Snapshot | None:
        """None where there is no image at all."""
        if self._walk is None or not self.has_images:
            return None
        ends = [[self._finished.get(recipe) for recipe in row] for row in self._rows]
        images = tuple(tuple(None if end is None else end.image for end in row) for row in ends)
        pairs = (zip(row, of, strict=True) for row, of in zip(self._rows, images, strict=True))
        made = (tuple(None if image is None else recipe for recipe, image in pair) for pair in pairs)
        return Snapshot(self._walk, images, tuple(made))

    def lay(self, walk: Walk | None, minds: Sequence[DiffusionRecipe]) -> None:
        """Another walk, or other minds. Raises RecipeError where points are nested too deeply to be kept."""
        points = [] if walk is None else walk.points
        rows = tuple(tuple(replace(mind, prompt=point) for point in points) for mind in minds)
        self._walk, self._minds, self._rows = walk, tuple(minds), rows
        self._recipes = list(dict.fromkeys(recipe for stop in zip(*rows, strict=True) for recipe in stop))

    def put(self, recipe: DiffusionRecipe, end: Finished | str) -> None:
        """An image, or the reason why there is none."""
        if isinstance(end, str):
            self._failures[recipe] = end
        else:
            self._finished[recipe] = end

    def forget_others(self) -> None:
        """Keep nothing that is not of this walk."""
        kept = set(self._recipes)
        self._finished = {recipe: end for recipe, end in self._finished.items() if recipe in kept}
        self._failures = {recipe: end for recipe, end in self._failures.items() if recipe in kept}

    def forget_failures(self) -> None:
        """They may be tried again."""
        self._failures.clear()

    def forget_images(self) -> None:
        self._finished.clear()
        self._failures.clear()

    def measure(self, span: Span, last: ConceptExpression | None = None) -> Inquiry[None]:
        """How far the points up to ``last``, or all of them, are from the first one, where that is not known yet.

        ``span`` becomes the unit.
        """
        points = list(dict.fromkeys(stop.point for stop in self._walk.stops)) if self._walk is not None else []
        points = points[: points.index(last) + 1] if last is not None else points
        if points and (self._first is None or self._first[0] != points[0] or span != self._span):
            first, one, other = yield from find((points[0], *span.ends))
            self._first, self._span = (points[0], None if isinstance(first, str) else first), span
            self._unit = PLAIN if isinstance(one, str) or isinstance(other, str) else distance(one, other) or PLAIN
            self._distances.clear()
        fresh = [point for point in points if point not in self._distances]
        for start in range(0, len(fresh), AT_ONCE):
            some = fresh[start : start + AT_ONCE]
            for point, found in zip(some, (yield from find(some)), strict=True):
                origin = None if self._first is None else self._first[1]
                if origin is None or isinstance(found, str):
                    self._distances[point] = None
                else:
                    self._distances[point] = distance(origin, found)

    def _is_settled(self, recipe: DiffusionRecipe) -> bool:
        return recipe in self._finished or recipe in self._failures
