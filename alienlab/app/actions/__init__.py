"""Menus, shortcuts and tooltips as data. The window looks the commands up by their id."""

from __future__ import annotations

from alienlab.app.actions.action import Action
from alienlab.app.actions.canvas import CANVAS
from alienlab.app.actions.experiments import EXPERIMENTS
from alienlab.app.actions.files import FILES
from alienlab.app.actions.laboratories import LABORATORIES
from alienlab.app.actions.menus import APPEARANCES, BOARD_MENU, COMPARE_MENU, LABORATORY_MENU, MENUS, SEPARATOR
from alienlab.app.actions.mind import MIND

__all__ = ["ACTIONS", "APPEARANCES", "BOARD_MENU", "COMPARE_MENU", "LABORATORY_MENU", "MENUS", "SEPARATOR", "Action"]

ACTIONS = (*FILES, *MIND, *EXPERIMENTS, *LABORATORIES, *CANVAS)
