"""The image of one render, as large as there is room for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from alienlab.app.latest import LatestAnswer
from alienlab.app.pictures import blurred, to_qimage
from alienlab.domain.brain import FLAGGED
from alienlab.domain.errors import ImageError
from alienlab.domain.events import Image
from alienlab.session.log.records import RenderRecord
from alienlab.session.png import read_pixels

HEIGHT = 240


class RenderPicture(QLabel):
    """Read beside the UI thread, once for each render that is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: RenderRecord | None = None
        self._image: QImage | None = None
        self._blurs_flagged = False
        self._pixels = LatestAnswer(self)
        self._pixels.came.connect(self._take)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setWordWrap(True)
        self.setAccessibleName("Image of the chosen render")

    def show_record(self, record: RenderRecord | None) -> None:
        """None shows nothing. An image that is shown already stays."""
        before, self._record = self._record, record
        if record is not None and before is not None and record.file == before.file:
            return
        self._image = None
        self.clear()
        self._pixels.give_up()
        if record is not None:
            file = record.file
            self._pixels.ask(lambda: _pixels(file))

    def set_blurs_flagged(self, blurs: bool) -> None:
        """Whether images that a safety checker flagged are blurred."""
        self._blurs_flagged = blurs
        self._fit()

    def finish(self) -> None:
        """Wait for what is being read."""
        self._pixels.finish()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _take(self, pixels: Image | None) -> None:
        if pixels is None:
            self.setText("The image's file is gone or damaged.")
            return
        self._image = to_qimage(pixels)
        self._fit()

    def _fit(self) -> None:
        if self._image is None or self._record is None:
            return
        is_hidden = self._blurs_flagged and FLAGGED in self._record.provenance.notes
        image = blurred(self._image) if is_hidden else self._image
        ratio = self.devicePixelRatioF()
        room = QSize(max(64, self.width()), HEIGHT) * ratio
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        pixmap = QPixmap.fromImage(image.scaled(room, keep, smooth))
        pixmap.setDevicePixelRatio(ratio)
        self.setPixmap(pixmap)


def _pixels(file: Path) -> Image | None:
    """None where the file is gone or damaged."""
    try:
        return read_pixels(file)
    except ImageError:
        return None
