"""A window whose pair holds images of noise, so that every pixel can be told from its neighbours."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from alienlab.app.comparison import Arrangement
from alienlab.app.two_images import ToolSettings
from alienlab.ui.canvas.layout import Rect
from alienlab.ui.main_window import MainWindow
from alienlab.ui.theme import DARK

Array = NDArray[np.uint8]


def as_at_first(window: MainWindow) -> None:
    """The pair side by side and whole, nothing swapped, marked or pointed at."""
    lab = window.lab
    window.resize(1440, 900)
    if window.appearance.theme is not DARK:
        window.actions_["view.dark"].trigger()
    window.actions_["canvas.recognition"].setChecked(False)
    lab.two_images.unmark_all()
    lab.comparison.arrange(Arrangement.PAIR)
    lab.two_images.change(**{field.name: field.default for field in fields(ToolSettings)})
    window.canvas.shared.fit()
    window.canvas.shared.point_at(None)


def noisy(window: MainWindow) -> tuple[Array, Array]:
    """Put images of noise into the pair; return them."""
    images: list[Array] = []
    for seed, tile in enumerate(window.lab.comparison.pair):
        assert tile.image is not None
        height, width, _ = tile.image.shape
        image = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
        window.lab.comparison.replace_tile(replace(tile, image=image))
        images.append(image)
    return images[0], images[1]


def seen(widget: QWidget, box: Rect) -> Array:
    """What a widget paints into ``box``."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    array = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = array[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
    return pixels[round(box.y) : round(box.bottom), round(box.x) : round(box.right)].copy()


def enlarged(image: Array, box: Rect) -> Array:
    """By repeating each pixel a whole number of times."""
    times = box.width / image.shape[1]
    assert times == int(times) >= 1
    return image.repeat(int(times), axis=0).repeat(int(times), axis=1)
