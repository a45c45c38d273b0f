"""Lesions: operations on modules, the sets of them that alter a mind, and their text form.

Text form: ``PATTERN:op[=amount][@seed][;weights][;steps=A-B]``, for example
``mid_block.attentions.0.*:zero``, ``*:noise=0.02@7`` or ``kind=norm:scale=1.2;steps=0-5``.
A pattern is a shell-style pattern on module paths, or ``kind=…``, or ``role=…``. An operation with a slash,
``mid_block.*:some-plugin/shuffle=0.5@3``, is offered by a plugin; its amount and its seed may be left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import LesionError
from alienlab.domain.patterns import match_pattern

MAX_SCALE = 100.0
MAX_SEED = 2**63 - 1


class Operation(StrEnum):
    """What a lesion does to a tensor θ of its module; R is Gaussian with θ's mean and spread."""

    ZERO = "zero"
    """θ → 0"""
    RANDOMIZE = "randomize"
    """θ → R"""
    SCALE = "scale"
    """θ → f·θ"""
    NOISE = "noise"
    """θ → (1−d)·θ + d·R"""
    NOISE_ADDED = "noise+"
    """θ → θ + d·R′, where R′ has mean 0: the spread does not shrink."""

    @property
    def takes_amount(self) -> bool:
        return self in _RANGES

    @property
    def takes_seed(self) -> bool:
        return self in (Operation.RANDOMIZE, Operation.NOISE, Operation.NOISE_ADDED)


@dataclass(frozen=True, slots=True)
class PluginOperation:
    """An operation that a plugin offers, named but not looked up: texts can be read where the plugin is not there.

    Whether it exists, and which amounts it takes, is found out where it is used.
    """

    plugin: str
    name: str

    @property
    def takes_amount(self) -> bool:
        return True

    @property
    def takes_seed(self) -> bool:
        return True

    def __str__(self) -> str:
        return f"{self.plugin}/{self.name}"


AnyOperation = Operation | PluginOperation


def read_operation(text: str) -> AnyOperation | None:
    """The operation of this name, or the one of a plugin that it names; None where it names none."""
    if text in set(Operation):
        return Operation(text)
    plugin, slash, name = text.partition("/")
    return PluginOperation(plugin, name) if slash and _ID.fullmatch(plugin) and _ID.fullmatch(name) else None


_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_RANGES: Mapping[Operation, tuple[float, float]] = {
    Operation.SCALE: (-MAX_SCALE, MAX_SCALE),
    Operation.NOISE: (0.0, 1.0),
    Operation.NOISE_ADDED: (0.0, MAX_SCALE),
}
_IDENTITY_AMOUNT = {Operation.SCALE: 1.0, Operation.NOISE: 0.0, Operation.NOISE_ADDED: 0.0}


@dataclass(frozen=True, slots=True)
class StepWindow:
    """The denoising steps in which a lesion acts: ``first`` ≤ step < ``end``, steps counted from 0."""

    first: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.first < self.end:
            raise LesionError(
                f"steps={self.first}-{self.end} is empty. Write steps=A-B with A smaller than B; "
                "steps=0-5 acts in the first five steps."
            )

    def __contains__(self, step: object) -> bool:
        return isinstance(step, int) and self.first <= step < self.end

    def __str__(self) -> str:
        return f"{self.first}-{self.end}"


