"""Islands of one concept in several minds and with several noises: beside each other, or one for each lesion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.concepts import ConceptExpression, Law, Middle, RandomPoint, Ray
from alienlab.domain.errors import ConceptLost, SweepError
from alienlab.domain.events import Image
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.geometry import distance
from alienlab.domain.space.inquiries import Inquiry, coast, locate
from alienlab.domain.space.islands import THRESHOLD, Edge, Island, Survey
from alienlab.domain.sweeps.kinds import EVERYTHING, knockouts

REACH = 4.0
"""So far is looked where nothing else is said, in radii R of the space."""


@dataclass(frozen=True, slots=True)
class Mind:
    """A set of lesions with a name for people."""

    name: str
    lesions: tuple[LesionSpec, ...] = ()


INTACT = Mind("intact mind")


def altered(lesions: Sequence[LesionSpec]) -> Mind:
    """The mind of these lesions; the intact one for none."""
    return Mind(", ".join(map(str, lesions)), tuple(lesions)) if lesions else INTACT


def each_lesioned(anatomy: Anatomy, *, pattern: str = EVERYTHING, by_region: bool = True) -> list[Mind]:
    """The intact mind, then one for each region or module that is zeroed alone. Raises PatternMatchesNothing."""
    axis = knockouts(anatomy, pattern=pattern, by_region=by_region)
    return [INTACT, *(Mind(value.module or value.label, value.lesions) for value in axis.values)]


@dataclass(frozen=True, slots=True, kw_only=True)
class IslandWish:
    """Which islands are to be measured. Raises SweepError for no noise, no mind, no direction or no reach."""

    base: DiffusionRecipe
    """Its prompt is the centre; seed and lesions are those of ``noises`` and ``minds``."""
    concept: str
    """A word of the recogniser."""
    directions: tuple[int, ...]
    noises: tuple[int, ...]
    minds: tuple[Mind, ...] = (INTACT,)
    dimensions: int
    reach: float = REACH
    """In radii R of the space."""
    threshold: float = THRESHOLD

    def __post_init__(self) -> None:
        if not self.noises:
            raise SweepError("An island needs at least one noise.")
        if not self.minds:
            raise SweepError("An island needs a mind in which it is looked for.")
        self.survey(1.0)

    def survey(self, space_radius: float) -> Survey:
        return Survey(self.directions, self.reach * space_radius, self.threshold)

    @property
    def most_renders(self) -> int:
        return len(self.noises) * len(self.minds) * self.survey(1.0).most_spots

    def recipe(self, mind: Mind, noise: int) -> DiffusionRecipe:
        return replace(self.base, seed=noise, lesions=mind.lesions)


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """What was found in one mind with one noise."""

    mind: Mind
    recipe: DiffusionRecipe
    """Of the centre."""
    island: Island
    """Without edges where the concept is lost."""
    images: Mapping[int, Image] = field(default_factory=dict)
    """The last one of the concept in each direction."""
    renders: int = 0
    trouble: str = ""
    """Why the concept is lost: it does not hold at the centre itself. For a person to read."""

    @property
    def is_lost(self) -> bool:
        return not self.island.edges

    @property
    def ratio(self) -> float:
        """Median radius in units of R; 0 where the concept is lost."""
        return 0.0 if self.is_lost else self.island.quartiles[1] / self.island.space_radius

    def recipe_at(self, edge: Edge) -> DiffusionRecipe:
        """Of the last image of the concept in a direction."""
        center: ConceptExpression = self.recipe.prompt
        return replace(self.recipe, prompt=Ray(center, edge.direction, edge.inside) if edge.inside else center)


Tell = Callable[[Sighting], object]


def space_radius() -> Inquiry[float]:
    """R: root mean square distance of the points of prompts from their mean."""
    middle, shell = yield from locate([Middle(), RandomPoint(0, Law.SHELL)])
    return distance(middle, shell)


def archipelago(
    wish: IslandWish, anatomy: Anatomy, *, radius: float | None = None, tell: Tell = lambda sighting: None
) -> Inquiry[list[Sighting]]:
    """For each noise the island in every mind. ``tell`` is told of each as soon as it is known.

    ``radius`` is R, which is asked for where it is None. Minds that compute the same are looked at once.
    """
    known_radius = (yield from space_radius()) if radius is None else radius
    found: list[Sighting] = []
    known: dict[str, Sighting] = {}
    for noise in wish.noises:
        for mind in wish.minds:
            recipe = wish.recipe(mind, noise)
            key = recipe.computation_id(anatomy)
            if key in known:
                sighting = replace(known[key], mind=mind, recipe=recipe, renders=0)
            else:
                sighting = yield from _sight(wish, mind, recipe, known_radius)
                known[key] = sighting
            found.append(sighting)
            tell(sighting)
    return found


def lesioned(
    wish: IslandWish, anatomy: Anatomy, *, radius: float | None = None, tell: Tell = lambda sighting: None
) -> Inquiry[list[Sighting]]:
    """As ``archipelago``, where all minds are compared with the first one.

    Raises ConceptLost where the concept does not hold in that one.
    """
    first = yield from archipelago(replace(wish, minds=wish.minds[:1]), anatomy, radius=radius, tell=tell)
    if all(one.is_lost for one in first):
        raise ConceptLost(first[0].trouble)
    if not (others := wish.minds[1:]):
        return first
    known_radius = first[0].island.space_radius
    return first + (yield from archipelago(replace(wish, minds=others), anatomy, radius=known_radius, tell=tell))


def _sight(wish: IslandWish, mind: Mind, recipe: DiffusionRecipe, radius: float) -> Inquiry[Sighting]:
    island = Island(str(recipe.prompt), wish.concept, recipe.seed, (), radius, wish.dimensions)
    try:
        around = yield from coast(recipe, wish.concept, wish.survey(radius))
    except ConceptLost as lost:
        return Sighting(mind, recipe, island, renders=1, trouble=str(lost))
    return Sighting(mind, recipe, replace(island, edges=around.edges), around.images, around.renders)


def change(sighting: Sighting, before: Sighting) -> float | None:
    """By what share the median radius differs from that of ``before``; None where there is nothing to compare with."""
    return sighting.ratio / before.ratio - 1.0 if before.ratio > 0 else None


def disagreement(sightings: Sequence[Sighting]) -> float | None:
    """By what share the largest median radius exceeds the smallest, over noises; None for fewer than two islands."""
    ratios = [one.ratio for one in sightings if one.ratio > 0]
    return max(ratios) / min(ratios) - 1.0 if len(ratios) > 1 else None
