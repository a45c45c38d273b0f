"""What the images of a wall are grouped by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from alienlab.app.sweeps.columns import SEVERITY, block_of
from alienlab.app.sweeps.families import Family
from alienlab.domain.effects import Verdict
from alienlab.domain.sweeps.results import Result
from alienlab.domain.sweeps.sweep import Sweep


class Grouping(StrEnum):
    NONE = "No groups"
    GRID = "Grid"
    SERIES = "By series"
    VERDICT = "By verdict"
    REGION = "By region"
    FAMILY = "By family"

    @property
    def tip(self) -> str:
        return _TIPS[self]


_TIPS = {
    Grouping.NONE: "One image after another",
    Grouping.GRID: "The first axis downwards, the second across",
    Grouping.SERIES: "Each order in which modules are lesioned",
    Grouping.VERDICT: "What the effects mean, from the least to the most",
    Grouping.REGION: "The part of the network that was altered",
    Grouping.FAMILY: "Images that the recogniser finds alike, the largest family first",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Images under one heading; no heading where there is but one group."""

    heading: str
    results: tuple[Result, ...]
    verdict: Verdict | None = None
    """Whose colour the heading has."""
    representative: str = ""
    """Computation id of the image beside the heading."""


def groupings_for(sweep: Sweep | None, results: Iterable[Result], *, has_families: bool) -> tuple[Grouping, ...]:
    """Those that say something of a sweep, the one to begin with first."""
    if sweep is None:
        return (Grouping.NONE,)
    offered = {
        Grouping.GRID: len(sweep.axes) == 2,
        Grouping.SERIES: len(series_of(sweep)) > 1,
        Grouping.NONE: True,
        Grouping.VERDICT: True,
        Grouping.REGION: any(result.trial.module is not None for result in results),
        Grouping.FAMILY: has_families,
    }
    return tuple(grouping for grouping, is_offered in offered.items() if is_offered)


def series_of(sweep: Sweep) -> tuple[str, ...]:
    """Names of the curves that the first axis holds."""
    return tuple(dict.fromkeys(value.series for value in sweep.axes[0].values))


def groups_of(grouping: Grouping, results: Sequence[Result], families: Iterable[Family] = ()) -> tuple[Group, ...]:
    """Groups with at least one image, each in the order of ``results``."""
    match grouping:
        case Grouping.VERDICT:
            return _by_verdict(results)
        case Grouping.REGION:
            return tuple(Group(name, found) for name, found in _parted(results, lambda one: block_of(one) or ""))
        case Grouping.SERIES:
            return tuple(Group(name, found) for name, found in _parted(results, lambda one: one.trial.values[0].series))
        case Grouping.FAMILY:
            return _by_family(results, families)
        case _:
            return (Group("", tuple(results)),) if results else ()


def _by_verdict(results: Sequence[Result]) -> tuple[Group, ...]:
    parted = dict(_parted(results, lambda one: "" if one.effect is None else str(one.effect.verdict)))
    known = [Group(str(verdict), parted[verdict], verdict) for verdict in SEVERITY if verdict in parted]
    return (*known, *([Group("not measured yet", parted[""])] if "" in parted else []))


def _by_family(results: Sequence[Result], families: Iterable[Family]) -> tuple[Group, ...]:
    families = tuple(families)
    if not families:
        return (Group("", tuple(results)),) if results else ()
    numbers = {key: number for number, family in enumerate(families) for key in family.keys}
    parted = dict(_parted(results, lambda one: str(numbers.get(one.key, ""))))
    known = [
        Group(family.name, parted[str(number)], representative=family.representative)
        for number, family in enumerate(families)
        if str(number) in parted
    ]
    return (*known, *([Group("no family yet", parted[""])] if "" in parted else []))


def _parted(results: Iterable[Result], name: Callable[[Result], str]) -> Iterable[tuple[str, tuple[Result, ...]]]:
    """In the order in which the names are met."""
    parted: dict[str, list[Result]] = {}
    for result in results:
        parted.setdefault(name(result), []).append(result)
    return ((name, tuple(found)) for name, found in parted.items())
