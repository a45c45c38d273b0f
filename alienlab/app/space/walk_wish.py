"""What a person wants to walk, as it is written, and the way from there to a walk."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from alienlab.domain.concepts import ConceptExpression, Law, Way
from alienlab.domain.errors import RecipeError
from alienlab.domain.space.geometry import distance
from alienlab.domain.space.inquiries import Inquiry, locate
from alienlab.domain.space.walks import Walk, gallery, line_walk, path_walk

SEPARATOR = "|"
"""Parts prompts that are written on one line."""
NO_WAY = "From and to are the same point, so there is no way to go. Write another one."
_SHORT_PATH = "A path needs at least two points. Write them one a line, or part them by |."

Read = Callable[[str], ConceptExpression]


class Kind(StrEnum):
    """What is walked."""

    LINE = "Line"
    PATH = "Path"
    GALLERY = "Random points"


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkWish:
    """Texts are prompts, or formulas after an equals sign."""

    kind: Kind = Kind.LINE
    start: str = "a dog"
    end: str = "a cat"
    points: str = "a cat\na dog\na panda"
    """Of a path: one a line, or parted by ``SEPARATOR``."""
    frames: int = 9
    beyond: float = 0.5
    """How far a line goes on at both ends, in its own length."""
    way: Way = Way.STRAIGHT
    law: Law = Law.GAUSSIAN
    first_seed: int = 0

    @property
    def prompts(self) -> tuple[str, ...]:
        """Those of a path."""
        lines = self.points.replace(SEPARATOR, "\n").splitlines()
        return tuple(line.strip() for line in lines if line.strip())


def planned(wish: WalkWish, read: Read) -> Inquiry[Walk]:
    """The walk. Raises RecipeError for what cannot be walked or understood."""
    match wish.kind:
        case Kind.LINE:
            start, end = read(wish.start.strip()), read(wish.end.strip())
            walk = line_walk(start, end, frames=wish.frames, beyond=wish.beyond, way=wish.way)
            if distance(*(yield from locate([start, end]))) == 0.0:
                raise RecipeError(NO_WAY)
            return walk
        case Kind.PATH:
            points = [read(prompt) for prompt in wish.prompts]
            if len(points) < 2:
                raise RecipeError(_SHORT_PATH)
            located = yield from locate(points)
            lengths = [distance(*pair) for pair in itertools.pairwise(located)]
            return path_walk(points, lengths, frames=wish.frames)
        case Kind.GALLERY:
            return gallery(wish.law, first_seed=wish.first_seed, count=wish.frames)