@dataclass(frozen=True, slots=True)
class Treatment:
    """An operation with its amount, seed and limits: a lesion without its place.

    Raises LesionError where an amount is missing, superfluous or out of range.
    """

    operation: AnyOperation
    amount: float | None = None
    seed: int = 0
    weights_only: bool = False
    steps: StepWindow | None = None

    def __post_init__(self) -> None:
        _check_amount(self.operation, self.amount)
        if not 0 <= self.seed <= MAX_SEED:
            raise LesionError(f"The lesion seed {self.seed} is out of range. Take one from 0 to {MAX_SEED}.")
        if self.seed and not self.operation.takes_seed:
            raise LesionError(f"{self.operation} draws nothing at random, so it takes no seed. Leave out @{self.seed}.")

    @property
    def is_identity(self) -> bool:
        """Whether it leaves every tensor exactly as it is."""
        if isinstance(self.operation, PluginOperation):
            return False
        return self.amount is not None and self.amount == _IDENTITY_AMOUNT[self.operation]

    def __str__(self) -> str:
        text = str(self.operation)
        if self.amount is not None:
            text += f"={format_amount(self.amount)}"
        if self.seed:
            text += f"@{self.seed}"
        if self.weights_only:
            text += ";weights"
        if self.steps is not None:
            text += f";steps={self.steps}"
        return text


@dataclass(frozen=True, slots=True)
class Lesion:
    """One operation on one module."""

    path: str
    treatment: Treatment

    def __str__(self) -> str:
        return f"{self.path}:{self.treatment}"


@dataclass(frozen=True, slots=True)
class LesionSpec:
    """A lesion as the user wrote it: a pattern of modules and what is done to each of them."""

    pattern: str
    treatment: Treatment

    @classmethod
    def parse(cls, text: str) -> LesionSpec:
        """Read the text form; raise LesionError with a sentence that says what is wrong."""
        text = " ".join(text.split())
        pattern, colon, rest = text.rpartition(":")
        if not colon or not pattern:
            raise LesionError(f"'{text}' is not a lesion. Write PATTERN:operation, such as mid_block.*:zero.")
        head, *limits = rest.split(";")
        match = re.fullmatch(r"([a-z0-9/_-]+\+?)(?:=([^@]+))?(?:@(.+))?", head.strip())
        operation = None if match is None else read_operation(match[1])
        if match is None or operation is None:
            known = ", ".join(Operation)
            raise LesionError(
                f"'{head}' is not an operation in '{text}'. Known are {known}; "
                "those of plugins are written plugin/operation."
            )
        amount = None if match[2] is None else _number(match[2], text)
        seed = 0 if match[3] is None else _whole(match[3], text)
        weights_only, steps = _limits(limits, text)
        return cls(pattern.strip(), Treatment(operation, amount, seed, weights_only, steps))

    def expand(self, anatomy: Anatomy) -> tuple[Lesion, ...]:
        """One lesion for each module that matches; raise PatternMatchesNothing where none does."""
        return tuple(Lesion(path, self.treatment) for path in match_pattern(self.pattern, anatomy))

    def __str__(self) -> str:
        return f"{self.pattern}:{self.treatment}"


