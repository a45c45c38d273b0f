"""What a sweep takes: its distinct computations, what of them is known, the time and the disk for the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo
from alienlab.domain.recipe import MAX_NOISE_SEED, DiffusionRecipe
from alienlab.domain.sweeps.orders import coarse_to_fine
from alienlab.domain.sweeps.sweep import Sweep, Trial

SPREAD_SEEDS = 16
"""Other seeds whose intact renders say what “another image” means."""
DECODING_STEPS = 0.9
"""Denoising steps that decoding and measuring an image take as long as, about."""
PNG_SHARE = 0.75
"""Bytes of a PNG to those of its pixels, about; and what a record takes."""
RECORD_BYTES = 3000


@dataclass(frozen=True, slots=True)
class Computation:
    """One image to render, for all trials that it serves."""

    key: str
    """Computation id."""
    recipe: DiffusionRecipe
    reference: str
    """Computation id of the intact render that it is measured against."""
    trials: tuple[tuple[int, ...], ...] = ()
    """Places of its trials; none for what the yardsticks alone need."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An intact render that trials are measured against, and the seeds that make its yardstick."""

    key: str
    recipe: DiffusionRecipe
    spread: tuple[Computation, ...]


@dataclass(frozen=True)
class Plan:
    """A sweep with duplicates folded."""

    sweep: Sweep
    trials: tuple[Trial, ...]
    keys: tuple[str, ...]
    """Computation id of each trial."""
    anchors: tuple[Anchor, ...]
    computations: tuple[Computation, ...]
    """Distinct, in an order that covers the axes coarsely first; without the anchors."""
    known: frozenset[str]
    """Computation ids whose images are there."""

    @cached_property
    def distinct(self) -> int:
        """Distinct computations of the trials."""
        return len(set(self.keys))

    @cached_property
    def missing(self) -> tuple[Computation, ...]:
        """What is to be rendered, the yardsticks' renders included, once each."""
        intact = (Computation(anchor.key, anchor.recipe, anchor.key) for anchor in self.anchors)
        spread = (computation for anchor in self.anchors for computation in anchor.spread)
        every = {one.key: one for one in (*intact, *spread, *self.computations)}
        return tuple(one for key, one in every.items() if key not in self.known)

    def seconds(self, info: BrainInfo) -> float:
        """About how long the missing renders take on the device that ``info`` was measured on."""
        area = info.width * info.height
        return sum(
            (one.recipe.steps + DECODING_STEPS) * info.pace.seconds * one.recipe.width * one.recipe.height / area
            for one in self.missing
        )

    @property
    def bytes(self) -> int:
        """About how much disk the missing renders take."""
        pixels = sum(one.recipe.width * one.recipe.height for one in self.missing)
        return round(3 * pixels * PNG_SHARE) + RECORD_BYTES * len(self.missing)


def make_plan(sweep: Sweep, anatomy: Anatomy, *, is_known: Callable[[str], bool]) -> Plan:
    """Fold the trials of ``sweep``. Raises PatternMatchesNothing for a lesion without a module."""
    trials = tuple(sweep.trials())
    identify = _Identifier(anatomy)
    keys = tuple(identify(trial.recipe) for trial in trials)
    intact = {key: identify(trial.recipe.intact) for key, trial in zip(keys, trials, strict=True)}
    served: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        served.setdefault(key, []).append(number)
    anchors: dict[str, Anchor] = {}
    for key, numbers in served.items():
        recipe = trials[numbers[0]].recipe.intact
        if intact[key] not in anchors or (key != intact[key] and not anchors[intact[key]].spread):
            spread = _spread(recipe, intact[key], identify) if key != intact[key] else ()
            anchors[intact[key]] = Anchor(intact[key], recipe, spread)
    distinct = list(served)
    computations = tuple(
        Computation(
            key, trials[served[key][0]].recipe, intact[key], tuple(trials[number].place for number in served[key])
        )
        for key in (distinct[place] for place in coarse_to_fine(len(distinct)))
        if key not in anchors
    )
    wanted = {*keys, *anchors, *(one.key for anchor in anchors.values() for one in anchor.spread)}
    known = frozenset(key for key in wanted if is_known(key))
    return Plan(sweep, trials, keys, tuple(anchors.values()), computations, known)


class _Identifier:
    """Computation ids, each recipe's once."""

    def __init__(self, anatomy: Anatomy) -> None:
        self._anatomy = anatomy
        self._known: dict[DiffusionRecipe, str] = {}

    def __call__(self, recipe: DiffusionRecipe) -> str:
        if recipe not in self._known:
            self._known[recipe] = recipe.computation_id(self._anatomy)
        return self._known[recipe]


def _spread(recipe: DiffusionRecipe, reference: str, identify: _Identifier) -> tuple[Computation, ...]:
    """The same prompt with the seeds that follow."""
    others = ((recipe.seed + offset) % (MAX_NOISE_SEED + 1) for offset in range(1, SPREAD_SEEDS + 1))
    recipes = [replace(recipe, seed=seed) for seed in others]
    return tuple(Computation(identify(other), other, reference) for other in recipes)
