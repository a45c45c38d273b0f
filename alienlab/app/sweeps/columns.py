"""What is told of a result: the columns of the table, and the same in a few lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from alienlab.domain.effects import Effect, Scale, Verdict
from alienlab.domain.recognition import percent
from alienlab.domain.sweeps.results import Result

MISSING = "–"
"""Stands for what is not known."""
SEVERITY = (
    Verdict.NOTHING,
    Verdict.NUANCE,
    Verdict.ALTERED,
    Verdict.ANOTHER,
    Verdict.LOST,
    Verdict.NOISE,
    Verdict.FLAT,
)
"""Verdicts from the least to the most."""
TOP = "top"
"""Block of the modules that stand at the top of the network."""


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is told of every result."""

    name: str
    heading: str
    tip: str
    read: Callable[[Result], Any]
    """None where it is not known."""
    write: Callable[[Any], str] = str
    key: Callable[[Any], Any] = lambda value: value
    """What values are ordered by."""
    is_number: bool = True

    def text(self, result: Result) -> str:
        value = self.read(result)
        return MISSING if value is None else self.write(value)

    def sort_key(self, result: Result) -> Any:
        """None where nothing is known: that comes last in either order."""
        value = self.read(result)
        return None if value is None else self.key(value)


def columns_of(words: Iterable[str], measures: Iterable[Column] = ()) -> tuple[Column, ...]:
    """All columns; ``measures`` are those of plugins, beside the verdict, ``words`` the concepts that have one each, at
    the end: they become known while a sweep runs.
    """
    return (*_COLUMNS[:_FIRST], *measures, *_COLUMNS[_FIRST:], *(_concept(word) for word in words))


def words_of(results: Iterable[Result]) -> tuple[str, ...]:
    """The concepts that are measured in any of the results, in the order in which they are met."""
    measured = (result.effect.measures.concepts for result in results if result.effect is not None)
    return tuple(dict.fromkeys(word for concepts in measured for word, _ in concepts))


def region_of(result: Result) -> str | None:
    """Dotted path of the region that the trial is about or within; empty at the top; None where it is about none."""
    return result.trial.module if result.module is None else result.module.region


def block_of(result: Result) -> str | None:
    """The outer region: ``down_blocks.0``, ``mid_block``, ``top``."""
    region = region_of(result)
    if region is None:
        return None
    parts = region.split(".")
    return ".".join(parts[: 2 if parts[1:] and parts[1].isdigit() else 1]) or TOP


def headline(effect: Effect) -> str:
    """Verdict and strength: ``altered · 0.62 seed spreads``."""
    spreads = effect.spreads
    lost = f": {', '.join(effect.lost)}" if effect.verdict is Verdict.LOST else ""
    return f"{effect.verdict}{lost}" if spreads is None else f"{effect.verdict}{lost} · {spreads:.2f} seed spreads"


def figures(effect: Effect) -> tuple[str, ...]:
    """The numbers, a line for each group of them."""
    measures = effect.measures
    distances = [
        *(() if measures.perceptual is None else (f"perceptual {max(0.0, measures.perceptual):.3f}",)),
        f"SSIM {measures.ssim:.2f}",
        f"pixel {measures.pixel:.3f}",
        *(() if measures.latent_cosine is None else (f"latent {1.0 - measures.latent_cosine:.3f}",)),
    ]
    kept = () if effect.kept is None else (f"concept kept {percent(effect.kept)}",)
    concepts = [f"{word} {percent(share)}" for word, share in measures.concepts]
    spectrum = f"noise-likeness {measures.noise:.2f} · flatness {measures.flatness:.2f}"
    return (" · ".join(distances), *((", ".join(concepts),) if concepts else ()), *kept, spectrum)


def state_of(result: Result) -> str:
    """Why there is nothing measured of a result yet."""
    if result.failure:
        return result.failure
    return "Not measured yet" if result.is_rendered else "Not rendered yet"


def describe_result(result: Result) -> str:
    """All that is known of a result, in lines."""
    effect = result.effect
    known = (state_of(result),) if effect is None else (headline(effect), *figures(effect))
    depth = () if result.depth is None else (f"{_place(result)}depth {_rounded(result.depth)}",)
    return "\n".join((result.trial.label, *known, *depth))


def _place(result: Result) -> str:
    return "" if result.module is None else f"{result.module.kind} · {result.module.stage} · "


def natural(text: str) -> tuple[Any, ...]:
    """What orders ``seed 2`` before ``seed 10``."""
    return tuple(int(part) if part.isdigit() else part for part in re.split(r"([0-9]+)", text.casefold()))


def _rounded(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _decimals(count: int) -> Callable[[float], str]:
    return lambda value: f"{value:.{count}f}"


def _words(name: str, heading: str, tip: str, read: Callable[[Result], Any], *, key: Callable[[Any], Any]) -> Column:
    return Column(name, heading, tip, read, key=key, is_number=False)


def _measured(name: str, heading: str, tip: str, read: Callable[[Effect], float | None], write: Any) -> Column:
    return Column(name, heading, tip, lambda result: None if result.effect is None else read(result.effect), write)


def _scale(scale: Scale, write: Callable[[Any], str]) -> Column:
    heading = f"{scale.heading}, {scale.unit}" if scale is Scale.SPREADS else scale.heading
    return _measured(str(scale), heading, scale.tip, scale.of, write)


def _concept(word: str) -> Column:
    tip = f"Probability that the recogniser gives to “{word}” among all that it knows"
    return _measured(f"concept:{word}", word, tip, lambda effect: effect.measures.probability(word), percent)


def _verdict(result: Result) -> Verdict | None:
    return None if result.effect is None else result.effect.verdict


_COLUMNS = (
    _words("label", "Trial", "What was changed", lambda result: result.trial.label, key=natural),
    _words(
        "kind",
        "Kind",
        "What the module computes",
        lambda result: None if result.module is None else str(result.module.kind),
        key=natural,
    ),
    _words("region", "Region", "The part of the network that the module stands in", region_of, key=natural),
    Column("depth", "Depth", "Modules on the longest path from the latent", lambda result: result.depth, _rounded),
    _words("verdict", "Verdict", "What the effect means", _verdict, key=SEVERITY.index),
    _scale(Scale.SPREADS, _decimals(2)),
    _scale(Scale.PERCEPTUAL, _decimals(3)),
    _measured(
        "ssim",
        "SSIM",
        "Structural similarity to the intact image; 1 for equal ones",
        lambda effect: effect.measures.ssim,
        _decimals(3),
    ),
    _scale(Scale.PIXEL, _decimals(3)),
    _scale(Scale.LATENT, _decimals(3)),
    _scale(Scale.KEPT, percent),
    _scale(Scale.NOISE, _decimals(2)),
    _scale(Scale.FLATNESS, _decimals(2)),
)
_FIRST = 6
"""Where the measures of plugins stand: after verdict and strength."""