@dataclass(frozen=True)
class LesionSet:
    """The whole alteration of a mind: for each lesioned module what is done to it, in order.

    Modules stand in execution order and identities are removed, so two sets that were written
    differently but do the same are equal.
    """

    treatments: Mapping[str, tuple[Treatment, ...]]

    @classmethod
    def of(cls, specs: Iterable[LesionSpec], anatomy: Anatomy) -> LesionSet:
        """Expand the specs on ``anatomy``; raise PatternMatchesNothing for a spec without a module."""
        gathered: dict[str, list[Treatment]] = {}
        for spec in specs:
            for lesion in spec.expand(anatomy):
                gathered.setdefault(lesion.path, []).append(lesion.treatment)
        simplified = {path: simplify(gathered[path]) for path in anatomy.paths if path in gathered}
        return cls({path: chain for path, chain in simplified.items() if chain})

    def __bool__(self) -> bool:
        return bool(self.treatments)

    def __len__(self) -> int:
        return len(self.treatments)

    def __hash__(self) -> int:
        return hash(tuple(self.treatments.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LesionSet) and tuple(self.treatments.items()) == tuple(other.treatments.items())

    def at_step(self, step: int) -> LesionSet:
        """The lesions that act in one denoising step."""
        active = {
            path: tuple(treatment for treatment in chain if treatment.steps is None or step in treatment.steps)
            for path, chain in self.treatments.items()
        }
        return LesionSet({path: chain for path, chain in active.items() if chain})

    def canonical(self) -> list[str]:
        """One text for each lesion, without patterns: what ids are made from."""
        return [str(Lesion(path, treatment)) for path, chain in self.treatments.items() for treatment in chain]


INTACT = LesionSet({})


def simplify(chain: Iterable[Treatment]) -> tuple[Treatment, ...]:
    """The shortest chain that does exactly the same, bit for bit.

    Identities go; ``scale=0`` is ``zero`` and ``noise=1`` is ``randomize``; what a later ``zero`` or
    ``randomize`` overwrites goes, and so does scaling what was zeroed. What a plugin
    does is never an identity.
    """
    kept: list[Treatment] = []
    for treatment in map(_plainest, chain):
        if treatment.is_identity:
            continue
        if treatment.operation in (Operation.ZERO, Operation.RANDOMIZE):
            kept = [earlier for earlier in kept if not _overwrites(treatment, earlier)]
        elif treatment.operation is Operation.SCALE and kept and _zeroes_all_of(kept[-1], treatment):
            continue
        kept.append(treatment)
    return tuple(kept)


def _plainest(treatment: Treatment) -> Treatment:
    if treatment.operation is Operation.SCALE and treatment.amount == 0.0:
        return replace(treatment, operation=Operation.ZERO, amount=None)
    if treatment.operation is Operation.NOISE and treatment.amount == 1.0:
        return replace(treatment, operation=Operation.RANDOMIZE, amount=None)
    return treatment


def _overwrites(later: Treatment, earlier: Treatment) -> bool:
    covers_tensors = not later.weights_only or earlier.weights_only
    covers_steps = later.steps is None or later.steps == earlier.steps
    return covers_tensors and covers_steps


def _zeroes_all_of(earlier: Treatment, later: Treatment) -> bool:
    return earlier.operation is Operation.ZERO and _overwrites(earlier, later)


def format_amount(amount: float) -> str:
    """Shortest text that reads back to the same number: ``0.5``, ``2``, ``1e-05``."""
    return repr(int(amount)) if amount == int(amount) else repr(amount)


def _check_amount(operation: AnyOperation, amount: float | None) -> None:
    if isinstance(operation, PluginOperation):
        if amount is not None and not math.isfinite(amount):
            raise LesionError(f"The amount {amount:g} of {operation} is not a number that can be used.")
        return
    if not operation.takes_amount:
        if amount is not None:
            raise LesionError(f"{operation} takes no amount. Leave out ={format_amount(amount)}.")
        return
    low, high = _RANGES[operation]
    if amount is None:
        raise LesionError(f"{operation} needs an amount, such as {operation}={0.5 if high > 0.5 else high}.")
    if not math.isfinite(amount) or not low <= amount <= high:
        raise LesionError(
            f"The amount {amount:g} of {operation} is out of range. "
            f"Take one from {format_amount(low)} to {format_amount(high)}."
        )


def _limits(limits: list[str], text: str) -> tuple[bool, StepWindow | None]:
    weights_only, steps = False, None
    for limit in map(str.strip, limits):
        window = re.fullmatch(r"steps=(\d{1,9})-(\d{1,9})", limit)
        if limit == "weights" and not weights_only:
            weights_only = True
        elif window is not None and steps is None:
            steps = StepWindow(int(window[1]), int(window[2]))
        else:
            raise LesionError(
                f"';{limit}' is not understood in '{text}'. Known are ;weights and ;steps=A-B, once each."
            )
    return weights_only, steps


def _number(text: str, whole: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise LesionError(f"'{text}' is not a number in '{whole}'.") from None
    return number + 0.0  # -0.0 becomes 0.0, so that equal amounts have equal texts


def _whole(text: str, whole: str) -> int:
    if not re.fullmatch(r"[0-9]{1,19}", text.strip()):
        raise LesionError(f"'@{text}' is not a seed in '{whole}'. A seed is a whole number from 0.")
    return int(text)
