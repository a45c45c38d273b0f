"""Paints the map: a ground that changes with the camera and an overlay that changes with the pointer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF, QStaticText

from alienlab.ui.appearance import font_of
from alienlab.ui.brain_map.camera import Camera
from alienlab.ui.brain_map.colours import name_on
from alienlab.ui.brain_map.geometry import Box, Cell, Frame, MapLayout, Row
from alienlab.ui.brain_map.marks import FILLED, placed
from alienlab.ui.brain_map.rows import CELL_HEIGHTS, CELL_WIDTH
from alienlab.ui.stylesheet import blend
from alienlab.ui.theme import Theme, Type

ROUNDED_FROM = 5.0
"""Cells narrower than this many pixels are painted as plain fills."""
NAMED_FROM = 30.0
"""Cells wider than this many pixels show their names."""
_DIMMED = 0.22


@dataclass(frozen=True)
class Picture:
    """What there is to see, apart from where one looks from."""

    layout: MapLayout
    marks: Mapping[str, str]
    matches: frozenset[str] | None
    """What a search found: the rest is dimmed; None where nothing is searched for."""
    paint: Mapping[str, str] | None = None
    """Colours (``#rrggbb``) of the cells that are measured, the rest being hollow; None shows the kinds."""

    def colour_of(self, cell: Cell, theme: Theme) -> str | None:
        """What a cell is filled with; None for a hollow one."""
        return theme.kinds[cell.kind] if self.paint is None else self.paint.get(cell.path)


class MapPainter:
    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._small = font_of(Type.SMALL)
        self._metrics = QFontMetricsF(self._small)
        self._names: dict[str, QStaticText] = {}
        self._names_width = 0.0
        self._name_colours: dict[str | None, QColor] = {}
        self._wounded_name = QColor(theme.danger)
        self._skip = QPen(QColor(blend(theme.faint, theme.accent, 0.25)), 1.2)

    def paint_ground(self, painter: QPainter, picture: Picture, camera: Camera, view: QRectF) -> None:
        """Everything that does not depend on the pointer or the selection."""
        painter.fillRect(view, QColor(self._theme.ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small)
        seen = [frame for frame in picture.layout.frames if camera.to_view(frame.box).intersects(view)]
        for frame in seen:
            self._paint_frame(painter, frame, camera)
        self._paint_stream(painter, picture, camera)
        for frame in seen:
            self._paint_rows(painter, frame, picture, camera, view)
        for frame in seen:
            self._paint_title(painter, frame, camera)

    def paint_overlay(
        self,
        painter: QPainter,
        picture: Picture,
        camera: Camera,
        selected: Iterable[str],
        hovered: Cell | Row | Frame | None,
    ) -> None:
        """Selection and hover, over a painted ground."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells = picture.layout.cells
        self._outline(painter, (cells[path] for path in selected if path in cells), camera, self._theme.accent, 2.0)
        if isinstance(hovered, Cell):
            self._outline(painter, [hovered], camera, self._theme.text, 1.5)
        elif hovered is not None:
            box = hovered.box if isinstance(hovered, Frame) else _around(hovered)
            painter.setPen(QPen(QColor(self._theme.muted), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(_crisp(camera.to_view(box)), 5, 5)

    def _paint_frame(self, painter: QPainter, frame: Frame, camera: Camera) -> None:
        painter.setPen(QPen(QColor(self._theme.line), 1.0))
        painter.setBrush(QColor(self._theme.surface))
        radius = min(7.0, 6.0 * camera.scale)
        painter.drawRoundedRect(_crisp(camera.to_view(frame.box)), radius, radius)

    def _paint_stream(self, painter: QPainter, picture: Picture, camera: Camera) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._skip)
        for skip in picture.layout.skips:
            path = QPainterPath(_point(camera, skip.points[0]))
            path.cubicTo(*(_point(camera, point) for point in skip.points[1:]))
            painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.faint))
        for link in picture.layout.links:
            painter.drawPolygon(_arrow(_point(camera, (link.x, link.start)), _point(camera, (link.x, link.end))))

    def _paint_rows(self, painter: QPainter, frame: Frame, picture: Picture, camera: Camera, view: QRectF) -> None:
        rows = [row for row in frame.rows if camera.to_view(_around(row)).intersects(view)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.faint))
        for row in rows:
            painter.drawRoundedRect(camera.to_view(_bar(row)), 1.5, 1.5)
        cells = [cell for row in rows for cell in row.cells]
        matches = picture.matches
        plain = [cell for cell in cells if cell.path not in picture.marks]
        if matches is not None:
            painter.setOpacity(_DIMMED)
            self._fill(painter, (cell for cell in plain if cell.path not in matches), picture, camera)
            painter.setOpacity(1.0)
            plain = [cell for cell in plain if cell.path in matches]
        self._fill(painter, plain, picture, camera)
        for cell in cells:
            if cell.path in picture.marks:
                self._paint_wound(painter, cell, picture, camera)
        self._paint_words(painter, frame, rows, picture, camera)

    def _fill(self, painter: QPainter, cells: Iterable[Cell], picture: Picture, camera: Camera) -> None:
        by_colour: dict[str | None, list[QRectF]] = {}
        for cell in cells:
            by_colour.setdefault(picture.colour_of(cell, self._theme), []).append(_snapped(camera, cell.box))
        for colour, rects in by_colour.items():
            if colour is None:
                painter.setPen(QPen(QColor(self._theme.faint), 1.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                self._draw_cells(painter, [rect.adjusted(0.5, 0.5, -0.5, -0.5) for rect in rects], camera)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colour))
                self._draw_cells(painter, rects, camera)

    def _draw_cells(self, painter: QPainter, rects: list[QRectF], camera: Camera) -> None:
        if camera.scale * CELL_WIDTH < ROUNDED_FROM:
            painter.drawRects(rects)
            return
        radius = min(2.5 * camera.scale, 5.0)
        for rect in rects:
            painter.drawRoundedRect(rect, min(radius, rect.height() / 2), min(radius, rect.height() / 2))

    def _paint_wound(self, painter: QPainter, cell: Cell, picture: Picture, camera: Camera) -> None:
        """On a painted map the cell keeps its colour beneath the mark."""
        mark, ground = picture.marks[cell.path], _snapped(camera, _full(cell))
        danger, painted = QColor(self._theme.danger), picture.paint.get(cell.path) if picture.paint else None
        stroke = QColor(name_on(painted, self._theme)) if painted else danger
        if ground.width() < ROUNDED_FROM:
            painter.fillRect(ground, danger)
            return
        radius = min(2.5 * camera.scale, 5.0)
        painter.setPen(QPen(danger, 1.2))
        painter.setBrush(QColor(painted or self._theme.wound))
        painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        pen = QPen(stroke, max(1.3, min(3.0, 1.5 * camera.scale)))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(stroke if mark in FILLED else Qt.BrushStyle.NoBrush)
        area = self._mark_area(ground, camera)
        room = min(area.width(), area.height()) * 0.18
        painter.drawPath(placed(mark, area.adjusted(room, room, -room, -room)))

    def _mark_area(self, ground: QRectF, camera: Camera) -> QRectF:
        """Above the name, where the cell is large enough to hold both."""
        if camera.scale * CELL_WIDTH < NAMED_FROM:
            return ground
        return ground.adjusted(0, 0, 0, -self._metrics.height())

    def _paint_words(
        self, painter: QPainter, frame: Frame, rows: Iterable[Row], picture: Picture, camera: Camera
    ) -> None:
        named = self._has_title(frame, camera)  # else a plate stands where row names would
        for row in rows:
            if named and row.label is not None and row.region != frame.region:
                self._paint_row_name(painter, row.region, camera.to_view(row.label))
        if camera.scale * CELL_WIDTH < NAMED_FROM:
            return
        for row in rows:
            for cell in row.cells:
                wounded = cell.path in picture.marks
                plain = wounded and not (picture.paint and cell.path in picture.paint)
                painter.setPen(self._wounded_name if plain else self._name_colour(cell, picture))
                self._paint_name(painter, cell, camera, wounded=wounded)

    def _paint_row_name(self, painter: QPainter, region: str, room: QRectF) -> None:
        name = _short(region, 2)
        if room.height() < self._metrics.height() or room.width() < self._metrics.horizontalAdvance(name):
            return
        # Skip connections pass behind: the name needs a ground of its own.
        height = self._metrics.height()
        ground = QRectF(room.x() - 2, room.center().y() - height / 2, self._metrics.horizontalAdvance(name) + 4, height)
        painter.fillRect(ground, QColor(self._theme.surface))
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _paint_name(self, painter: QPainter, cell: Cell, camera: Camera, *, wounded: bool) -> None:
        room = _snapped(camera, _full(cell) if wounded else cell.box)
        height = self._metrics.height()
        if room.height() < height:
            return
        name = self._name_for(cell.path, room.width() - 6)
        y = room.bottom() - height - 2 if wounded else room.center().y() - height / 2
        painter.drawStaticText(QPointF(room.center().x() - name.size().width() / 2, y), name)

    def _name_colour(self, cell: Cell, picture: Picture) -> QColor:
        ground = picture.colour_of(cell, self._theme)
        if ground not in self._name_colours:
            self._name_colours[ground] = QColor(name_on(ground, self._theme) if ground else self._theme.muted)
        return self._name_colours[ground]

    def _name_for(self, path: str, width: float) -> QStaticText:
        """Laid out once a zoom: while panning, names only move."""
        if width != self._names_width:
            self._names.clear()
            self._names_width = width
        if path not in self._names:
            text = QStaticText(self._fitting_name(path, width))
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(font=self._small)
            self._names[path] = text
        return self._names[path]

    def _fitting_name(self, path: str, width: float) -> str:
        """As much of the path's end as fits, at least its last word; empty where even that says nothing."""
        parts = path.split(".")
        shortest = next((number for number in range(1, len(parts)) if not parts[-number].isdigit()), len(parts))
        for count in range(min(shortest + 2, len(parts)), shortest - 1, -1):
            name = _short(path, count)
            if not parts[-count].isdigit() and self._metrics.horizontalAdvance(name) <= width:
                return name
        word = parts[-shortest]
        if self._metrics.horizontalAdvance(word) <= width:
            return word
        elided = self._metrics.elidedText(word, Qt.TextElideMode.ElideRight, width)
        return elided if len(elided) > 3 else ""

    def _has_title(self, frame: Frame, camera: Camera) -> bool:
        return camera.to_view(frame.label).height() >= self._metrics.height() - 2

    def _paint_title(self, painter: QPainter, frame: Frame, camera: Camera) -> None:
        room = camera.to_view(frame.label)
        if not self._has_title(frame, camera):
            self._paint_plate(painter, frame, camera)
            return
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip  # the room may cut underscores off
        painter.setPen(QColor(self._theme.muted))
        width = self._metrics.horizontalAdvance(frame.resolution)
        if width + self._metrics.horizontalAdvance(frame.title) + 8 <= room.width():
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, frame.resolution)
        title = self._metrics.elidedText(frame.title, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(self._theme.text))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, title)

    def _paint_plate(self, painter: QPainter, frame: Frame, camera: Camera) -> None:
        """Far out, the title stands on a plate in the middle of its frame, where it fits."""
        room = camera.to_view(frame.box)
        width = self._metrics.horizontalAdvance(frame.title) + 10
        height = self._metrics.height() + 4
        if width > room.width() or height > room.height():
            return
        plate = QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
        ground = QColor(self._theme.ground)
        ground.setAlpha(215)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, frame.title)

    def _outline(self, painter: QPainter, cells: Iterable[Cell], camera: Camera, colour: str, width: float) -> None:
        thickness = min(width, max(1.0, width * camera.scale))
        painter.setPen(QPen(QColor(colour), thickness))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = min(3.0 * camera.scale, 6.0)
        for cell in cells:
            out = thickness / 2
            painter.drawRoundedRect(_snapped(camera, _full(cell)).adjusted(-out, -out, out, out), radius, radius)


