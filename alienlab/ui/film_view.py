"""A filmstrip as rows of images, a column for each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from alienlab.app.pictures import to_qimage
from alienlab.domain.filmstrip import Filmstrip
from alienlab.domain.recognition import percent
from alienlab.ui.appearance import font_of
from alienlab.ui.film_layout import GAP, LEGEND, LINE, MARGIN, WORDS, FilmLayout
from alienlab.ui.theme import Theme, Type

BAR = 24
"""Pixels of a bar of the plot at most."""
_CAPTIONS = "Decoded", "It looks like", "Latents as colours"
_HINTS = "what the decoder makes", "says the recogniser", "a square for each pixel"


@dataclass(frozen=True, slots=True)
class _Pictures:
    decoded: list[QImage]
    colours: list[QImage]
    channels: list[list[QImage]]


class FilmView(QAbstractScrollArea):
    """Captions to the left stay where they are; steps move sideways under them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._film: Filmstrip | None = None
        self._layout: FilmLayout | None = None
        self._pictures = _Pictures([], [], [])
        self._hovered: int | None = None
        self._small, self._body = font_of(Type.SMALL), font_of(Type.BODY)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Steps of the render")

    @property
    def film(self) -> Filmstrip | None:
        return self._film

    @property
    def film_layout(self) -> FilmLayout | None:
        return self._layout

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.viewport().update()

    def show_film(self, film: Filmstrip | None, *, recognises: bool) -> None:
        """A strip that grows stays where it is scrolled to, or at its end."""
        bar = self.horizontalScrollBar()
        follows = bar.value() == bar.maximum()
        self._film = film
        self._layout = None if film is None else FilmLayout.of(film, recognises=recognises)
        self._take_pictures()
        self._take_size()
        if film is None or (follows and film.frames[-1].recognition is None):
            bar.setValue(bar.maximum())
        self.viewport().update()

    def details(self, column: int) -> str:
        """All that is known of a step, in lines."""
        assert self._film is not None
        frame, steps = self._film.frames[column], self._film.recipe.steps
        lines = [f"Step {frame.step} of {steps}" if frame.step else "The noise that it begins with"]
        if column:
            lines.append(f"Latent values changed by {self._film.changes[column - 1]:.3f} (root mean square)")
        return "\n".join([*lines, *(frame.recognition.lines(3) if frame.recognition else ())])

    def _take_pictures(self) -> None:
        """Grey scales of channels depend on all steps; images that are there are kept."""
        if self._film is None:
            self._pictures = _Pictures([], [], [])
            return
        frames, known = self._film.frames, self._pictures
        begun = len(known.decoded) if 0 < len(known.decoded) <= len(frames) and frames[-1].step else 0
        self._pictures = _Pictures(
            known.decoded[:begun] + [to_qimage(frame.image) for frame in frames[begun:]],
            known.colours[:begun] + [to_qimage(frame.preview) for frame in frames[begun:]],
            [list(map(to_qimage, self._film.channel(number))) for number in range(self._film.channels)],
        )

    def _take_size(self) -> None:
        """How far one can scroll."""
        room = self.viewport().size()
        size = room if self._layout is None else self._layout.size
        for bar, whole, shown in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            bar.setRange(0, max(0, whole - shown))
            bar.setPageStep(shown)
            bar.setSingleStep(48)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_size()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.ground))
        if self._film is not None and self._layout is not None:
            painter.translate(-self._offset)
            self._paint_columns(painter, self._layout, self._film)
            painter.translate(self._offset.x(), 0)
            self._paint_legend(painter, self._layout, self._film)
        painter.end()

    @property
    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _paint_columns(self, painter: QPainter, layout: FilmLayout, film: Filmstrip) -> None:
        left = self._offset.x() + LEGEND
        first = max(0, (left - LEGEND) // layout.pitch)
        last = min(layout.columns, (left + self.viewport().width()) // layout.pitch + 1)
        if self._hovered is not None and first <= self._hovered < last:
            column = layout.moved(layout.head, self._hovered).adjusted(-GAP // 2, -4, GAP // 2, 0)
            column.setBottom(layout.changes.bottom() + 4)
            painter.fillRect(column, QColor(self._theme.hover))
        for column in range(first, last):
            step = film.frames[column].step
            self._write(painter, self._theme.text, str(step) if step else "noise", layout.moved(layout.head, column))
            self._paint_images(painter, layout, column)
            self._paint_words(painter, layout, film, column)
        self._paint_changes(painter, layout, film.changes, range(first, last))

    def _paint_images(self, painter: QPainter, layout: FilmLayout, column: int) -> None:
        """Latent pixels are squares; the decoded image is smooth."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(layout.moved(layout.decoded, column), self._pictures.decoded[column])
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(layout.moved(layout.colours, column), self._pictures.colours[column])
        for row, pictures in zip(layout.channels, self._pictures.channels, strict=True):
            painter.drawImage(layout.moved(row, column), pictures[column])

    def _paint_words(self, painter: QPainter, layout: FilmLayout, film: Filmstrip, column: int) -> None:
        said = film.frames[column].recognition
        if said is None:
            return
        area = layout.moved(layout.said, column).adjusted(-GAP // 2, 0, GAP // 2, 0)
        area.setHeight(LINE)
        lines = said.parts[:WORDS]
        if QFontMetrics(self._small).horizontalAdvance(lines[0]) > area.width():
            word, probability = said.subjects[0]
            lines = (word, percent(probability))
        for line, words in enumerate(lines):
            colour = self._theme.muted if line or said.is_lost else self._theme.text
            self._write(painter, colour, words, area.translated(0, line * LINE))

    def _paint_changes(self, painter: QPainter, layout: FilmLayout, changes: Sequence[float], columns: range) -> None:
        """Bars, each below the step that it leads to, with their values above."""
        area = layout.changes
        painter.fillRect(
            QRect(LEGEND, area.bottom(), layout.columns * layout.pitch - GAP, 1), QColor(self._theme.faint)
        )
        most = max(changes, default=0.0)
        for column in columns:
            if column == 0:
                continue
            change = changes[column - 1]
            height = round((area.height() - LINE - 4) * change / most) if most else 0
            cell = layout.moved(area, column)
            bar = QRect(cell.center().x() - BAR // 2, cell.bottom() - height, BAR, height)
            painter.fillRect(bar, QColor(self._theme.accent))
            label = QRect(cell.left(), bar.top() - LINE - 2, cell.width(), LINE)
            self._write(painter, self._theme.muted, f"{change:.2f}", label)

    def _paint_legend(self, painter: QPainter, layout: FilmLayout, film: Filmstrip) -> None:
        whole = QRect(0, 0, LEGEND - GAP // 2, max(layout.size.height(), self.viewport().height()) + self._offset.y())
        painter.fillRect(whole, QColor(self._theme.ground))
        if self._offset.x():
            painter.fillRect(QRect(whole.right(), 0, 1, whole.height()), QColor(self._theme.line))
        for row, caption, hint in self._captions(layout, film):
            area = QRect(MARGIN, row.center().y() - LINE, LEGEND - 2 * MARGIN, LINE)
            if not hint:
                area.moveCenter(QPoint(area.center().x(), row.center().y()))
            self._write(painter, self._theme.text, caption, area, at=Qt.AlignmentFlag.AlignLeft, font=self._body)
            self._write(painter, self._theme.muted, hint, area.translated(0, LINE), at=Qt.AlignmentFlag.AlignLeft)

    @staticmethod
    def _captions(layout: FilmLayout, film: Filmstrip) -> Iterator[tuple[QRect, str, str]]:
        yield layout.head, "Step", ""
        for row, caption, hint in zip((layout.decoded, layout.said, layout.colours), _CAPTIONS, _HINTS, strict=True):
            if not row.isEmpty():
                yield row, caption, hint
        for number, row in enumerate(layout.channels):
            yield row, f"Channel {number + 1}", "" if number else "grey is 0"
        yield layout.changes, "Change of a step", "RMS of latent values"

    def _write(
        self,
        painter: QPainter,
        colour: str,
        text: str,
        area: QRect,
        *,
        at: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
        font: QFont | None = None,
    ) -> None:
        font = font or self._small
        painter.setFont(font)
        painter.setPen(QColor(colour))
        elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, at | Qt.AlignmentFlag.AlignVCenter, elided)

    # The pointer

    def _column_at(self, position: QPoint) -> int | None:
        """None over the captions, too."""
        if self._layout is None or position.x() < LEGEND - GAP // 2:
            return None
        return self._layout.column_at(position.x() + self._offset.x())

    def _hover(self, column: int | None) -> None:
        if column != self._hovered:
            self._hovered = column
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._column_at(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover(None)
        if isinstance(event, QHelpEvent):
            column = self._column_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if column is None else self.details(column), self)
            return True
        return super().viewportEvent(event)
