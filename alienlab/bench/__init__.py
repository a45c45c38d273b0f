"""What ``alienlab bench`` measures on this machine, with the embedded brain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alienlab.bench.engine import measure_engine
from alienlab.bench.launch import measure_window


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measured key means, and the bar that it should keep on two CPU cores; None where it has none."""

    meaning: str
    unit: str
    bar: float | None = None


FIGURES: Mapping[str, Figure] = {
    "window_visible_s": Figure("from the start of Python to the first painted window", "s", 2.0),
    "first_images_s": Figure("from the start of Python to the first two images", "s"),
    "render_20_steps_s": Figure("one image of 20 steps in the worker, with previews", "s", 1.0),
    "cancel_s": Figure("from the cancel of a single render to its end", "s", 0.3),
    "ui_blocked_ms": Figure("longest time that the window's thread was busy while rendering", "ms", 50.0),
    "map_paint_p95_ms": Figure("painting the brain map while it is panned, 95th percentile", "ms", 16.7),
    "map_paint_2000_p95_ms": Figure("the same for a brain of 2,000 modules", "ms"),
    "memory_gb": Figure("window and worker together, resident", "GB", 1.5),
    "memory_unshared_gb": Figure("the same, pages that both share counted once", "GB"),
    "batch_speedup": Figure("images per second in batches of 8, relative to one at a time", "×"),
}


def measure() -> dict[str, float]:
    """Run everything, one thing after another; takes about a minute."""
    return {**measure_window(), **measure_engine()}


def report(figures: Mapping[str, float]) -> str:
    """The figures as a table, with their bars."""
    lines = []
    for key, value in figures.items():
        figure = FIGURES[key]
        bar = "" if figure.bar is None else f"(bar {figure.bar:g} {figure.unit})"
        lines.append(f"{value:9.3f} {figure.unit:<3} {bar:<15} {figure.meaning}")
    return "\n".join(lines)