def _full(cell: Cell) -> Box:
    """The ground of the tallest possible cell, in the place of this one."""
    return Box(cell.box.x, cell.box.bottom - CELL_HEIGHTS[1], cell.box.width, CELL_HEIGHTS[1])


def _around(row: Row) -> Box:
    first, last = row.handle, (row.label or row.cells[-1].slot)
    return Box(first.x, first.y, last.right - first.x, first.height)


def _bar(row: Row) -> Box:
    top = row.cells[0].box.bottom - CELL_HEIGHTS[1]
    return Box(row.handle.x + 1, top, 2.0, CELL_HEIGHTS[1])


def _short(path: str, count: int) -> str:
    return ".".join(path.split(".")[-count:])


def _crisp(rect: QRectF) -> QRectF:
    """On half pixels, so that a line of one pixel is sharp."""
    return QRectF(round(rect.x()) + 0.5, round(rect.y()) + 0.5, round(rect.width()) - 1, round(rect.height()) - 1)


def _snapped(camera: Camera, box: Box) -> QRectF:
    """On whole pixels, equal widths staying equal."""
    bottom = round(box.bottom * camera.scale + camera.y)
    height = max(2, round(box.height * camera.scale))
    return QRectF(
        round(box.x * camera.scale + camera.x), bottom - height, max(1, round(box.width * camera.scale)), height
    )


def _point(camera: Camera, point: tuple[float, float]) -> QPointF:
    return QPointF(point[0] * camera.scale + camera.x, point[1] * camera.scale + camera.y)


def _arrow(start: QPointF, end: QPointF) -> QPolygonF:
    """A small triangle half-way, pointing to ``end``."""
    middle = (start + end) / 2
    reach = min(4.0, abs(end.y() - start.y()) * 0.35) * (1 if end.y() > start.y() else -1)
    return QPolygonF(
        [
            middle + QPointF(-abs(reach) * 1.3, -reach),
            middle + QPointF(abs(reach) * 1.3, -reach),
            middle + QPointF(0, reach),
        ]
    )
