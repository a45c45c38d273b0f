"""Images between numpy and Qt."""

from __future__ import annotations

import numpy as np
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


def blurred(image: QImage) -> QImage:
    """The same size, with nothing left to recognise."""
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(QSize(BLUR_CELLS, BLUR_CELLS), Qt.AspectRatioMode.KeepAspectRatio, smooth)
    return small.scaled(image.size(), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
