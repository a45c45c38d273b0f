"""The experiments: what becomes of a picture, round by round and setting by setting."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from alienlab.api import Curve, Exhibit, Film, Grip, Handle, Plot, Reading, Scale, Values, Wall, Workbench
from alienlab.api import Picture as Shown
from alienlab_grain.rounds import Feedback, Picture, rounds
from alienlab_grain.spectra import grain_size, spectrum
from alienlab_grain.starts import feedback_of, painted, start_of

_LARGE, _FILM_LARGE = 512, 384
"""Pixels of a side at about which a picture, and a film, is shown."""
_WALL_SIDE, _WALL_TIMES = 96, 2
_FRAME_SECONDS = 0.12
_SEEN_ROUNDS = (0, 1, 2, 4, 8, 16, 32, 64, 128)
_LEAST = 1e-12
_BLURS, _CURVE_SIDE = 9, 160


def result(values: Values, workbench: Workbench) -> Exhibit:
    """The picture after all rounds."""
    feedback, side = feedback_of(values), values.whole("side")
    start = start_of(values, workbench, side)
    found = _after_all(start, feedback, values, workbench)
    picture = Shown(painted(found, values.text("colours"), _times(side)), is_smooth=True)
    return Exhibit(
        picture,
        (_transfer_plot(feedback), _spectra_plot({"at first": start, "now": found}, feedback)),
        _readings(found, feedback),
        note=_said(feedback),
    )


def film(values: Values, workbench: Workbench) -> Exhibit:
    """Every round."""
    feedback, side = feedback_of(values), values.whole("side")
    start = start_of(values, workbench, side)
    times = max(1, round(_FILM_LARGE / side))
    frames = [painted(start, values.text("colours"), times)]
    sizes = [grain_size(start)]

    def after(number: int, picture: Picture) -> None:
        workbench.progress(number / values.whole("rounds"), f"Round {number}")
        frames.append(painted(picture, values.text("colours"), times))
        sizes.append(grain_size(picture))

    found = rounds(start, feedback, values.whole("rounds"), after=after)
    captions = tuple(f"round {number}" for number in range(len(frames)))
    return Exhibit(
        Film(tuple(frames), captions, seconds=_FRAME_SECONDS, is_smooth=True),
        (_sizes_plot(sizes, feedback),),
        _readings(found, feedback),
        note=_said(feedback),
    )


def scale(values: Values, workbench: Workbench) -> Exhibit:
    """The spectrum as it narrows from round to round."""
    feedback, side, number = feedback_of(values), values.whole("side"), values.whole("rounds")
    start = start_of(values, workbench, side)
    seen = {"round 0": start}

    def after(one: int, picture: Picture) -> None:
        workbench.progress(one / number, f"Round {one}")
        if one in _SEEN_ROUNDS or one == number:
            seen[f"round {one}"] = picture

    found = rounds(start, feedback, number, after=after)
    return Exhibit(
        _spectra_plot(seen, feedback),
        (_transfer_plot(feedback),),
        _readings(found, feedback),
        note=f"{_said(feedback)} Power gathers there, and what is finer or coarser is lost.",
    )


def wall(values: Values, workbench: Workbench) -> Exhibit:
    """Blur across, sharpening down."""
    feedback, number = feedback_of(values), values.whole("variants")
    blurs = np.round(np.linspace(0.5, values.number("most_blur"), number), 2).tolist()
    strengths = np.round(np.linspace(0.5, values.number("most_sharpening"), number), 2).tolist()
    start = start_of(values, workbench, _WALL_SIDE)
    pictures: list[Shown] = []
    for place, sharpening in enumerate(strengths):
        for column, blur in enumerate(blurs):
            workbench.progress((place + column / number) / number, "Blurring and sharpening")
            found = rounds(start, replace(feedback, blur=blur, sharpening=sharpening), values.whole("rounds"))
            size = grain_size(found)
            caption = "no grain" if size is None or found.std() < 0.02 else f"{size:.1f} pixels"
            pixels = painted(found, values.text("colours"), _WALL_TIMES)
            pictures.append(Shown(pixels, caption, is_smooth=True, sets={"blur": blur, "sharpening": sharpening}))
    return Exhibit(
        Wall(
            tuple(pictures),
            columns=number,
            row_titles=tuple(f"sharpening {strength:g}" for strength in strengths),
            column_titles=tuple(f"blur {blur:g}" for blur in blurs),
        ),
        note="Beneath each picture stands the size of its grains; a click takes its settings.",
    )


def sizes(values: Values, workbench: Workbench) -> Exhibit:
    """How the size of the grains follows the blur, measured and computed."""
    feedback, start = feedback_of(values), start_of(values, workbench, _CURVE_SIDE)
    blurs = np.linspace(0.4, values.number("most_blur"), _BLURS)
    measured: list[float] = []
    for place, blur in enumerate(blurs.tolist()):
        workbench.progress(place / _BLURS, f"Blur {blur:.1f} pixels")
        found = rounds(start, replace(feedback, blur=blur), values.whole("rounds"))
        size = grain_size(found) if found.std() > 0.02 else None
        measured.append(np.nan if size is None else size)
    fine = np.linspace(0.4, values.number("most_blur"), 200)
    computed = np.array([replace(feedback, blur=blur).favoured or np.nan for blur in fine.tolist()])
    largest = np.nanmax(np.append(np.minimum(computed, _CURVE_SIDE / 2), np.append(measured, 4.0)))
    plot = Plot(
        "Size of the grains",
        (
            Curve("wave that grows most", fine, np.where(computed > _CURVE_SIDE / 2, np.nan, computed)),
            Curve("measured", blurs, np.array(measured), is_line=False),
        ),
        x=Scale("blur", 0, values.number("most_blur"), "pixels"),
        y=Scale("size of the grains", 0, float(largest) * 1.1, "pixels"),
        handles=(Handle("blur", Grip.ACROSS),),
    )
    return Exhibit(
        plot,
        (_transfer_plot(feedback),),
        note="Blurring takes the fine away and sharpening the coarse: what is left is grains of one size.",
    )


def _after_all(start: Picture, feedback: Feedback, values: Values, workbench: Workbench) -> Picture:
    number = values.whole("rounds")
    return rounds(start, feedback, number, after=lambda one, _: workbench.progress(one / number, f"Round {one}"))


def _times(side: int) -> int:
    return max(1, round(_LARGE / side))


def _readings(found: Picture, feedback: Feedback) -> tuple[Reading, ...]:
    size, favoured = grain_size(found), feedback.favoured
    strongest = float(feedback.transfer(np.array([1 / favoured if favoured else 0.0]))[0])
    return (
        Reading("size of the grains", "none" if size is None else round(size, 1), "" if size is None else "pixels"),
        Reading(
            "wave that grows most",
            "the longest" if favoured is None else round(favoured, 1),
            "pixels" if favoured else "",
        ),
        Reading("grows in a round by", round(strongest, 3), "times"),
        Reading("contrast", round(float(found.std()), 3)),
    )


def _said(feedback: Feedback) -> str:
    favoured = feedback.favoured
    if favoured is None:
        return "Here no wave grows more than the longest: everything blurs to a single grey. Sharpen more."
    strongest = float(feedback.transfer(np.array([1 / favoured]))[0])
    if strongest < 1 and feedback.limit != "contrast":
        return "Every wave fades: sharpen more or raise the gain to see grains."
    return f"Waves of {favoured:.1f} pixels grow most."


def _transfer_plot(feedback: Feedback) -> Plot:
    frequency = np.linspace(0, 0.5, 201)
    growth = np.asarray(feedback.transfer(frequency), np.float64)
    curves = [Curve("growth", frequency, growth), Curve("unchanged", np.array([0.0, 0.5]), np.ones(2))]
    if feedback.favoured:
        peak = np.array([1 / feedback.favoured])
        curves.append(Curve("grows most", peak, np.asarray(feedback.transfer(peak), np.float64), is_line=False))
    return Plot(
        "Growth of a weak wave in one round",
        tuple(curves),
        x=Scale("frequency", 0, 0.5, "waves per pixel"),
        y=Scale("growth", 0, max(1.2, float(growth.max()) * 1.1), "times"),
    )


def _spectra_plot(pictures: dict[str, Picture], feedback: Feedback) -> Plot:
    """Power in powers of ten, by frequency."""
    curves: list[Curve] = []
    for name, picture in pictures.items():
        numbers, power = spectrum(picture)
        curves.append(Curve(name, numbers / picture.shape[-1], np.log10(np.maximum(power, _LEAST))))
    top = max(float(curve.y.max()) for curve in curves)
    low = max(top - 6, min(float(curve.y.min()) for curve in curves))
    if feedback.favoured:
        curves.append(Curve("grows most", np.full(2, 1 / feedback.favoured), np.array([low, top])))
    return Plot(
        "Power by frequency",
        tuple(curves),
        x=Scale("frequency", 0, 0.5, "waves per pixel"),
        y=Scale("power, power of ten", low - 0.2, top + 0.2),
    )


def _sizes_plot(sizes: list[float | None], feedback: Feedback) -> Plot:
    numbers = np.arange(len(sizes), dtype=np.float64)
    curves = [Curve("measured", numbers, np.array([np.nan if size is None else size for size in sizes]))]
    if feedback.favoured:
        curves.append(Curve("wave that grows most", numbers[[0, -1]], np.full(2, feedback.favoured)))
    return Plot(
        "Size of the grains",
        tuple(curves),
        x=Scale("round", 0, max(1, len(sizes) - 1)),
        y=Scale("size", 0, 0, "pixels"),
    )
