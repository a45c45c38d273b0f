"""Figures M5 and M7 to M9: many modules, or all of them, altered at once."""

from __future__ import annotations

from collections.abc import Sequence

from alienlab.domain.effects import Scale
from alienlab.domain.lesions import LesionSpec, Operation
from alienlab.domain.patterns import patterns_for
from alienlab.domain.sweeps.kinds import ZERO
from alienlab.domain.sweeps.orders import Order, ordered
from alienlab.domain.sweeps.sweep import Axis, Kind, Value
from alienlab.figures.altered_minds import result_cell
from alienlab.figures.cells import KEPT, cell, on_all, percents, regions, row, shared
from alienlab.figures.figure import Figure
from alienlab.figures.keeping import is_kept, kept_shares
from alienlab.figures.studio import Studio
from alienlab.session.sheets.content import Sheet, SheetCell

_COUNTS = (0, 1, 2, 4, 8, 12, 16, 24, 32, 48, 96)
_ORDERS = (1, 2, 3, 4)
_RANDOMNESS = (0.0, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3)
_FADING = (1.0, 0.99, 0.98, 0.96, 0.94, 0.92, 0.9, 0.88, 0.85, 0.8, 0.7, 0.5)
_GROWING = (1.0, 1.02, 1.04, 1.08, 1.1, 1.12, 1.15, 1.2, 1.25, 1.3, 1.5, 2.0)


def _more_and_more(studio: Studio) -> Sheet:
    counts = studio.few((*_COUNTS, len(studio.anatomy)), 3)
    orders = studio.few(_ORDERS, 2)
    values = tuple(_silenced(studio, seed, count) for seed in orders for count in counts)
    results = studio.sweep(Axis(Kind.PROGRESSIVE, values), "Figures: more and more modules")
    cells = [result_cell(studio, one, scale=Scale.KEPT) for one in results]
    labels = [f"{count}" for count in counts]
    section = row("", cells, labels, across="modules silenced", rows=[f"order {seed}" for seed in orders])
    base = studio.shoot([studio.recipe(wide=True)])
    return Sheet(
        title="",
        common=shared(base),
        sections=(section,),
        columns=len(counts),
        scale=KEPT,
        regions=regions(studio),
    )


def _silenced(studio: Studio, seed: int, count: int) -> Value:
    """The first ``count`` modules of a random order."""
    paths = ordered(studio.anatomy.paths, Order.RANDOM, studio.anatomy, seed=seed)[:count]
    specs = tuple(LesionSpec(pattern, ZERO) for pattern in patterns_for(paths, studio.anatomy))
    return Value(f"{count} modules, order {seed}", float(count), specs, series=f"order {seed}")


def _drugged(studio: Studio) -> Sheet:
    amounts = studio.few(_RANDOMNESS, 3)
    return _doses_sheet(studio, Operation.NOISE, amounts, seeds=3, across="randomness in every weight")


def _fading(studio: Studio) -> Sheet:
    return _doses_sheet(studio, Operation.SCALE, studio.few(_FADING, 3), seeds=2, across="all weights scaled to")


def _blown_up(studio: Studio) -> Sheet:
    return _doses_sheet(studio, Operation.SCALE, studio.few(_GROWING, 3), seeds=2, across="all weights scaled to")


def _doses_sheet(studio: Studio, operation: Operation, amounts: Sequence[float], *, seeds: int, across: str) -> Sheet:
    """A row for each noise; the first amount changes nothing."""
    noises = range(studio.seed, studio.seed + seeds)
    shots = studio.shoot(
        [studio.recipe(seed=seed, lesions=on_all(operation, amount)) for seed in noises for amount in amounts]
    )
    by_noise = [shots[start : start + len(amounts)] for start in range(0, len(shots), len(amounts))]
    shares: list[list[float | None]] = [[None] * len(amounts) for _ in noises]
    if studio.lab.info.recogniser is not None:
        shares = [kept_shares(studio, own) for own in by_noise]
    cells: list[SheetCell] = [
        cell(studio, shot, value=share)
        for own, values in zip(by_noise, shares, strict=True)
        for shot, share in zip(own, values, strict=True)
    ]
    section = row("", cells, percents(amounts), across=across, rows=[f"noise {seed}" for seed in noises])
    told = " · ".join(filter(None, (_last_kept(amounts, shares), shared([own[0] for own in by_noise]))))
    return Sheet(title="", common=told, sections=(section,), columns=len(amounts), scale=KEPT)


def _last_kept(amounts: Sequence[float], shares: Sequence[Sequence[float | None]]) -> str:
    """Up to which amount every row still shows what it showed."""
    if not any(share is not None for values in shares for share in values):
        return ""
    held = 0
    while held < len(amounts) and all(is_kept(values[held]) for values in shares):
        held += 1
    return (
        f"what the intact mind shows is kept by all rows up to {percents(amounts[held - 1 : held])[0]}" if held else ""
    )


WIDE_LESIONS = (
    Figure(
        "M5",
        "More and more",
        "Modules are silenced one after another until none is left, as the memory modules of HAL in “2001”. Each row "
        "takes them in another random order.",
        _more_and_more,
    ),
    Figure(
        "M7",
        "Drugged",
        "A little randomness in every weight changes little; a little more, and the picture dissolves. That happens at "
        "the same dose with other noises.",
        _drugged,
    ),
    Figure("M8", "Fading", "All weights together grow weaker, until there is only grain.", _fading),
    Figure("M9", "Blown up", "All weights together grow stronger: colours blaze before everything melts.", _blown_up),
)
