"""Puts an animation together, and plays it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from alienlab.app.exports.film_draft import MOST_PREVIEWED, FilmDraft
from alienlab.app.pictures import to_qimage
from alienlab.domain.events import Image
from alienlab.ui.exports.export_dialog import ExportDialog
from alienlab.ui.exports.film_form import FilmForm
from alienlab.ui.theme import Theme

READING = "The images are being read …"


class FilmDialog(ExportDialog):
    """Shows a FilmDraft at its own pace."""

    def __init__(self, draft: FilmDraft, theme: Theme, parent: QWidget | None = None) -> None:
        self.form = FilmForm(draft)
        tip = "Choose a file, GIF or WebP, and write the animation (Enter)"
        super().__init__("Export animation", self.form, theme, tip=tip, parent=parent)
        self._draft = draft
        self._frames: tuple[QImage, ...] = ()
        self._place = 0
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._turn)
        draft.changed.connect(self._keep_pace)
        draft.previewed.connect(self._take)
        draft.failed.connect(self._stop)
        self.preview.show_sentence(READING)
        self.form.source.setFocus()
        draft.look()

    def done(self, result: int) -> None:
        self._clock.stop()
        self._draft.finish()
        super().done(result)

    def _take(self, frames: tuple[Image, ...]) -> None:
        self._frames, self._place = tuple(map(to_qimage, frames)), 0
        self.export_button.setEnabled(True)
        self.state.setText(f"The preview shows the first {MOST_PREVIEWED} images." if self._draft.is_shortened else "")
        self.preview.show_image(self._frames[0])
        self._keep_pace()
        self._clock.start()

    def _stop(self, sentence: str) -> None:
        self._clock.stop()
        self.say(sentence)

    def _keep_pace(self) -> None:
        self._clock.setInterval(round(1000 / self._draft.options.frames_a_second))

    def _turn(self) -> None:
        last = len(self._frames) - 1
        is_back = self._draft.options.there_and_back and last > 0
        self._place = (self._place + 1) % (2 * last if is_back else last + 1)
        self.preview.show_image(self._frames[min(self._place, 2 * last - self._place) if is_back else self._place])
