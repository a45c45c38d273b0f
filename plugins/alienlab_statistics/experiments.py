"""The experiments: from values to what is shown."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Cloud, Curve, Exhibit, Picture, Plot, Reading, Scale, Values, Wall, Workbench
from alienlab_statistics.moments import (
    SIDE,
    Components,
    Pictures,
    as_eigenpictures,
    as_pictures,
    drawn_from_gaussian,
    drawn_pixel_by_pixel,
)
from alienlab_statistics.moments import (
    average as average_of,
)
from alienlab_statistics.reading import read_archive, read_folder

_AXIS = 255.0
_REBUILT_FROM = (0, 1, 4, 16, 64, 256, 1024, 3072)
_REBUILT = 6
_FITS_ITSELF = 0.0


def thumbnails(values: Values, workbench: Workbench) -> Exhibit:
    """H1: the pictures, drawn at random among those used."""
    pictures = _pictures(values, workbench)
    number = min(values.whole("shown"), len(pictures))
    chosen = workbench.random.choice(len(pictures), number, replace=False)
    return Exhibit(_wall(pictures[np.sort(chosen)]), readings=_used(pictures))


def colours(values: Values, workbench: Workbench) -> Exhibit:
    """H2: pixels as points."""
    pictures = _pictures(values, workbench)
    pixels = pictures.reshape(-1, 3)
    chosen = pixels[workbench.random.integers(len(pixels), size=values.whole("points"))]
    axes = (Scale("red", 0, _AXIS), Scale("green", 0, _AXIS), Scale("blue", 0, _AXIS))
    spread = np.linalg.eigvalsh(np.cov(chosen.T.astype(np.float64)))[::-1]
    share = round(100 * float(spread[0] / max(spread.sum(), 1e-12)), 1)
    return Exhibit(
        Cloud(chosen.astype(np.float32), chosen, axes),
        readings=(
            *_used(pictures),
            Reading("share of all differences along one line", share, "%"),
        ),
        note="The colours of photographs lie close to one line, from dark to light; drawn things are more colourful.",
    )


def average(values: Values, workbench: Workbench) -> Exhibit:
    """H3: the mean picture."""
    pictures = _pictures(values, workbench)
    shown = average_of(pictures, contrast=values.number("contrast"))
    return Exhibit(Picture(shown, caption="average"), readings=_used(pictures))


def independent_pixels(values: Values, workbench: Workbench) -> Exhibit:
    """H4: the right colours, and nothing else."""
    pictures = _pictures(values, workbench)
    by_place = values.text("draw") == "place"
    drawn = drawn_pixel_by_pixel(pictures, values.whole("shown"), workbench.random, by_place=by_place)
    return Exhibit(_wall(drawn), readings=_used(pictures))


def gaussian(values: Values, workbench: Workbench) -> Exhibit:
    """H5: the right correlations."""
    pictures = _pictures(values, workbench)
    drawn = drawn_from_gaussian(pictures, values.whole("shown"), workbench.random)
    return Exhibit(_wall(as_pictures(drawn)), readings=(*_used(pictures), Reading("numbers in each picture", 3072)))


def first_components(values: Values, workbench: Workbench) -> Exhibit:
    """H5 with fewer correlations."""
    pictures = _pictures(values, workbench)
    components = _components(values, workbench, pictures)
    first = min(values.whole("components"), len(components))
    drawn = components.drawn(values.whole("shown"), workbench.random, first=first)
    share = components.shares()[first - 1] if first else 0.0
    return Exhibit(
        _wall(as_pictures(drawn)),
        plots=(_shares_plot(components),),
        readings=(
            *_used(pictures),
            Reading("components", first),
            Reading("share of all differences", round(100 * float(share), 1), "%"),
        ),
    )


def eigenpictures(values: Values, workbench: Workbench) -> Exhibit:
    """The components themselves."""
    pictures = _pictures(values, workbench)
    components = _components(values, workbench, pictures)
    number = min(values.whole("shown"), len(components))
    share = components.variances / max(components.variances.sum(), 1e-12)
    captions = [f"{place + 1} · {100 * share[place]:.1f} %" for place in range(number)]
    return Exhibit(
        _wall(as_eigenpictures(components.axes[:number]), captions),
        plots=(_shares_plot(components),),
        readings=_used(pictures),
        note="Grey is no change. A component may be added to the average or taken away from it.",
    )


def rebuilt(values: Values, workbench: Workbench) -> Exhibit:
    """Real pictures from ever more components."""
    pictures = _pictures(values, workbench)
    components = _components(values, workbench, pictures)
    chosen = pictures[np.sort(workbench.random.choice(len(pictures), min(_REBUILT, len(pictures)), replace=False))]
    steps = [first for first in _REBUILT_FROM if first < len(components)] + [len(components)]
    columns = [as_pictures(components.rebuilt(chosen, first=first)) for first in steps] + [chosen]
    tiles = tuple(Picture(column[row]) for row in range(len(chosen)) for column in columns)
    titles = (*(f"{first:,}" for first in steps), "original")
    return Exhibit(
        Wall(tiles, len(columns), column_titles=titles),
        plots=(_shares_plot(components),),
        readings=_used(pictures),
    )


def _pictures(values: Values, workbench: Workbench) -> Pictures:
    """The pictures that the statistics are taken from."""
    number = values.whole("number")
    archive, folder = values.material("archive"), values.material("images")
    if archive is not None:
        file = workbench.path(archive)
        return workbench.remember(("archive", archive, number), lambda: read_archive(file, number, workbench.progress))
    if folder is not None:
        place = workbench.path(folder)
        return workbench.remember(("folder", folder, number), lambda: read_folder(place, number, workbench.progress))
    return workbench.toy_world(number, side=SIDE)


def _components(values: Values, workbench: Workbench, pictures: Pictures) -> Components:
    def find() -> Components:
        workbench.progress(None, "Finding the principal components")
        return Components.of(pictures)

    key = ("components", values.material("archive"), values.material("images"), len(pictures))
    return workbench.remember(key, find)


def _wall(pictures: Pictures, captions: Iterable[str] = ()) -> Wall:
    """Wider than high, in the number of columns that leaves the fewest places empty."""
    named = dict(enumerate(captions))
    wide = max(1, round(math.sqrt(1.6 * len(pictures))))
    columns = min(range(wide, max(0, 3 * wide // 4 - 1), -1), key=lambda count: -len(pictures) % count)
    return Wall(tuple(Picture(pixels, caption=named.get(place, "")) for place, pixels in enumerate(pictures)), columns)


def _used(pictures: Pictures) -> tuple[Reading, ...]:
    return (Reading("pictures used", len(pictures)),)


def _shares_plot(components: Components) -> Plot:
    shares: NDArray[np.float64] = 100 * components.shares()
    numbers = np.arange(1, len(components) + 1, dtype=np.float64)
    return Plot(
        "How much of all differences the first components hold",
        (Curve("share", numbers, shares),),
        Scale("components", _FITS_ITSELF, _FITS_ITSELF),
        Scale("share", 0.0, 100.0, "%"),
    )
