"""Numbers as people read them, with their units."""

from __future__ import annotations

from alienlab.domain.counting import counted


def parameters_of(count: int) -> str:
    """``1,184``, ``2.95 M``, ``859.5 M``."""
    if count < 100_000:
        return f"{count:,}"
    for size, unit in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if count >= size:
            return f"{count / size:.4g} {unit}"
    return f"{count:,}"


def share_of(part: float, whole: float) -> str:
    """Percent: ``12.3 %``, ``0.04 %``, ``< 0.01 %``."""
    percent = 100.0 * part / whole if whole else 0.0
    if 0 < percent < 0.01:
        return "< 0.01 %"
    return f"{percent:.3g} %" if percent < 99.95 or part == whole else "99.9 %"


def modules_of(count: int) -> str:
    return counted(count, "module")
