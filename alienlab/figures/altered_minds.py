"""Figures M1 to M4 and M6: every module altered in turn. More modules at once: ``wide_lesions``."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from alienlab.domain.counting import counted
from alienlab.domain.effects import THRESHOLDS, Scale, Verdict
from alienlab.domain.events import Image
from alienlab.domain.lesions import Operation, Treatment
from alienlab.domain.sweeps.kinds import ZERO, knockouts
from alienlab.domain.sweeps.results import Result
from alienlab.domain.sweeps.sweep import Axis, Kind
from alienlab.figures.cells import WEIGHTS_SEED, measured_cell, regions, shared
from alienlab.figures.figure import Figure
from alienlab.figures.network_picture import Tile, network_picture
from alienlab.figures.studio import Studio
from alienlab.session.sheets.content import Sheet, SheetCell, SheetSection
from alienlab.session.sheets.scale import scale_for

_WALL = 23
"""Columns: 391 modules fill 17 rows."""
_ENDS = 6
_EXAMPLES = 6
_QUICK_MODULES = 12
_SCALE = Scale.SPREADS
_FROM_LITTLE_TO_MUCH = (
    *(Verdict.NOTHING, Verdict.NUANCE, Verdict.ALTERED, Verdict.ANOTHER),
    *(Verdict.LOST, Verdict.NOISE, Verdict.FLAT),
)


def each_module(studio: Studio, treatment: Treatment = ZERO) -> list[Result]:
    """Every module treated alone, in order of execution; a few of them in a quick figure."""
    values = knockouts(studio.anatomy, treatment=treatment).values
    axis = Axis(Kind.KNOCKOUT, tuple(studio.few(values, _QUICK_MODULES)))
    return studio.sweep(axis, f"Figures: each module, {treatment}")


def _wall(studio: Studio) -> Sheet:
    return _wall_of(studio, each_module(studio))


def _randomised(studio: Studio) -> Sheet:
    return _wall_of(studio, each_module(studio, Treatment(Operation.RANDOMIZE, seed=WEIGHTS_SEED)))


def _wall_of(studio: Studio, results: Sequence[Result]) -> Sheet:
    cells = [result_cell(studio, one, short_name(one)) for one in results]
    return _sheet(studio, results, [SheetSection("", tuple(cells))], columns=min(_WALL, len(cells)), is_one_page=True)


def _kinds_of_effect(studio: Studio) -> Sheet:
    results = each_module(studio)
    sections = [
        _examples(studio, verdict, found)
        for verdict in _FROM_LITTLE_TO_MUCH
        if (found := [one for one in _distinct(results) if one.effect is not None and one.effect.verdict is verdict])
    ]
    return _sheet(studio, results, [_intact(studio), *sections], columns=_EXAMPLES)


def _distinct(results: Iterable[Result]) -> list[Result]:
    """One of those that must give the same pixels."""
    return list({one.key: one for one in reversed(list(results))}.values())[::-1]


def _examples(studio: Studio, verdict: Verdict, found: Sequence[Result]) -> SheetSection:
    """Spread evenly from the least effect to the most."""
    ranked = sorted(found, key=_spreads)
    chosen = [ranked[place] for place in _spread_over(len(ranked), 2 if verdict is Verdict.NOTHING else _EXAMPLES)]
    named = verdict.capitalize()
    heading = f"{named}: {counted(len(found), 'different image')}. {THRESHOLDS.explain(verdict)}"
    return SheetSection(heading, tuple(result_cell(studio, one, one.trial.label) for one in chosen))


def _spread_over(length: int, count: int) -> list[int]:
    """At most ``count`` places, evenly from the first to the last."""
    return np.linspace(0, length - 1, min(count, length)).round().astype(int).tolist()


def _intact(studio: Studio) -> SheetSection:
    shots = studio.shoot([studio.recipe(wide=True)])
    return SheetSection("The intact mind", (measured_cell(studio, shots[0], None, _SCALE),))


def _first_and_last(studio: Studio) -> Sheet:
    results = each_module(studio)
    ends = {"The first modules to run": results[:_ENDS], "The last modules to run": results[-_ENDS:]}
    sections = [
        SheetSection(
            f"{heading}: {told_verdicts(some)}", tuple(result_cell(studio, one, one.trial.label) for one in some)
        )
        for heading, some in ends.items()
    ]
    return _sheet(studio, [*results[:_ENDS], *results[-_ENDS:]], [_intact(studio), *sections], columns=_ENDS)


def _where(studio: Studio) -> Sheet:
    results = each_module(studio)
    tiles = [Tile(one.trial.module or "", image) for one in results if (image := _image(studio, one)) is not None]
    picture = network_picture(studio.anatomy, tiles)
    effects = [(one.trial.values[0].number, _spreads(one)) for one in results if one.effect is not None]
    correlation = f"{rank_correlation(effects):+.2f}".replace("-", "−")
    told = f"rank correlation of the modules' order and the size of their effect: {correlation} (0 is none)"
    base = studio.shoot([studio.recipe(wide=True)])
    section = SheetSection("", (SheetCell.of(picture, ()),))
    return Sheet(title="", common=f"{told} · {shared(base)}", sections=(section,), columns=1)


def _image(studio: Studio, result: Result) -> Image | None:
    shot = studio.shot_of(result)
    return None if shot.record is None else studio.session.load_image(shot.record)


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Spearman's, without regard to ties; 0 for fewer than three pairs."""
    if len(pairs) < 3:
        return 0.0
    ranks = np.argsort(np.argsort(np.asarray(pairs, np.float64), axis=0, kind="stable"), axis=0, kind="stable")
    first, second = ranks.T - ranks.mean(axis=0)[:, None]
    return float(first @ second / (np.linalg.norm(first) * np.linalg.norm(second)))


