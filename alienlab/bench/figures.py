"""What the measured keys mean, and how they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

Figures = dict[str, float | str]
"""By key: a number in the unit of its figure, or a word."""


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
    "images_per_second_loop": Figure("images a second of a loop with diffusers, one knockout at a time", "/s"),
    "images_per_second_exact": Figure("the same knockouts by the engine in fp32", "/s"),
    "images_per_second_default": Figure("the same in the format that the engine chooses here", "/s"),
    "ratio_exact": Figure("engine in fp32, relative to the loop", "×", 2.0),
    "ratio_default": Figure("engine at its default, relative to the loop", "×", 4.0),
    "psnr_exact_db": Figure("images in fp32 beside the loop's, 5th percentile", "dB", 60.0),
    "psnr_default_db": Figure("images at the default beside the loop's, 5th percentile", "dB", 30.0),
    "largest_difference_exact": Figure("largest pixel difference in fp32, of 255", ""),
    "largest_difference_default": Figure("largest pixel difference at the default, of 255", ""),
    "peak_fraction": Figure("of the machine's measured rate that the UNet reaches", ""),
    "atlas_seconds": Figure("391 knockouts at 12 steps, measured and saved", "s", 90.0),
    "peak_memory_gb": Figure("resident at most while all this ran", "GB", 3.0),
    "peak_gpu_memory_gb": Figure("allocated by the engine on the GPU at most while it rendered", "GB"),
    "plane_seconds": Figure("11 × 11 points of a plane at 12 steps, by a script", "s", 40.0),
    "plane_sketch_s": Figure("from the look at a plane in the window to its first sketched tiles", "s", 1.0),
    "plane_paint_p95_ms": Figure("painting the plane while it is panned and tiles render, 95th percentile", "ms", 16.0),
    "log_open_ms": Figure("from the opening of a session of 20,000 renders to the first paint of its log", "ms", 300.0),
    "log_paint_p95_ms": Figure("painting its gallery while it is scrolled, 95th percentile", "ms", 16.0),
    "log_list_paint_p95_ms": Figure("painting its list while it is scrolled, 95th percentile", "ms", 16.0),
    "log_filter_ms": Figure("from two words of a filter to their answer", "ms"),
    "log_memory_mb": Figure("the window with this session, after scrolling, resident", "MB"),
    "bifurcation_s": Figure("bifurcation diagram of 2,000 × 1,200 pixels", "s", 1.0),
    "automaton_ms": Figure("automaton of 256 × 256 cells, 60 steps", "ms", 100.0),
    "gaussian_s": Figure("Gaussian fitted to 10,000 images, and drawn from", "s", 20.0),
    "components_s": Figure("all principal components of 10,000 images, and images of the first", "s", 20.0),
    "components_memory_gb": Figure("resident at most for the components, in its process", "GB", 1.5),
    "bifurcation_memory_gb": Figure("resident at most for the diagram, in its process", "GB"),
    "automaton_memory_gb": Figure("resident at most for the automaton, in its process", "GB"),
    "gaussian_memory_gb": Figure("resident at most for the Gaussian, in its process", "GB", 1.5),
    "device": Figure("where the engine and the loop computed", ""),
    "loop_dtype": Figure("format in which the loop computed", ""),
    "engine_dtype": Figure("format that the engine chose here", ""),
}


LAB_FIGURES: Mapping[str, Figure] = {
    "first_ms": Figure("for the first time, with what it imports and learns", "ms"),
    "again_ms": Figure("opened at its defaults, in a warm process", "ms", 200.0),
    "slider_ms": Figure("after a slider moved", "ms", 100.0),
}
"""Of each experiment of a laboratory; its key is ``laboratory experiment first_ms``."""


def figure_of(key: str) -> Figure:
    """What a measured key means."""
    if key in FIGURES:
        return FIGURES[key]
    what, _, kind = key.rpartition(" ")
    figure = LAB_FIGURES[kind]
    return replace(figure, meaning=f"{what}: {figure.meaning}")


def report(figures: Mapping[str, float | str]) -> str:
    """The figures as a table, with their bars where they were measured on a CPU."""
    is_cpu = figures.get("device", "cpu") == "cpu"
    lines = []
    for key, value in figures.items():
        figure = figure_of(key)
        shown = f"{value:>9}" if isinstance(value, str) else f"{value:9.3f}"
        bar = f"(bar {figure.bar:g} {figure.unit})" if is_cpu and figure.bar is not None else ""
        lines.append(f"{shown} {figure.unit:<3} {bar:<15} {figure.meaning}")
    return "\n".join(lines)
