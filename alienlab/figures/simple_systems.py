"""Figures H1 to H18: how it works, told by simple systems in which the same happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from alienlab.domain.anatomy import Kind
from alienlab.domain.events import Image
from alienlab.domain.filmstrip import enlarged
from alienlab.figures.cells import row, shared
from alienlab.figures.figure import Figure
from alienlab.figures.network_picture import Tile, network_picture
from alienlab.figures.studio import Shot, Studio
from alienlab.session.sheets.content import Sheet, SheetCell, SheetSection

_SMALL_TRAINING = 60
"""Training steps of a quick figure."""
_LEAST_WIDTH = 1200
"""Pixels that the pictures of a line have together at least; smaller ones are enlarged, by whole numbers."""
_FRAMES = 8
_KINDS = {Kind.CONV: (86, 124, 188), Kind.LINEAR: (200, 145, 60), Kind.NORM: (95, 165, 135)}
_OTHER_KIND = (140, 140, 150)
_CELL = 64


@dataclass(frozen=True, slots=True)
class View:
    """One picture of a figure: an experiment, what it is set to, and its caption."""

    caption: str
    laboratory: str
    experiment: str
    seed: int = 0
    values: dict[str, Any] = field(default_factory=dict)


def _of(caption: str, laboratory: str, experiment: str, *, seed: int = 0, **values: Any) -> View:
    return View(caption, laboratory, experiment, seed, values)


def _trained(caption: str, experiment: str, **values: Any) -> View:
    return View(caption, "two-images", experiment, 0, values)


def _views(*views: View, columns: int | None = None) -> Callable[[Studio], Sheet]:
    """What makes the sheet of these pictures."""

    across = columns or len(views)

    def make(studio: Studio) -> Sheet:
        pictures = [_picture(studio, view) for view in views]
        factor = max(1, round(_LEAST_WIDTH / across / max(picture.shape[1] for picture in pictures)))
        cells = tuple(
            SheetCell.of(enlarged(picture, factor), (view.caption,) if view.caption else ())
            for picture, view in zip(pictures, views, strict=True)
        )
        return Sheet(title="", common="", sections=(SheetSection("", cells),), columns=across)

    return make


def _picture(studio: Studio, view: View) -> Image:
    values = dict(view.values)
    if studio.subject.is_quick and view.laboratory == "two-images" and view.experiment != "noising":
        values["training"] = _SMALL_TRAINING
    return studio.experiments.picture(view.laboratory, view.experiment, seed=view.seed, **values)


def _network(studio: Studio) -> Sheet:
    """H12: every module where it works, coloured by its kind."""
    tiles = [
        Tile(module.path, np.broadcast_to(np.array(_KINDS.get(module.kind, _OTHER_KIND), np.uint8), (_CELL, _CELL, 3)))
        for module in studio.anatomy
    ]
    cells = (SheetCell.of(network_picture(studio.anatomy, tiles), ()),)
    told = f"{len(tiles)} modules: convolutions blue, linear maps orange, norms green"
    return Sheet(title="", common=told, sections=(SheetSection("", cells),), columns=1)


def _latent_pixels(studio: Studio) -> Sheet:
    """H13: the channels of the latent, step by step, and what they decode to."""
    film = studio.film()
    steps = np.unique(np.linspace(0, len(film.frames) - 1, 4 if studio.subject.is_quick else _FRAMES).round())
    places = [int(step) for step in steps]
    frames = [film.frames[place] for place in places]
    factor = max(1, frames[0].image.shape[0] // frames[0].preview.shape[0])
    labels = [f"step {frame.step}" if frame.step else "noise" for frame in frames]
    changes = ["", *(f"changed by {film.changes[place - 1]:.2f}" for place in places[1:])]
    rows = [
        row(
            f"Channel {number + 1}",
            [SheetCell.of(enlarged(film.channel(number)[place], factor), ()) for place in places],
            labels,
        )
        for number in range(film.channels)
    ]
    decoded = [SheetCell.of(frame.image, (told,) if told else ()) for frame, told in zip(frames, changes, strict=True)]
    return Sheet(
        title="",
        common=shared([Shot(film.recipe, None)]),
        sections=(*rows, row("Decoded, and how much the latent changed in the step before", decoded, labels)),
        columns=len(frames),
    )


SIMPLE_SYSTEMS = (
    Figure(
        "H1",
        "Typical images",
        "Thumbnails of a collection: here, of the world that the embedded brain grew up in.",
        _views(_of("", "image-statistics", "thumbnails", shown=120)),
    ),
    Figure(
        "H2",
        "Their colours",
        "Pixels of the collection in the space of red, green and blue.",
        _views(_of("", "image-statistics", "colours")),
    ),
    Figure(
        "H3",
        "Their average",
        "The mean of all pictures, with more contrast.",
        _views(_of("", "image-statistics", "average")),
    ),
    Figure(
        "H4",
        "Independent pixels",
        "Pictures whose pixels have the right colours, each drawn by itself.",
        _views(
            _of("any colour that occurs", "image-statistics", "pixels", shown=24),
            _of("colours of the same place", "image-statistics", "pixels", shown=24, draw="place"),
        ),
    ),
    Figure(
        "H5",
        "Right correlations",
        "Pictures from a multivariate Gaussian: everything that pairs of pixels have to do with each other is right.",
        _views(
            _of("all correlations", "image-statistics", "gaussian", shown=24),
            _of("the 24 strongest components", "image-statistics", "components", shown=24),
        ),
    ),
    Figure(
        "H6",
        "Mechanical attractors",
        "Balls roll until they rest: many starts, few ends.",
        _views(
            _of("ways of balls", "mechanical-attractors", "trajectories"),
            _of("where each start ends", "mechanical-attractors", "basins", detail=240),
            _of("over three magnets", "mechanical-attractors", "basins", landscape="magnets", detail=240),
        ),
    ),
    Figure(
        "H7",
        "Digits",
        "However a digit is written, it runs to that digit's attractor.",
        _views(
            *(_of(f"a noisy {digit}", "digits", "fall", digit=digit, noise=0.5) for digit in (0, 3, 5, 8)), columns=2
        ),
    ),
    Figure(
        "H8",
        "Automata with stripes",
        "Class 2: each start settles to stripes, and which ones depends on the start.",
        _views(*(_of(f"start {seed}", "automata-1d", "evolve", seed=seed) for seed in range(4)), columns=2),
    ),
    Figure(
        "H9",
        "Automata of two dimensions",
        "Attractors that are pictures: what four starts come to.",
        _views(*(_of(f"start {seed}", "automata-2d", "evolve", seed=seed) for seed in range(4))),
    ),
    Figure(
        "H10",
        "Two pictures",
        "Noise is added to two pictures, a network learns to go back, and from pure noise it falls to one of them.",
        _views(
            _trained("noise added step by step", "noising"),
            _trained("back from the first picture, noised", "backwards", start="first"),
            _trained("back from the second", "backwards", start="second"),
            _trained("many pure noises", "many"),
            columns=2,
        ),
    ),
    Figure(
        "H11",
        "With a word",
        "The same noises, while a word that was mixed in during training says which picture is meant.",
        _views(_trained("", "by-word")),
    ),
    Figure("H12", "The network", "The U of the network that denoises, every module in its place.", _network),
    Figure(
        "H13",
        "Latent pixels",
        "Denoising as the network sees it, in four channels; the steps grow smaller towards the end.",
        _latent_pixels,
    ),
    Figure(
        "H14",
        "An iterated map",
        "Values of x → a·x·(1−x) down the page, for many starts: one attractor, then two; the change comes at a = 3.",
        _views(
            _of("a = 2.9", "iterated-maps", "density", a=2.9),
            _of("a = 3.1", "iterated-maps", "density", a=3.1),
            _of("every a", "iterated-maps", "bifurcation", a=3.0),
        ),
    ),
    Figure(
        "H15",
        "One value changed",
        "A rule of 64 values, one of them changed at a time, from the same start.",
        _views(_of("", "automata-1d", "one-entry")),
    ),
    Figure(
        "H16",
        "Falling apart",
        "More and more values of the rule are changed, until what it made falls apart.",
        _views(_of("", "automata-1d", "progressive")),
    ),
    Figure(
        "H17",
        "One changed, in pictures",
        "The same for pictures: every rule that differs in one value.",
        _views(_of("", "automata-2d", "one-entry")),
    ),
    Figure(
        "H18",
        "Pictures fall apart",
        "The same for pictures: more and more values changed.",
        _views(_of("", "automata-2d", "progressive")),
    ),
)
