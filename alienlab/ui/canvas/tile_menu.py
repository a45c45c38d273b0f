"""What can be done with a tile of the canvas."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from alienlab.app.comparison import Tile
from alienlab.domain.recipe import LabRecipe
from alienlab.ui.canvas.board.commands import BoardCommands
from alienlab.ui.canvas.tile_words import OPEN_LAB
from alienlab.ui.commands import Commands
from alienlab.ui.space.point_commands import PointCommands

RESTORE = "Restore settings and lesions"


def tile_menu(
    tile: Tile | None, commands: Commands, points: PointCommands, board: BoardCommands, parent: QWidget
) -> QMenu:
    """Of a laboratory's picture nothing is offered that only a mind's image has: a point in concept space, steps."""
    menu = QMenu(parent)
    is_lab = tile is not None and isinstance(tile.recipe, LabRecipe)
    if tile is not None:
        menu.addAction(OPEN_LAB if is_lab else RESTORE, lambda: commands.restore_tile(tile.key))
        menu.addSeparator()
    if not is_lab:
        for text, command in (("Name…", points.name_tile), ("Show the steps of this render…", points.film_tile)):
            menu.addAction(text, lambda command=command: command(tile)).setEnabled(tile is not None)
    board.pin_action(menu, tile)
    menu.addSeparator()
    for text, command in (("Save image as…", commands.save_image), ("Copy image", commands.copy_image)):
        action = menu.addAction(text, lambda command=command: command(tile))
        action.setEnabled(tile is not None and tile.image is not None)
    return menu
