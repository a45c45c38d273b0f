"""Lays the board into the canvas, and lets images be pinned from every page."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction

from alienlab.app.comparison import Arrangement
from alienlab.app.laboratory import Laboratory
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.canvas.board.commands import BoardCommands
from alienlab.ui.canvas.board.page import BoardPage
from alienlab.ui.canvas.board.pinning_places import (
    pin_from_breadth,
    pin_from_islands,
    pin_from_map,
    pin_from_plane,
    pin_from_walk,
    pin_from_wall,
)
from alienlab.ui.canvas.panel import CanvasPanel
from alienlab.ui.space.space_panel import SpacePanel
from alienlab.ui.sweeps.sweep_panel import SweepPanel


def lay_board(
    lab: Laboratory,
    commands: BoardCommands,
    canvas: CanvasPanel,
    *,
    sweeps: SweepPanel,
    space: SpacePanel,
    appearance: AppearanceSwitch,
    actions: Mapping[str, QAction],
) -> BoardPage:
    """The page of pinned images, seen while the comparison is arranged so. ``actions`` are the window's."""
    pinboard = lab.pinboard
    page = BoardPage(
        pinboard.board, pinboard.pictures, lab.labels, shared=canvas.shared, appearance=appearance, actions=actions
    )
    canvas.pages.add(page, is_wanted=lambda: lab.comparison.arrangement is Arrangement.PINNED)
    commands.take_page(page)
    commands.add_shortcut(canvas.view, lambda: commands.pin_key(canvas.view.focus_key))
    commands.add_shortcut(canvas.two_view, lambda: commands.pin_tiles((lab.two_images.a, lab.two_images.b)))
    pin_from_wall(sweeps.results.wall, commands)
    pin_from_walk(space.walk.view, lab.space, commands)
    pin_from_plane(space.plane.view, lab.space, commands)
    pin_from_map(space.map.view, lab.space, commands)
    pin_from_islands(space.islands, commands)
    pin_from_breadth(space.breadth, commands)
    _follow(lab, page, actions)
    _hide_readout(lab, canvas)
    return page


def _hide_readout(lab: Laboratory, canvas: CanvasPanel) -> None:
    """Pixels are read of tiles and of compared images, not of pins."""

    def update() -> None:
        shows_board = lab.comparison.arrangement is Arrangement.PINNED and not lab.two_images.is_open
        canvas.readout.setVisible(not shows_board)

    lab.comparison.tiles_changed.connect(update)
    lab.two_images.changed.connect(update)


def _follow(lab: Laboratory, page: BoardPage, actions: Mapping[str, QAction]) -> None:
    """Preferences, and the number of pins in the button."""
    board = lab.pinboard.board

    def take_preferences() -> None:
        settings = lab.preferences.settings
        page.view.set_smooth(settings.smooth_images)
        page.view.set_blurs_flagged(settings.blur_flagged)
        page.view.set_wants_bars(settings.shows_recognition)

    def take_pins() -> None:
        actions["canvas.board"].setIconText(f"Pinned {len(board.pins)}" if board.pins else "Pinned")

    def leave() -> None:
        """What is rendered now is seen."""
        if lab.comparison.arrangement is Arrangement.PINNED:
            lab.comparison.arrange(Arrangement.PAIR)

    actions["render.start"].triggered.connect(leave)
    lab.preferences.changed.connect(take_preferences)
    board.changed.connect(take_pins)
    take_preferences()
    take_pins()
