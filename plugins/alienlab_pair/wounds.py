"""The experiments that lesion the network."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Exhibit, Picture, Reading, Scale, Values, Wall, Workbench, lesion_of_all
from alienlab_pair.falling import fall
from alienlab_pair.judging import Verdict, judge
from alienlab_pair.materials import to_pixels
from alienlab_pair.starts import begin, noises, told
from alienlab_pair.trained import Trained, trained
from alienlab_pair.walls import in_blocks
from alienlab_pair.words import shares_plot, wall_of

_SHOWN = 32
"""Most noises that are shown intact beside lesioned."""
_PER_ROW = 8
EXAMPLE = ("up_blocks.1.*:noise=0.3@1",)
"""What is lesioned as long as nothing is chosen: with the network's own values a third of the noises fall elsewhere."""


def lesioned(values: Values, workbench: Workbench) -> Exhibit:
    """What the noises become in the intact network, and what the same ones become in the lesioned."""
    made = trained(values, workbench)
    lesions = values.lesions("lesions")
    noise = noises(workbench, made.pair, values.whole("noises"))
    intact = _ends(made, noise, values, lambda done: workbench.progress(done / 2, "Intact"))
    with workbench.lesioned(made.network, lesions or EXAMPLE):
        altered = _ends(made, noise, values, lambda done: workbench.progress(0.5 + done / 2, "Lesioned"))
    before, after = judge(intact, made.pair), judge(altered, made.pair)
    return Exhibit(
        _side_by_side(intact, altered, before, after),
        readings=(
            Reading("fall elsewhere", round(100 * after.moved(before), 1), "% of the noises"),
            Reading("change of the images", _change(intact, altered), "of the distance between the two"),
            *before.readings("intact: ")[:3],
            *after.readings("lesioned: ")[:3],
        ),
        note=_lesions_note(lesions),
    )


def doses(values: Values, workbench: Workbench) -> Exhibit:
    """A row for each dose, and the shares that fall to each image."""
    made = trained(values, workbench)
    amounts = np.linspace(0, values.number("highest"), values.whole("doses"))
    noise = noises(workbench, made.pair, values.whole("noises"))
    growing = growing_lesions(values, workbench)
    rows: list[NDArray[np.float32]] = []
    for place, amount in enumerate(amounts):

        def advance(done: float, place: int = place) -> None:
            workbench.progress((place + done) / len(amounts), "Growing dose")

        with workbench.lesioned(made.network, growing, dose=float(amount)):
            rows.append(_ends(made, noise, values, advance))
        workbench.show(_doses_exhibit(rows, amounts, made))
    return _doses_exhibit(rows, amounts, made)


def growing_lesions(values: Values, workbench: Workbench) -> tuple[str, ...]:
    """Those of which there is more and more."""
    kind = values.text("dose_of")
    return values.lesions("lesions") if kind == "lesions" else (lesion_of_all(kind, seed=workbench.seed),)


def _doses_exhibit(rows: list[NDArray[np.float32]], amounts: NDArray[np.float64], made: Trained) -> Exhibit:
    verdicts = [judge(row, made.pair) for row in rows]
    blank = [np.full_like(rows[0], -1)] * (len(amounts) - len(rows))
    wall = wall_of(np.stack([*rows, *blank]), tuple(f"{amount:.0%}" for amount in amounts))
    plot = shares_plot("Shares by dose", amounts, verdicts, Scale("dose", 0, float(amounts[-1])))
    moved = [verdict.moved(verdicts[0]) for verdict in verdicts]
    readings = (
        Reading("half have left their image at dose", _first(amounts, moved, 0.5)),
        Reading("fall elsewhere at the last dose", round(100 * moved[-1], 1), "% of the noises"),
    )
    return Exhibit(wall, (plot,), readings, note="Each column is one noise; the first row is the intact network.")


def _ends(
    made: Trained, noise: NDArray[np.float32], values: Values, progress: Callable[[float], None]
) -> NDArray[np.float32]:
    noisy, start = begin(noise, made.pair, values)
    way = fall(
        made.network,
        noisy,
        told(values.text("word"), len(noise)),
        schedule=made.schedule,
        start=start,
        steps=values.whole("steps"),
        progress=progress,
    )
    return way.ends


def _side_by_side(intact: NDArray[np.float32], altered: NDArray[np.float32], before: Verdict, after: Verdict) -> Wall:
    """Intact above, lesioned beneath; names where a noise fell elsewhere."""
    places = range(min(_SHOWN, len(intact)))
    rows = [
        [_named(ends[place], verdict, place, before) for place in places]
        for ends, verdict in ((intact, before), (altered, after))
    ]
    return in_blocks(rows, ("intact", "lesioned"), most=_PER_ROW)


def _named(end: NDArray[np.float32], verdict: Verdict, place: int, before: Verdict) -> Picture:
    has_moved = verdict.which[place] != before.which[place]
    return Picture(to_pixels(end), f"→ {verdict.name(place)}" if has_moved else "", sets={"noise": place + 1})


def _change(intact: NDArray[np.float32], altered: NDArray[np.float32]) -> float:
    return round(float(np.sqrt(np.mean((intact - altered) ** 2))), 4)


def _lesions_note(lesions: tuple[str, ...]) -> str:
    if not lesions:
        said = f"An example: {', '.join(EXAMPLE)}. Press Network to choose modules, and say what happens to them."
    else:
        said = f"{len(lesions)} lesion{'s' if len(lesions) > 1 else ''}."
    return f"{said} An arrow marks a noise that fell elsewhere."


def _first(amounts: NDArray[np.float64], moved: list[float], share: float) -> float | str:
    over = np.flatnonzero(np.array(moved) >= share)
    return round(float(amounts[over[0]]), 3) if len(over) else "none"
