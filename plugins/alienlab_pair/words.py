"""The experiments in which a word chooses between the two images."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Curve, Exhibit, Picture, Plot, Reading, Scale, Values, Wall, Workbench
from alienlab_pair.falling import fall
from alienlab_pair.judging import Verdict, judge
from alienlab_pair.materials import to_pixels
from alienlab_pair.network import text_point
from alienlab_pair.starts import noises, saying
from alienlab_pair.trained import Trained, trained

SHOWN = 12
"""Most noises that a row shows; all of them are counted."""
_PLACES = (-0.5, 0.0, 0.2, 0.35, 0.45, 0.55, 0.65, 0.8, 1.0, 1.5)
"""From the first word (0) to the second (1), denser where noises change, and past both."""


def by_word(values: Values, workbench: Workbench) -> Exhibit:
    """A row for no word, for each image's word, and for the word that was given."""
    made = trained(values, workbench)
    own = values.text("word").strip()
    texts = ["", *made.pair.words, *([own] if own and own not in made.pair.words else [])]
    ends = _all_ends(made, [text_point(text) for text in texts], values, workbench)
    verdicts = [judge(row, made.pair) for row in ends]
    obeyed = [verdicts[1].share(0), verdicts[2].share(1)]
    return Exhibit(
        wall_of(ends, tuple(saying(text) for text in texts)),
        readings=(
            Reading("the word decides", round(100 * float(np.mean(obeyed)), 1), "% of the noises"),
            *(Reading(saying(text), _told_counts(verdict)) for text, verdict in zip(texts, verdicts, strict=True)),
        ),
        note="Each column is one noise. What it becomes without a word is overruled by the word.",
    )


def between_words(values: Values, workbench: Workbench) -> Exhibit:
    """A row for each place on the line from the first word to the second, and past both."""
    made = trained(values, workbench)
    first, second = (text_point(word) for word in made.pair.words)
    places = np.array(_PLACES)
    points = [((1 - place) * first + place * second).astype(np.float32) for place in places]
    ends = _all_ends(made, points, values, workbench)
    verdicts = [judge(row, made.pair) for row in ends]
    words = made.pair.words
    titles = tuple(f"{place:g}".replace("-", "−") for place in places)
    return Exhibit(
        wall_of(ends, titles),
        (shares_plot("Along the line", places, verdicts, Scale(f"from {words[0]} (0) to {words[1]} (1)", -0.5, 1.5)),),
        (Reading("half of the noises change at", _crossing(places, verdicts), "of the way"),),
        note=f"Row 0 is told “{words[0]}”, row 1 “{words[1]}”; the others have no word that anyone could say.",
    )


def wall_of(ends: NDArray[np.float32], titles: tuple[str, ...]) -> Wall:
    """The first noises of each row [rows, n, 3, side, side]; a click chooses that noise."""
    shown = ends[:, :SHOWN]
    pictures = tuple(
        Picture(pixels, sets={"noise": index + 1}) for row in to_pixels(shown) for index, pixels in enumerate(row)
    )
    return Wall(pictures, columns=shown.shape[1], row_titles=titles)


def shares_plot(title: str, places: NDArray[np.float64], verdicts: list[Verdict], x: Scale) -> Plot:
    """The shares that become the first, the second and neither."""
    curves = tuple(
        Curve(name, places[: len(verdicts)], np.array([verdict.share(which) for verdict in verdicts]))
        for which, name in enumerate(verdicts[0].names)
    )
    return Plot(title, curves, x=x, y=Scale("share of the noises", 0, 1.05))


def _all_ends(
    made: Trained, points: list[NDArray[np.float32]], values: Values, workbench: Workbench
) -> NDArray[np.float32]:
    """[points, noises, 3, side, side]: the same noises told each point."""
    noise = noises(workbench, made.pair, values.whole("noises"))
    rows = []
    with workbench.lesioned(made.network, values.lesions("lesions")):
        for row, point in enumerate(points):
            way = fall(
                made.network,
                noise,
                np.repeat(point[None], len(noise), axis=0),
                schedule=made.schedule,
                steps=values.whole("steps"),
                progress=lambda done, row=row: workbench.progress((row + done) / len(points), "Going back"),
            )
            rows.append(way.ends)
    return np.stack(rows)


def _told_counts(verdict: Verdict) -> str:
    return ", ".join(f"{verdict.count(which)} {name}" for which, name in enumerate(verdict.names))


def _crossing(places: NDArray[np.float64], verdicts: list[Verdict]) -> float | str:
    """Where the share of the second image passes one half, between two places."""
    shares = np.array([verdict.share(1) for verdict in verdicts])
    after = np.flatnonzero((shares[:-1] < 0.5) & (shares[1:] >= 0.5))
    if not len(after):
        return "nowhere"
    at = int(after[0])
    part = (0.5 - shares[at]) / (shares[at + 1] - shares[at])
    return round(float(places[at] + part * (places[at + 1] - places[at])), 3)