def result_cell(studio: Studio, result: Result, *caption: str, scale: Scale = _SCALE) -> SheetCell:
    number = "" if result.module is None else str(result.module.order)
    return measured_cell(studio, studio.shot_of(result), result.effect, scale, *caption, number=number)


def told_verdicts(results: Iterable[Result]) -> str:
    """``3 noise, 2 altered``, from much to little."""
    counts = Counter(one.effect.verdict for one in results if one.effect is not None)
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in reversed(_FROM_LITTLE_TO_MUCH) if counts[verdict])


def short_name(result: Result) -> str:
    """Path of the module without the words that all paths have."""
    name = result.trial.module or result.trial.label
    for long, short in (("down_blocks.", "down"), ("up_blocks.", "up"), ("mid_block", "mid")):
        name = name.replace(long, short)
    for long, short in (("attentions", "att"), ("transformer_blocks.0.", ""), ("resnets", "res")):
        name = name.replace(long, short)
    return name


def _sheet(
    studio: Studio,
    results: Sequence[Result],
    sections: Sequence[SheetSection],
    *,
    columns: int,
    is_one_page: bool = False,
) -> Sheet:
    told = [told_verdicts(results), shared(studio.shoot([studio.recipe(wide=True)]))]
    return Sheet(
        title="",
        common=" · ".join(filter(None, told)),
        sections=tuple(sections),
        columns=columns,
        scale=scale_for(_SCALE, (cell.value for section in sections for cell in section.cells)),
        regions=regions(studio),
        is_one_page=is_one_page,
    )


def _spreads(result: Result) -> float:
    value = None if result.effect is None else result.effect.spreads
    return math.inf if value is None else value


ALTERED_MINDS = (
    Figure(
        "M1",
        "Every module",
        "Each module of the network is silenced alone, in the order in which they run; the numbers are those of "
        "“alienlab anatomy”.",
        _wall,
    ),
    Figure(
        "M2",
        "Kinds of effect",
        "Examples from M1, from hardly any change to nothing left, each kind from its least effect to its greatest.",
        _kinds_of_effect,
    ),
    Figure(
        "M3",
        "The first and the last",
        "What comes of silencing one of the modules that meet the noise first, or that speak last.",
        _first_and_last,
    ),
    Figure(
        "M4",
        "Where in the network",
        "The pictures of M1, each where its module has its place: down through the encoder, through the middle, and up "
        "through the decoder.",
        _where,
    ),
    Figure("M6", "Randomised modules", "As M1, but each module in turn is given random weights.", _randomised),
)
