"""A small card with the image of the result under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from alienlab.app.sweeps.columns import figures, headline, state_of
from alienlab.app.sweeps.results_model import SweepResults
from alienlab.domain.sweeps.results import Result
from alienlab.ui.brain_map.legend import SWATCH, swatch
from alienlab.ui.theme import Theme

PICTURE = 96
_WIDTH = 348
_DISTANCE = 16


class ResultCard(QFrame):
    """Floats over its parent, beside what it tells of; the pointer passes through it."""

    def __init__(self, results: SweepResults, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._results, self._theme, self._ground = results, theme, parent
        self._result: Result | None = None
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedWidth(_WIDTH)
        self.picture = QLabel()
        self.picture.setFixedSize(PICTURE, PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName("Image of the result")
        self._label, self._swatch, self._verdict, self._numbers = _line("mono"), QLabel(), _line(""), _line("small")
        self._headline, self._words, self._row = QHBoxLayout(), QVBoxLayout(), QHBoxLayout(self)
        self._lay_out()
        results.dataChanged.connect(self._refresh)
        results.modelReset.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        return "\n".join(line.text().replace("\u200b", "") for line in (self._label, self._verdict, self._numbers))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def tell(self, result: Result, beside: QPoint) -> None:
        """Show a result next to a place in the parent."""
        self._result = result
        effect = result.effect
        self._label.setText(result.trial.label.replace(".", ".\u200b"))
        self._verdict.setText(state_of(result) if effect is None else headline(effect))
        self._numbers.setText("" if effect is None else "\n".join(figures(effect)))
        self._swatch.setVisible(effect is not None)
        if effect is not None:
            ratio = self.devicePixelRatioF()
            self._swatch.setPixmap(swatch(self._theme.verdicts[effect.verdict], ratio).pixmap(SWATCH, SWATCH))
        self._show_picture()
        self.setFixedHeight(max(PICTURE + 24, self._needed_height()))
        self.move(self._place(beside))
        self.show()
        self.raise_()

    def _lay_out(self) -> None:
        self._headline.setSpacing(6)
        self._headline.addWidget(self._swatch, 0, Qt.AlignmentFlag.AlignTop)
        self._headline.addWidget(self._verdict, 1)
        self._swatch.setContentsMargins(0, 3, 0, 0)
        self._words.setSpacing(4)
        self._words.addWidget(self._label)
        self._words.addLayout(self._headline)
        self._words.addWidget(self._numbers)
        self._words.addStretch(1)
        self._row.setContentsMargins(11, 11, 11, 11)
        self._row.setSpacing(12)
        self._row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._words, 1)

    def _needed_height(self) -> int:
        # What changed inside a part would reach its layout with the next event only.
        for layout in (self._headline, self._words, self._row):
            layout.invalidate()
        border = self.size() - self.contentsRect().size()
        return self._row.heightForWidth(_WIDTH - border.width()) + border.height()

    def _refresh(self) -> None:
        """The picture may have been read in the meantime."""
        if self.isVisible():
            self._show_picture()

    def _show_picture(self) -> None:
        image = None if self._result is None else self._results.thumbnail(self._result)
        self.picture.setPixmap(QPixmap() if image is None else _fitted(image, self.devicePixelRatioF()))

    def _place(self, beside: QPoint) -> QPoint:
        """Right of it and above, or on the other side where there is no room."""
        room: QRect = self._ground.rect().adjusted(4, 4, -4, -4)
        x = beside.x() + _DISTANCE
        if x + self.width() > room.right():
            x = beside.x() - _DISTANCE - self.width()
        y = beside.y() - _DISTANCE - self.height()
        if y < room.top():
            y = beside.y() + _DISTANCE
        return QPoint(max(room.left(), x), max(room.top(), min(y, room.bottom() - self.height())))


def _fitted(image: QImage, ratio: float) -> QPixmap:
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    pixmap = QPixmap.fromImage(image.scaled(QSize(PICTURE, PICTURE) * ratio, keep, smooth))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _line(tone: str) -> QLabel:
    label = QLabel()
    label.setProperty("tone", tone)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
