"""Measures how long the map takes to paint while it is panned."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

from alienlab.app.selection import Selection
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.lesions import LesionSpec
from alienlab.ui.brain_map.layout import lay_out
from alienlab.ui.brain_map.marks import marks_on
from alienlab.ui.brain_map.painter import Picture
from alienlab.ui.brain_map.view import MapView
from alienlab.ui.theme import DARK


def paint_times(
    anatomy: Anatomy,
    *,
    width: int = 1440,
    height: int = 900,
    zooms: Sequence[float] = (1.0, 2.0, 4.0),
    frames: int = 20,
    lesions: Sequence[LesionSpec] = (),
) -> list[float]:
    """Milliseconds for each of ``frames`` panned frames at each zoom; needs a running QApplication."""
    view = MapView(Selection(), DARK)
    view.resize(QSize(width, height))
    view.set_picture(Picture(lay_out(anatomy), marks_on(anatomy, lesions), None))
    canvas = QPixmap(view.size())
    times: list[float] = []
    for zoom in zooms:
        view.fit()
        view.zoom(zoom)
        view.render(canvas)
        times += [_panned(view, canvas) for _ in range(frames)]
    return times


def _panned(view: MapView, canvas: QPixmap) -> float:
    start = time.perf_counter()
    view.pan(3.0, 1.0)
    view.render(canvas)
    return (time.perf_counter() - start) * 1000
