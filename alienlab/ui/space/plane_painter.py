"""Paints the tiles of the plane that are in view."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from alienlab.app.space.plane import Address
from alienlab.app.space.tiles import PlaneTiles
from alienlab.app.space.viewpoint import TILE, Viewpoint
from alienlab.ui.theme import Theme

GAP = 2
"""Pixels between tiles."""
MOST_LEVELS = 3
"""By so many at most stand-ins are enlarged."""
STAND_IN_OPACITY = 0.5
"""So that they are not taken for the tiles themselves."""
_MOST_PIXMAPS = 4000


class PlanePainter:
    """Keeps a pixmap for each image that it has painted."""

    def __init__(self, tiles: PlaneTiles) -> None:
        self._tiles = tiles
        self._pixmaps: dict[int, QPixmap] = {}
        self._ratio = 1.0

    def set_ratio(self, ratio: float) -> None:
        """Device pixels a pixel."""
        if ratio != self._ratio:
            self._ratio = ratio
            self._pixmaps.clear()

    def paint(
        self,
        painter: QPainter,
        size: QSize,
        viewpoint: Viewpoint,
        theme: Theme,
        *,
        hovered: Address | None,
        stand_ins: int | None,
    ) -> None:
        """Tiles, and marks over them; tiles of the level ``stand_ins`` are enlarged where others are to come."""
        painter.fillRect(QRectF(QPointF(), QSizeF(size)), QColor(theme.ground))
        addresses = viewpoint.in_view(size.width(), size.height())
        pictures = {address: self._tiles.picture(address) for address in addresses}
        missing = [address for address in addresses if pictures[address] is None]
        for address in missing:
            painter.fillRect(tile_rect(address, viewpoint, size), QColor(theme.surface))
        if missing and stand_ins is not None and 0 < viewpoint.level - stand_ins <= MOST_LEVELS:
            self._paint_stand_ins(painter, size, viewpoint, stand_ins)
        for address, picture in pictures.items():
            area = tile_rect(address, viewpoint, size)
            if picture is not None:
                pixmap = self._pixmap(picture)
                painter.drawPixmap(_fitted(area, pixmap).topLeft().toPoint(), pixmap)
            elif self._tiles.failure(address):
                painter.fillRect(area, QColor(theme.raised))
                _cross(painter, area.center(), theme.danger)
        if hovered is not None:
            _frame(painter, tile_rect(hovered, viewpoint, size), theme.text)
        _ring(painter, tile_rect(Address(viewpoint.level, 0, 0), viewpoint, size), theme)

    def _paint_stand_ins(self, painter: QPainter, size: QSize, viewpoint: Viewpoint, level: int) -> None:
        """What is known of the neighbourhood from further off; tiles that are there come over it."""
        painter.setOpacity(STAND_IN_OPACITY)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for address in viewpoint.in_view(size.width(), size.height(), level=level):
            picture = self._tiles.picture(address)
            if picture is not None:
                pixmap = self._pixmap(picture)
                area = tile_rect(address, viewpoint, size)
                painter.drawPixmap(_fitted(area, pixmap), pixmap, QRectF(pixmap.rect()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setOpacity(1.0)

    def _pixmap(self, picture: QImage) -> QPixmap:
        found = self._pixmaps.get(picture.cacheKey())
        if found is None:
            if len(self._pixmaps) >= _MOST_PIXMAPS:
                self._pixmaps.clear()
            side = round((TILE - GAP) * self._ratio)
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            found = QPixmap.fromImage(picture.scaled(QSize(side, side), keep, smooth))
            found.setDevicePixelRatio(self._ratio)
            self._pixmaps[picture.cacheKey()] = found
        return found


def tile_rect(address: Address, viewpoint: Viewpoint, size: QSize) -> QRectF:
    """Where a tile stands in a view, on whole pixels."""
    right, down = viewpoint.middle_of(address)
    side = viewpoint.size_of(address)
    left, top = (round(middle + room / 2 - side / 2) for middle, room in ((right, size.width()), (down, size.height())))
    return QRectF(left + GAP / 2, top + GAP / 2, side - GAP, side - GAP)


def _fitted(area: QRectF, pixmap: QPixmap) -> QRectF:
    """As much of an area as an image of these proportions fills."""
    shape = QSizeF(pixmap.size()).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    fitted = QRectF(QPointF(), shape)
    fitted.moveCenter(area.center())
    return fitted


def _frame(painter: QPainter, area: QRectF, colour: str) -> None:
    painter.setPen(QPen(QColor(colour), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)


def _ring(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """Around the origin, so that the way back is seen; dark beside bright, to stand out on any image."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.ground, 5), (theme.accent, 2)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRoundedRect(area, 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _cross(painter: QPainter, middle: QPointF, colour: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 2))
    for sign in (1, -1):
        painter.drawLine(middle - QPointF(8, sign * 8), middle + QPointF(8, sign * 8))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
