"""A polar plot of an island: one spoke a direction, the last images of the concept around it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.archipelago import INTACT, Sighting
from alienlab.domain.space.islands import Edge, Shore
from alienlab.ui.space.polar_layout import PolarLayout
from alienlab.ui.space.polar_painter import PolarPainter, layout_of
from alienlab.ui.theme import Theme

_SHORES = {Shore.FOUND: "", Shore.CENSORED: ", never left", Shore.REENTERED: ", comes back"}


class PolarPlot(QWidget):
    """Shows islands of minds beside each other; left and right walk from spoke to spoke, Enter opens an image."""

    recipe_opened = Signal(object)
    """The recipe of an image that was clicked."""
    spoke_changed = Signal(str)
    """What is known of the spoke under the pointer, in words; empty where there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painter = PolarPainter()
        self._sightings: Sequence[Sighting] = ()
        self._marked: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 240)
        self.setAccessibleName("Polar plot of the island")

    @property
    def layout_(self) -> PolarLayout:
        """Where everything stands now."""
        return layout_of(self._sightings, self.size())

    @property
    def marked(self) -> int | None:
        """The spoke that stands out."""
        return self._marked

    @property
    def current_recipe(self) -> DiffusionRecipe | None:
        """Of the image on the marked spoke, in the altered mind where there is one."""
        return None if self._marked is None else self._recipe(self._marked, len(self._shown) - 1)

    def recipe_at(self, position: QPointF) -> DiffusionRecipe | None:
        """Of the image at a place of the plot."""
        image = self.layout_.image_at(position) if self._shown else None
        return None if image is None else self._recipe(*image)

    def sizeHint(self) -> QSize:
        return QSize(480, 480)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_islands(self, sightings: Sequence[Sighting]) -> None:
        """Of one noise, the intact mind's first."""
        if list(map(id, sightings)) == list(map(id, self._sightings)):
            return
        self._sightings = tuple(sightings)
        self._painter.forget()
        self._mark(None)
        said = [f"{one.mind.name}: " + ("lost" if one.is_lost else f"{one.ratio:.2f} R") for one in sightings]
        self.setAccessibleDescription("Median radius. " + "; ".join(said))
        self.update()

    def words(self, spoke: int) -> str:
        """Direction and radius, in every mind."""
        shown = self._shown
        direction = shown[0].island.edges[spoke].direction
        said = [f"{_name(one)} {_radius(one, one.island.edges[spoke])}" for one in shown]
        return f"direction {direction} · " + " · ".join(said)

    @property
    def _shown(self) -> list[Sighting]:
        return [one for one in self._sightings if not one.is_lost]

    def _mark(self, spoke: int | None) -> None:
        if spoke != self._marked:
            self._marked = spoke
            self.spoke_changed.emit("" if spoke is None else self.words(spoke))
            self.update()

    def _recipe(self, spoke: int, mind: int) -> DiffusionRecipe | None:
        one = self._shown[mind]
        edge = one.island.edges[spoke]
        return one.recipe_at(edge) if edge.direction in one.images else None

    def _open(self, recipe: DiffusionRecipe | None) -> None:
        if recipe is not None:
            self.recipe_opened.emit(recipe)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), QColor(self._theme.surface))
        if self._shown:
            self._painter.paint(
                painter, self.layout_, self._sightings, self._theme, marked=self._marked, ratio=self.devicePixelRatioF()
            )
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        layout, spot = self.layout_, event.position()
        image = layout.image_at(spot) if self._shown else None
        self._mark(image[0] if image is not None else layout.spoke_at(spot))
        self.setCursor(Qt.CursorShape.ArrowCursor if image is None else Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._open(self.recipe_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._mark(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        spokes, key = self.layout_.spokes, event.key()
        if spokes and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            before = -1 if self._marked is None and key == Qt.Key.Key_Right else (self._marked or 0)
            self._mark((before + (1 if key == Qt.Key.Key_Right else -1)) % spokes)
        elif self._marked is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.current_recipe)
        else:
            super().keyPressEvent(event)


def _name(one: Sighting) -> str:
    return "intact" if one.mind == INTACT else "altered"


def _radius(one: Sighting, edge: Edge) -> str:
    bound = "at least " if edge.outside is None else ""
    return f"{bound}{edge.radius / one.island.space_radius:.2f} R (norm {edge.radius:.3g}){_SHORES[edge.shore]}"
