"""What a sweep will take, for a person to read before it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from alienlab.app.jobs import duration_text
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo
from alienlab.domain.sweeps.planning import DECODING_STEPS, PNG_SHARE, RECORD_BYTES, SPREAD_SEEDS, make_plan
from alienlab.domain.sweeps.sweep import Kind, Sweep

MOST_PLANNED = 5_000
"""Trials up to which duplicates are looked for; beyond, somebody who types would wait for it."""
LONG_SECONDS = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Where ``distinct`` is None nobody looked for duplicates, and every number is a most."""

    renders: int
    distinct: int | None
    known: int
    """Of the distinct ones, those whose images are there."""
    missing: int
    """To be rendered, the intact ones that trials are measured against included."""
    refinements: int
    seconds: float | None
    """None where nobody measured how fast the brain is here. Refinements are counted as if all were spent."""
    bytes: int
    free: int

    @property
    def text(self) -> str:
        """``391 renders, 327 distinct, 12 known already · about 1 min 20 s · 7 MB``"""
        if not self.missing and not self.refinements:
            return f"{self._counts} · nothing to render"
        about = "" if self.distinct is None else "about "
        duration = "time not measured yet" if self.seconds is None else f"{about}{duration_text(self.seconds)}"
        return f"{self._counts} · {duration} · {size_text(self.bytes)}"

    @property
    def yardsticks(self) -> str:
        """What is rendered beside the trials; empty where nothing is, and where nobody looked."""
        beside = 0 if self.distinct is None else self.missing - (self.distinct - self.known)
        if beside <= 0:
            return ""
        return "and one intact image as a yardstick" if beside == 1 else f"and {beside:,} intact images as yardsticks"

    @property
    def explanation(self) -> str:
        """What stands behind the numbers of ``text``."""
        if self.distinct is None:
            return f"Above {MOST_PLANNED:,} renders, duplicates and known images are only found when the sweep starts."
        return (
            f"{self.missing:,} images are to be rendered. Renders that must give the same pixels are computed once, "
            "and what the session has is not rendered again. With each prompt and seed go the intact image and "
            f"{SPREAD_SEEDS} intact ones of other seeds, which say what “another image” means."
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences that do not forbid the sweep."""
        found = []
        if self.bytes > self.free:
            found.append(f"Only {size_text(self.free)} are free on the disk of the session.")
        if self.seconds is not None and self.seconds > LONG_SECONDS:
            found.append("This takes more than an hour; it can be paused and gone on with at any time.")
        return tuple(found)

    @property
    def _counts(self) -> str:
        renders = "1 render" if self.renders == 1 else f"{self.renders:,} renders"
        parts = [f"At most {renders}" if self.distinct is None else renders]
        if self.distinct is not None and self.distinct != self.renders:
            parts.append(f"{self.distinct:,} distinct")
        if self.known:
            parts.append(f"{self.known:,} known already")
        if self.refinements:
            parts.append(f"up to {self.refinements:,} more where images jump")
        return ", ".join(parts)


def forecast(
    sweep: Sweep, anatomy: Anatomy, info: BrainInfo, *, is_known: Callable[[str], bool], free_bytes: int
) -> Forecast:
    """Plan ``sweep`` as far as it is small enough to be planned while somebody waits. Raises AlienLabError."""
    one = _seconds_of_one(sweep, info)
    if sweep.size > MOST_PLANNED:
        missing = sweep.size + _scenes(sweep) * (1 + SPREAD_SEEDS)
        known, distinct = 0, None
        seconds, size = missing * one, missing * _bytes_of_one(sweep)
    else:
        plan = make_plan(sweep, anatomy, is_known=is_known)
        missing, distinct = len(plan.missing), plan.distinct
        known = len(plan.known.intersection(plan.keys))
        seconds, size = plan.seconds(info), plan.bytes
    return Forecast(
        renders=sweep.size,
        distinct=distinct,
        known=known,
        missing=missing,
        refinements=sweep.refinements,
        seconds=seconds + sweep.refinements * one if info.paces else None,
        bytes=size + sweep.refinements * _bytes_of_one(sweep),
        free=free_bytes,
    )


def size_text(size: int) -> str:
    """``< 1 MB``, ``7 MB`` or ``1.3 GB``."""
    if size < 1_000_000:
        return "< 1 MB"
    return f"{size / 1e6:,.0f} MB" if size < 1e9 else f"{size / 1e9:,.1f} GB"


def _seconds_of_one(sweep: Sweep, info: BrainInfo) -> float:
    base = sweep.base
    area = base.width * base.height / (info.width * info.height)
    return (base.steps + DECODING_STEPS) * info.pace.seconds * area


def _bytes_of_one(sweep: Sweep) -> int:
    return round(3 * sweep.base.width * sweep.base.height * PNG_SHARE) + RECORD_BYTES


def _scenes(sweep: Sweep) -> int:
    """Combinations of prompt and seed."""
    return prod(len(axis.values) for axis in sweep.axes if axis.kind in (Kind.SEEDS, Kind.PROMPTS, Kind.LINE))
