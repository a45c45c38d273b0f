"""The experiments with many noises at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Curve, Exhibit, Picture, Plot, Reading, Scale, Values, Wall, Workbench
from alienlab_pair.falling import Fall, fall
from alienlab_pair.judging import Verdict, judge, leanings
from alienlab_pair.materials import Pair, to_pixels
from alienlab_pair.schedule import noised
from alienlab_pair.starts import begin, noises, saying, told
from alienlab_pair.trained import Trained, trained

_CURVES = 48
"""Most ways that are drawn."""
_AMOUNTS = (0.3, 0.6, 0.8, 0.88, 0.92, 0.95, 0.98, 1.0)
"""Denser where it is decided."""


def many(values: Values, workbench: Workbench) -> Exhibit:
    """A wall of what the noises became; beneath it, when each was decided."""
    made = trained(values, workbench)
    count = values.whole("noises")
    noisy, start = begin(noises(workbench, made.pair, count), made.pair, values)
    with workbench.lesioned(made.network, values.lesions("lesions")):
        way = fall(
            made.network,
            noisy,
            told(values.text("word"), count),
            schedule=made.schedule,
            start=start,
            steps=values.whole("steps"),
            progress=lambda done: workbench.progress(done, "Going back"),
        )
    verdict = judge(way.ends, made.pair)
    return Exhibit(
        end_wall(way.ends, verdict),
        (_ways(way, verdict, made.pair), decided(way, made.pair)),
        verdict.readings(),
        note=f"{count} noises, {saying(values.text('word'))}. A click chooses the one that “One way back” follows.",
    )


def how_noisy(values: Values, workbench: Workbench) -> Exhibit:
    """Both images noised more and more: a column for each amount, and the share that comes home."""
    made = trained(values, workbench)
    count = values.whole("noises")
    noise = noises(workbench, made.pair, count)
    amounts = np.array(_AMOUNTS)
    shown, homes = [], np.zeros((2, len(amounts)))
    with workbench.lesioned(made.network, values.lesions("lesions")):
        for place, amount in enumerate(amounts):
            ends, homes[:, place] = _homeward(made, noise, float(amount), values, workbench, place / len(amounts))
            shown.append(ends)
            workbench.show(_how_noisy_exhibit(shown, amounts, homes, made.pair))
    return _how_noisy_exhibit(shown, amounts, homes, made.pair)


def end_wall(ends: NDArray[np.float32], verdict: Verdict) -> Wall:
    """What each noise became, named where it is neither; a click chooses that noise."""
    pictures = tuple(
        Picture(pixels, verdict.names[2] if verdict.which[index] == 2 else "", sets={"noise": index + 1})
        for index, pixels in enumerate(to_pixels(ends))
    )
    return Wall(pictures, columns=columns_for(len(pictures)))


def columns_for(count: int) -> int:
    """Such that the wall is wider than high, with full rows where that can be had."""
    ideal = max(1, round((count * 1.6) ** 0.5))
    fitting = [columns for columns in range(1, count + 1) if count % columns == 0]
    best = min(fitting, key=lambda columns: abs(columns - ideal))
    return best if abs(best - ideal) <= ideal / 3 else ideal


def steps_of(way: Fall) -> NDArray[np.float64]:
    """Of the guesses, and of the end."""
    return np.arange(len(way.times), dtype=np.float64)


def decided(way: Fall, pair: Pair) -> Plot:
    """At each step the share of noises that already lean to what they become."""
    lean = np.concatenate([leanings(way.guesses, pair), leanings(way.ends, pair)[None]])
    sides = lean > 0.5
    share = (sides == sides[-1]).mean(axis=1)
    return Plot(
        "Decided",
        (Curve("lean to where they end", steps_of(way), share),),
        x=Scale("step back", 0, len(way.guesses)),
        y=Scale("share of the noises", 0, 1.05),
    )


def _ways(way: Fall, verdict: Verdict, pair: Pair) -> Plot:
    """Where each noise's guess lies between the two images, from step to step."""
    lean = np.concatenate([leanings(way.guesses, pair), leanings(way.ends, pair)[None]])
    curves = tuple(
        Curve(f"noise {index + 1}: {verdict.name(index)}", steps_of(way), lean[:, index])
        for index in range(min(_CURVES, lean.shape[1]))
    )
    return Plot(
        f"Way of each noise: {pair.words[0]} is 0, {pair.words[1]} is 1",
        curves,
        x=Scale("step back", 0, len(way.guesses)),
        y=Scale("place", min(-0.1, float(lean.min())), max(1.1, float(lean.max()))),
    )


def _homeward(
    made: Trained, noise: NDArray[np.float32], amount: float, values: Values, workbench: Workbench, done: float
) -> tuple[NDArray[np.float32], tuple[float, float]]:
    """The first noise's end from each image, and the shares of all noises that came home."""
    workbench.progress(done, f"Noise {amount:.0%}")
    steps = max(2, round(values.whole("steps") * amount))
    ends, homes = [], []
    for which, image in enumerate(made.pair.images):
        noisy = noised(image[None], noise, np.full(len(noise), amount), made.schedule)
        way = fall(
            made.network,
            noisy,
            told(values.text("word"), len(noise)),
            schedule=made.schedule,
            start=amount,
            steps=steps,
            progress=lambda _: workbench.progress(done, f"Noise {amount:.0%}"),
        )
        ends += [noisy[0], way.ends[0]]
        homes.append(judge(way.ends, made.pair).share(which))
    return np.stack(ends), (homes[0], homes[1])


def _how_noisy_exhibit(
    shown: list[NDArray[np.float32]], amounts: NDArray[np.float64], homes: NDArray[np.float64], pair: Pair
) -> Exhibit:
    blank = np.full_like(shown[0], -1)
    columns = [*shown, *[blank] * (len(amounts) - len(shown))]
    pixels = to_pixels(np.stack(columns, axis=1))
    wall = Wall(
        tuple(Picture(picture) for row in pixels for picture in row),
        columns=len(amounts),
        row_titles=tuple(title for word in pair.words for title in (f"{word}, noised", "made of it")),
        column_titles=tuple(f"{amount:.0%}" for amount in amounts),
    )
    done = len(shown)
    curves = tuple(Curve(word, amounts[:done], homes[which, :done]) for which, word in enumerate(pair.words))
    plot = Plot(
        "Share of the noises that comes home",
        curves,
        x=Scale("way to pure noise", _AMOUNTS[0], 1),
        y=Scale("share", 0, 1.05),
    )
    readings = tuple(
        Reading(f"{word} is lost from", lost_from(amounts[:done], homes[which, :done]), "of the way to pure noise")
        for which, word in enumerate(pair.words)
    )
    return Exhibit(wall, (plot,), readings, note="The first noise is shown; all of them are counted.")


def lost_from(amounts: NDArray[np.float64], homes: NDArray[np.float64]) -> float | str:
    """The smallest amount from which on less than nine tenths come home."""
    lost = np.flatnonzero(homes < 0.9)
    return round(float(amounts[lost[0]]), 2) if len(lost) else "nowhere"
