"""Images in their frames, as all pages of the canvas paint them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from alienlab.app.pictures import blurred, to_qimage
from alienlab.domain.events import Image
from alienlab.ui.canvas.framing import target_of
from alienlab.ui.canvas.layout import Rect
from alienlab.ui.canvas.viewpoint import Viewpoint


class FrameImages:
    """Keeps the Qt image of the array that was painted last for each key."""

    def __init__(self) -> None:
        self._images: dict[str, tuple[Image, bool, QImage]] = {}

    def of(self, key: str, array: Image, *, veiled: bool) -> QImage:
        """``veiled`` blurs it."""
        known = self._images.get(key)
        if known is not None and known[0] is array and known[1] == veiled:
            return known[2]
        image = blurred(to_qimage(array)) if veiled else to_qimage(array)
        self._images[key] = (array, veiled, image)
        return image

    def forget_all_but(self, keys: Iterable[str]) -> None:
        kept = set(keys)
        self._images = {key: entry for key, entry in self._images.items() if key in kept}


def paint_image(painter: QPainter, image: QImage, frame: Rect, viewpoint: Viewpoint, *, smooth: bool) -> None:
    """What ``frame`` shows of it; filtered also where it is made smaller."""
    target = target_of(image.width(), image.height(), frame, viewpoint)
    enlarged = target.width * painter.device().devicePixelRatioF() >= image.width()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth or not enlarged)
    painter.save()
    painter.setClipRect(qrect(frame), Qt.ClipOperation.IntersectClip)
    painter.drawImage(qrect(target), image)
    painter.restore()


def qrect(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)
