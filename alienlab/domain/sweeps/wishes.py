"""What somebody wishes to sweep, as a window asks for it, and the sweep that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo
from alienlab.domain.concepts import Prompt
from alienlab.domain.counting import counted
from alienlab.domain.errors import SweepError
from alienlab.domain.lesions import AnyOperation, Operation, PluginOperation, StepWindow, Treatment
from alienlab.domain.patterns import match_pattern
from alienlab.domain.recipe import MAX_NOISE_SEED, DiffusionRecipe
from alienlab.domain.space.walks import evenly
from alienlab.domain.sweeps import kinds
from alienlab.domain.sweeps.kinds import EVERYTHING
from alienlab.domain.sweeps.orders import Order
from alienlab.domain.sweeps.sweep import MOST_TRIALS, Axis, Kind, Sweep, new_id

MOST_PROMPTS_OFFERED = 6
SMOOTH = (Kind.DOSE, Kind.LINE)
"""Kinds of a single axis that renders can be added to where neighbouring images jump."""
_PROMPTING = (Kind.PROMPTS, Kind.LINE)
_FILLED = {Kind.SEEDS: ("first_seed",), Kind.PROMPTS: ("prompts",), Kind.LINE: ("start", "end")}


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisWish:
    """What is to be varied. Of the options only those that belong to ``kind`` count; the rest waits for another kind.

    It may hold what cannot be: ``to_axis`` says so. Amounts are shares, 1.0 is 100 %.
    """

    kind: Kind

    # What is lesioned, and within which limits: knockout, progressive, dose
    pattern: str = EVERYTHING
    lesion_seed: int = 0
    weights_only: bool = False
    window: StepWindow | None = None
    """Denoising steps in which the lesions act; None is all of them."""

    # What is done: knockout, progressive
    operation: AnyOperation = Operation.ZERO
    amount: float | None = None

    by_region: bool = False
    """Knock out regions instead of modules."""

    # Progressive
    orders: tuple[Order, ...] = (Order.RANDOM,)
    shuffles: int = 3
    """Series of the random order, each with a seed of its own from ``shuffle_seed`` on."""
    shuffle_seed: int = 0
    steps: int = 24
    """Values of a series beside the first."""

    # Dose
    dose: AnyOperation = Operation.NOISE
    lowest: float = 0.0
    highest: float = 0.2
    doses: int = 21

    first_seed: int | None = None
    """None is the seed of the recipe."""
    seeds: int = 16

    prompts: tuple[str, ...] = ()

    # Line
    start: str | None = None
    """None is the prompt of the recipe."""
    end: str | None = None
    points: int = 9
    """Points from the start to the end, both included."""
    beyond: int = 0
    """Further points before the start and behind the end each, at the same distances."""

    @property
    def treatment(self) -> Treatment:
        """What is done to each module; of a dose with its highest amount. Raises LesionError."""
        is_dose = self.kind is Kind.DOSE
        operation = self.dose if is_dose else self.operation
        amount = self.highest if is_dose else self.amount
        seed = self.lesion_seed if operation.takes_seed else 0
        amount = amount if operation.takes_amount else None
        return Treatment(operation, amount, seed, self.weights_only, self.window)

    def filled(self, base: DiffusionRecipe, info: BrainInfo) -> AxisWish:
        """The same, where nothing was said with what suits the recipe and the brain."""
        own = _text_of(base)
        known = tuple(dict.fromkeys(text for text in (own, *info.prompts) if text))
        other = next((text for text in known if text != own), "")
        return replace(
            self,
            first_seed=base.seed if self.first_seed is None else self.first_seed,
            prompts=self.prompts or known[:MOST_PROMPTS_OFFERED],
            start=own if self.start is None else self.start,
            end=other if self.end is None else self.end,
        )

    def pared(self, base: DiffusionRecipe, info: BrainInfo) -> AxisWish:
        """The same without what ``filled`` filled in for other kinds, so that another recipe can fill it anew."""
        blank = AxisWish(kind=self.kind)
        default = blank.filled(base, info)
        names = [name for kind, names in _FILLED.items() if kind is not self.kind for name in names]
        untouched = [name for name in names if getattr(self, name) == getattr(default, name)]
        return replace(self, **{name: getattr(blank, name) for name in untouched})

    def to_axis(self, base: DiffusionRecipe, anatomy: Anatomy, effects: Mapping[str, float] | None = None) -> Axis:
        """Raises AlienLabError with what is wrong with the wish."""
        match self.kind:
            case Kind.KNOCKOUT:
                self._check_lesions(base, anatomy)
                return kinds.knockouts(
                    anatomy, pattern=self.pattern, treatment=self.treatment, by_region=self.by_region
                )
            case Kind.PROGRESSIVE:
                self._check_lesions(base, anatomy)
                return self._progressive(anatomy, effects)
            case Kind.DOSE:
                self._check_lesions(base, anatomy)
                return kinds.doses(self.treatment, self._amounts(), pattern=self.pattern)
            case Kind.SEEDS:
                return kinds.seeds(self._seeds(base))
            case Kind.PROMPTS:
                return kinds.prompts(self._prompts())
            case Kind.LINE:
                return self._line(base)
            case Kind.PLUGIN:
                raise SweepError("What a plugin varies is asked of the plugin.")

    def _check_lesions(self, base: DiffusionRecipe, anatomy: Anatomy) -> None:
        match_pattern(self.pattern, anatomy)
        if self.window is not None and self.window.first >= base.steps:
            raise SweepError(
                f"The lesions would begin in step {self.window.first}, but the last of the {base.steps} steps "
                f"is {base.steps - 1}. Let them begin earlier."
            )

    def _progressive(self, anatomy: Anatomy, effects: Mapping[str, float] | None) -> Axis:
        if not self.orders:
            raise SweepError("Choose at least one order in which the modules are lesioned.")
        _check_count(self.steps, least=1, what="step")
        _check_count(self.shuffles, least=1, what="random series", plural="random series")
        seeds = range(self.shuffle_seed, self.shuffle_seed + self.shuffles)
        orders = [(order, seed) for order in self.orders for seed in (seeds if order is Order.RANDOM else [0])]
        return kinds.progressive(
            anatomy, orders=orders, pattern=self.pattern, treatment=self.treatment, steps=self.steps, effects=effects
        )

    def _amounts(self) -> tuple[float, ...]:
        _check_count(self.doses, least=2, what="dose")
        if self.lowest == self.highest:
            same = kinds.told_amount(self.dose, self.lowest)
            raise SweepError(f"The doses begin and end at {same}. Take two different amounts.")
        return evenly(self.lowest, self.highest, self.doses)

    def _seeds(self, base: DiffusionRecipe) -> range:
        _check_count(self.seeds, least=1, what="seed")
        first = base.seed if self.first_seed is None else self.first_seed
        if not 0 <= first <= MAX_NOISE_SEED - self.seeds + 1:
            raise SweepError(f"There are no {self.seeds} seeds from {first} on. Begin with a smaller one.")
        return range(first, first + self.seeds)

    def _prompts(self) -> tuple[str, ...]:
        texts = tuple(dict.fromkeys(self.prompts))
        if not texts:
            raise SweepError("Write at least one prompt, each on a line of its own.")
        return texts

    def _line(self, base: DiffusionRecipe) -> Axis:
        start = _text_of(base) if self.start is None else self.start
        if self.end is None:
            raise SweepError("Write the prompt that the line leads to.")
        if start == self.end:
            raise SweepError(f"The line begins and ends at “{start}”. Take two different prompts.")
        _check_count(self.points, least=2, what="point")
        _check_count(self.beyond, least=0, what="point")
        reach = self.beyond / (self.points - 1)
        positions = evenly(-reach, 1 + reach, self.points + 2 * self.beyond)
        return kinds.line(start, self.end, positions)


@dataclass(frozen=True, slots=True)
class SweepWish:
    """One axis or two, and how many renders may be added where neighbouring images jump."""

    first: AxisWish
    second: AxisWish | None = None
    refinements: int = 0

    @property
    def is_refinable(self) -> bool:
        return self.second is None and self.first.kind in SMOOTH

    def to_sweep(self, base: DiffusionRecipe, anatomy: Anatomy, effects: Mapping[str, float] | None = None) -> Sweep:
        """A new sweep over ``base``, whose lesions stay; refinements are left out where there is nothing smooth.

        ``effects`` are those of an atlas, for the orders that need one. Raises AlienLabError.
        """
        if self.second is not None and not goes_with(self.first.kind, self.second.kind):
            raise SweepError("Both axes would vary the same thing. Take another second axis, or none.")
        wishes = (self.first,) if self.second is None else (self.first, self.second)
        return Sweep(
            id=new_id(),
            title=title_of(self),
            base=base,
            axes=tuple(wish.to_axis(base, anatomy, effects) for wish in wishes),
            refinements=self.refinements if self.is_refinable else 0,
        )


def goes_with(first: Kind, second: Kind) -> bool:
    """Whether two axes of these kinds leave each other alone."""
    return first is not second and not (first in _PROMPTING and second in _PROMPTING)


def title_of(wish: SweepWish) -> str:
    """``Knock out each module``, ``Noise in every weight, 0 % to 20 %``, ``Dose × seeds``."""
    if wish.second is None:
        return _axis_title(wish.first)
    return f"{_short_title(wish.first)} × {_short_title(wish.second).lower()}"


_SHORT = {
    Kind.KNOCKOUT: "Modules",
    Kind.PROGRESSIVE: "More and more modules",
    Kind.DOSE: "Dose",
    Kind.SEEDS: "Seeds",
    Kind.PROMPTS: "Prompts",
    Kind.LINE: "Concept line",
}
_DONE: dict[AnyOperation, str] = {
    Operation.ZERO: "knock out {what}",
    Operation.RANDOMIZE: "randomize {what}",
    Operation.SCALE: "scale {what} to {amount}",
    Operation.NOISE: "{amount} noise in {what}",
    Operation.NOISE_ADDED: "{amount} noise added to {what}",
}
_DOSED: dict[AnyOperation, str] = {
    Operation.SCALE: "scale {what}",
    Operation.NOISE: "noise in {what}",
    Operation.NOISE_ADDED: "noise added to {what}",
}


def _short_title(wish: AxisWish) -> str:
    return "Regions" if wish.kind is Kind.KNOCKOUT and wish.by_region else _SHORT[wish.kind]


def _axis_title(wish: AxisWish) -> str:
    sort, place = _named(wish.pattern)
    match wish.kind:
        case Kind.KNOCKOUT:
            title = _done(wish, f"each {sort}{'region' if wish.by_region else 'module'}{place}")
        case Kind.PROGRESSIVE:
            title = _done(wish, f"more and more {sort}modules{place}")
        case Kind.DOSE:
            done = _DOSED.get(wish.dose, f"{wish.dose} of {{what}}").format(what=f"every {sort}weight{place}")
            first, last = (kinds.told_amount(wish.dose, amount) for amount in (wish.lowest, wish.highest))
            title = f"{done}, {first} to {last}{_limits(wish)}"
        case Kind.SEEDS:
            title = counted(wish.seeds, "seed")
        case Kind.PROMPTS:
            title = counted(len(set(wish.prompts)), "prompt")
        case Kind.LINE:
            title = f"“{wish.start or ''}” to “{wish.end or ''}”"
        case Kind.PLUGIN:
            title = str(wish.kind)
    operation = {Kind.KNOCKOUT: wish.operation, Kind.PROGRESSIVE: wish.operation, Kind.DOSE: wish.dose}.get(wish.kind)
    return title if isinstance(operation, PluginOperation) else title[:1].upper() + title[1:]


def _done(wish: AxisWish, what: str) -> str:
    operation, amount = wish.operation, wish.amount or 0.0
    if isinstance(operation, PluginOperation):
        given = "" if wish.amount is None else f" {kinds.told_amount(operation, amount)}"
        return f"{operation}{given} of {what}{_limits(wish)}"
    return _DONE[operation].format(what=what, amount=kinds.told_amount(operation, amount)) + _limits(wish)


def _limits(wish: AxisWish) -> str:
    weights = ", weights only" if wish.weights_only else ""
    return weights if wish.window is None else f"{weights}, steps {wish.window}"


def _named(pattern: str) -> tuple[str, str]:
    """What goes before and behind the word for the modules that match."""
    field, equals, wanted = pattern.partition("=")
    if equals and field in ("kind", "role"):
        return f"{wanted} ", ""
    return "", "" if pattern == EVERYTHING else f" in {pattern.removesuffix('.*')}"


def _text_of(recipe: DiffusionRecipe) -> str:
    return recipe.prompt.text if isinstance(recipe.prompt, Prompt) else ""


def _check_count(number: int, *, least: int, what: str, plural: str | None = None) -> None:
    if number < least:
        raise SweepError(f"Take at least {least} {what if least == 1 else plural or f'{what}s'}.")
    if number > MOST_TRIALS:
        raise SweepError(f"{number:,} {plural or f'{what}s'} are too many. Take at most {MOST_TRIALS:,}.")
