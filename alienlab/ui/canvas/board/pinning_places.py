"""What is pinned from pages beside the canvas: results of a sweep, and what concept space shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QWidget

from alienlab.app.space.concept_space import ConceptSpace
from alienlab.app.space.strip import Cell
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.ui.canvas.board.commands import PIN, BoardCommands
from alienlab.ui.space.breadth_page import BreadthPage
from alienlab.ui.space.island_page import IslandPage
from alienlab.ui.space.map_view import MapView
from alienlab.ui.space.plane_view import PlaneView
from alienlab.ui.space.strip_view import StripView
from alienlab.ui.sweeps.wall import WallView

RecipeAt = Callable[[QPoint], DiffusionRecipe | None]
"""What is seen at a place of a view; None where there is nothing."""


def pin_from_wall(wall: WallView, commands: BoardCommands) -> None:
    def at(position: QPoint) -> DiffusionRecipe | None:
        tiles = enumerate(wall.results)
        return next(
            (result.trial.recipe for number, result in tiles if wall.tile_rect(number).contains(position)), None
        )

    def current() -> DiffusionRecipe | None:
        return None if wall.current is None else wall.current.trial.recipe

    commands.add_key(wall, current)
    _add_menu(wall, commands, at)


def pin_from_walk(view: StripView, space: ConceptSpace, commands: BoardCommands) -> None:
    strip = space.walking.strip

    def recipe_of(cell: Cell | None) -> DiffusionRecipe | None:
        return None if cell is None or strip.image(cell) is None else strip.recipe(cell)

    def at(position: QPoint) -> DiffusionRecipe | None:
        scroll = QPoint(view.horizontalScrollBar().value(), view.verticalScrollBar().value())
        return recipe_of(view.layout_.at(position + scroll))

    commands.add_key(view, lambda: recipe_of(view.current))
    _add_menu(view, commands, at)


def pin_from_plane(view: PlaneView, space: ConceptSpace, commands: BoardCommands) -> None:
    def at(position: QPoint) -> DiffusionRecipe | None:
        plane = space.tiles.plane
        return None if plane is None else plane.recipe(view.address_at(QPointF(position)))

    def pointed() -> DiffusionRecipe | None:
        """The tile under the pointer; else the one in the middle."""
        return at(view.mapFromGlobal(QCursor.pos()) if view.underMouse() else view.rect().center())

    commands.add_key(view, pointed)
    _add_menu(view, commands, at)


def pin_from_map(view: MapView, space: ConceptSpace, commands: BoardCommands) -> None:
    def recipe_of(index: int | None) -> DiffusionRecipe | None:
        return None if index is None else space.concept_map.recipe(index)

    def pointed() -> DiffusionRecipe | None:
        """The concept under the pointer; else the last one of the path."""
        index = view.index_at(QPointF(view.mapFromGlobal(QCursor.pos()))) if view.underMouse() else None
        return recipe_of(next(reversed(space.concept_map.route), None) if index is None else index)

    commands.add_key(view, pointed)
    _add_menu(view, commands, lambda position: recipe_of(view.index_at(QPointF(position))))


def pin_from_islands(page: IslandPage, commands: BoardCommands) -> None:
    plot, bars = page.plot, page.bars
    commands.add_key(plot, lambda: plot.current_recipe)
    _add_menu(plot, commands, lambda position: plot.recipe_at(QPointF(position)))
    commands.add_key(bars, lambda: bars.recipe_of(bars.currentIndex()))
    _add_menu(bars, commands, lambda position: bars.recipe_of(bars.indexAt(position)))


def pin_from_breadth(page: BreadthPage, commands: BoardCommands) -> None:
    for images in (column.images for column in page.columns):
        commands.add_key(images, images.current_recipe)
        _add_menu(images, commands, images.recipe_at)


def _add_menu(view: QWidget, commands: BoardCommands, at: RecipeAt) -> None:
    """A menu for what is clicked on with the right button."""
    surface = view.viewport() if isinstance(view, QAbstractScrollArea) else view

    def open_menu(position: QPoint) -> None:
        recipe = at(position)
        view.setFocus(Qt.FocusReason.MouseFocusReason)  # P works from now on
        if recipe is not None:
            menu = QMenu(view)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(PIN, lambda: commands.pin_recipe(recipe))
            menu.popup(surface.mapToGlobal(position))

    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(open_menu)
