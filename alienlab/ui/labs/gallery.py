"""All laboratories as cards, one click from each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.ui.icons import Icon, themed
from alienlab.ui.plain_text import PlainLabel, plain_tip
from alienlab.ui.theme import Theme

CARD_WIDTH, WIDEST, PICTURE_HEIGHT = 264, 344, 148
GAP, MARGIN = 16, 24
TITLE = "Laboratories"
LEAD = "Simple systems in which the same things happen as in a lesioned brain: attractors shift, split and fall apart."
NOTHING = "No laboratory is switched on. Switch one on in the settings, on the page Plugins."


class LabGallery(QScrollArea):
    """``picture_of`` gives a laboratory's small picture, or None."""

    chosen = Signal(str)
    """The key of a laboratory."""
    plugins_wanted = Signal()

    def __init__(
        self, picture_of: Callable[[Laboratory], QImage | None], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._picture_of, self._theme = picture_of, theme
        self.cards: dict[str, LabCard] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = QWidget()
        self.plugins = QPushButton("Plugins…")
        self.plugins.setToolTip("See which plugins there are, and switch them on and off")
        self.plugins.clicked.connect(self.plugins_wanted)
        self._nothing = QLabel(NOTHING)
        self._nothing.setProperty("tone", "muted")
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self._columns = 0
        self._lay_out()
        self.setWidget(self._inner)

    def show_laboratories(self, laboratories: Iterable[Laboratory]) -> None:
        for card in self.cards.values():
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = {}
        for laboratory in laboratories:
            card = LabCard(laboratory, self._theme)
            card.clicked.connect(lambda _=False, key=laboratory.key: self.chosen.emit(key))
            self.cards[laboratory.key] = card
        self._nothing.setVisible(not self.cards)
        self._columns = 0
        self._arrange()
        self.refresh_pictures(laboratories=tuple(card.laboratory for card in self.cards.values()))

    def refresh_pictures(self, laboratories: Iterable[Laboratory]) -> None:
        """Another picture may be there now."""
        for laboratory in laboratories:
            card = self.cards.get(laboratory.key)
            if card is not None:
                card.set_picture(self._picture_of(laboratory))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for card in self.cards.values():
            card.set_theme(theme)

    def take_focus(self) -> None:
        first = next(iter(self.cards.values()), self.plugins)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        title = QLabel(TITLE)
        title.setProperty("tone", "figure")
        lead = QLabel(LEAD)
        lead.setProperty("tone", "muted")
        lead.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.plugins)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(lead)
        column.addSpacing(8)
        column.addWidget(self._nothing)
        column.addLayout(self._grid)
        column.addStretch(1)

    def _arrange(self) -> None:
        room = self.viewport().width() - 2 * MARGIN + GAP
        columns = max(1, room // (CARD_WIDTH + GAP))
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(max(columns + 1, self._grid.columnCount())):
            is_used = column < min(columns, len(self.cards))
            self._grid.setColumnStretch(column, 1000 if is_used else 1 if column == columns else 0)


class LabCard(QPushButton):
    """A picture, the name, and what it shows."""

    def __init__(self, laboratory: Laboratory, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.laboratory = laboratory
        self._picture = _CardPicture(theme)
        name = PlainLabel(laboratory.name)
        name.setStyleSheet("font-weight: 600;")
        name.setWordWrap(True)
        summary = PlainLabel(laboratory.summary)
        summary.setProperty("tone", "small")
        summary.setWordWrap(True)
        summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setContentsMargins(12, 8, 12, 12)
        words.setSpacing(4)
        words.addWidget(name)
        words.addWidget(summary, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._picture)
        column.addLayout(words, 1)
        for label in (self._picture, name, summary):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoDefault(False)
        self.setAccessibleName(laboratory.name)
        self.setAccessibleDescription(laboratory.summary)
        self.setToolTip(plain_tip(f"Open {laboratory.name}"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(WIDEST)

    @property
    def has_picture(self) -> bool:
        return self._picture.has_image

    def sizeHint(self) -> QSize:
        return QSize(CARD_WIDTH, PICTURE_HEIGHT + 92)

    def minimumSizeHint(self) -> QSize:
        return QSize(CARD_WIDTH // 2, PICTURE_HEIGHT + 92)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def set_picture(self, image: QImage | None) -> None:
        self._picture.set_image(image)

    def set_theme(self, theme: Theme) -> None:
        self._picture.set_theme(theme)


class _CardPicture(QWidget):
    """Fills its width; what is too high is cut off. A flask stands for a picture that there is not yet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pixmap = QPixmap()
        self.setFixedHeight(PICTURE_HEIGHT)

    @property
    def has_image(self) -> bool:
        return not self._pixmap.isNull()

    def set_image(self, image: QImage | None) -> None:
        self._pixmap = QPixmap() if image is None else QPixmap.fromImage(image)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(area.adjusted(0, 0, 0, 8), 5, 5)
        painter.setClipPath(path)
        painter.fillRect(area, QColor(self._theme.ground))
        if self._pixmap.isNull():
            themed(Icon.FLASK, self._theme, self._theme.faint).paint(painter, self.rect().adjusted(0, 44, 0, -44))
        else:
            scale = max(area.width() / self._pixmap.width(), area.height() / self._pixmap.height())
            part = QRectF(0, 0, area.width() / scale, area.height() / scale)
            part.moveCenter(QRectF(self._pixmap.rect()).center())
            painter.drawPixmap(area, self._pixmap, part)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.end()
