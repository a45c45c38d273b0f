"""Plays pictures one after another."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from alienlab.domain.laboratories.exhibits import Film, Picture
from alienlab.ui.icons import Icon, themed
from alienlab.ui.labs.picture_view import PictureView
from alienlab.ui.theme import Theme

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
FASTEST_MS = 16


class FilmPlayer(QWidget):
    """Begins at the first picture, plays on and on; Space holds it."""

    pointed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._film: Film | None = None
        self._place = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self.view = PictureView(theme)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.play = QToolButton()
        self.play.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Picture of the film")
        self.slider.setToolTip("Go to a picture of the film; the arrow keys go one further")
        self.label = QLabel()
        self.label.setProperty("tone", "small")
        self.label.setMinimumWidth(104)
        self.speed = QComboBox()
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}×", speed)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.speed.setAccessibleName("Speed of the film")
        self.speed.setToolTip("How fast the film is played")
        self._lay_out()
        self.play.clicked.connect(self.toggle)
        self.slider.valueChanged.connect(self._go_to)
        self.slider.sliderPressed.connect(self.hold)
        self.speed.currentIndexChanged.connect(lambda _: self._take_speed())
        self.view.pointed.connect(self.pointed)
        self._dress()

    @property
    def film(self) -> Film | None:
        return self._film

    @property
    def place(self) -> int:
        """Number of the picture that is seen, from 0."""
        return self._place

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.view.set_theme(theme)
        self._dress()

    def set_smooth(self, smooth: bool) -> None:
        self.view.set_smooth(smooth)

    def show_film(self, film: Film) -> None:
        """One that has as many pictures as the last goes on at its place."""
        was_playing, before = self.is_playing or self._film is None, self._film
        keeps = before is not None and len(before.frames) == len(film.frames)
        self._film = film
        self._place = self._place if keeps else 0
        self.slider.setRange(0, max(0, len(film.frames) - 1))
        self._show()
        if was_playing and len(film.frames) > 1:
            self._timer.start(self._interval())
        self._dress()

    def hold(self) -> None:
        self._timer.stop()
        self._dress()

    def toggle(self) -> None:
        """Play, or hold what is played."""
        if self.is_playing:
            self.hold()
        elif self._film is not None and len(self._film.frames) > 1:
            self._timer.start(self._interval())
            self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggle()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.hold()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.play)
        row.addWidget(self.slider, 1)
        row.addWidget(self.label)
        row.addWidget(self.speed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addLayout(row)

    def _dress(self) -> None:
        self.play.setIcon(themed(Icon.PAUSE if self.is_playing else Icon.RENDER, self._theme))
        name = "Hold the film" if self.is_playing else "Play the film"
        self.play.setAccessibleName(name)
        self.play.setToolTip(f"{name} (Space)")

    def _interval(self) -> int:
        seconds = self._film.seconds if self._film is not None else 0.1
        return max(FASTEST_MS, round(1000 * seconds / self.speed.currentData()))

    def _take_speed(self) -> None:
        if self.is_playing:
            self._timer.start(self._interval())

    def _go_on(self) -> None:
        if self._film is not None:
            self._go_to((self._place + 1) % len(self._film.frames))

    def _go_to(self, place: int) -> None:
        if place != self._place:
            self._place = place
            self._show()

    def _show(self) -> None:
        film, place = self._film, self._place
        if film is None or place >= len(film.frames):
            return
        caption = film.captions[place] if place < len(film.captions) else ""
        self.view.show_picture(Picture(film.frames[place], caption=caption, is_smooth=film.is_smooth))
        self.slider.blockSignals(True)
        self.slider.setValue(place)
        self.slider.blockSignals(False)
        self.label.setText(f"{place + 1} of {len(film.frames)} · {place * film.seconds:.1f} s")
