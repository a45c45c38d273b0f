"""Images between numpy and Qt.

Other threads work on numpy arrays alone: a Qt value that they make may be seen half made by Python's garbage collector,
which runs in any thread.
"""

from __future__ import annotations

import numpy as np
from PIL import Image as Pillow
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from alienlab.domain.events import Image

BLUR_CELLS = 6
"""A blurred image keeps this many cells across: colour, but no form."""


def to_qimage(image: Image) -> QImage:
    """A copy that Qt owns."""
    array = np.ascontiguousarray(image)
    height, width, _ = array.shape
    return QImage(array.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def shrunk(image: Image, side: int) -> Image:
    """The same image where no side is longer than ``side``; else a smaller one."""
    if max(image.shape[:2]) <= side:
        return image
    small = Pillow.fromarray(image)
    small.thumbnail((side, side))
    return np.asarray(small)


def blurred(image: QImage) -> QImage:
    """The same size, with nothing left to recognise."""
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(QSize(BLUR_CELLS, BLUR_CELLS), Qt.AspectRatioMode.KeepAspectRatio, smooth)
    return small.scaled(image.size(), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
