"""Icons by what they mean, coloured by the theme."""

from __future__ import annotations

from enum import StrEnum

import qtawesome
from PySide6.QtGui import QIcon

from alienlab.ui.theme import Theme


class Icon(StrEnum):
    """A meaning; its value is the name in the icon font."""

    ADD = "mdi6.plus"
    BLINK = "mdi6.repeat-variant"
    BRAIN = "mdi6.brain"
    CLEAR = "mdi6.notification-clear-all"
    CLOSE = "mdi6.close"
    COPY = "mdi6.content-copy"
    DETAILS = "mdi6.dock-right"
    DICE = "mdi6.dice-5-outline"
    DIFFERENCE = "mdi6.plus-minus-variant"
    DRAW = "mdi6.vector-polyline"
    ERROR = "mdi6.alert-circle-outline"
    EXPORT = "mdi6.export-variant"
    FILM = "mdi6.filmstrip"
    FILTER = "mdi6.filter-variant"
    FIT = "mdi6.fit-to-screen-outline"
    FLASK = "mdi6.flask-outline"
    FOLDER = "mdi6.folder-open-outline"
    GRID = "mdi6.view-grid-outline"
    GROUPS = "mdi6.format-list-group"
    HISTORY = "mdi6.history"
    IMAGE = "mdi6.image-outline"
    IMPORT = "mdi6.import"
    INFO = "mdi6.information-outline"
    INTACT = "mdi6.shield-check-outline"
    KNOCK_OUT = "mdi6.close-thick"
    LIST = "mdi6.view-list-outline"
    LIVE = "mdi6.broadcast"
    LOCKED = "mdi6.lock-outline"
    NAME = "mdi6.tag-outline"
    NOISE = "mdi6.approximately-equal"
    ONION = "mdi6.layers-outline"
    PAUSE = "mdi6.pause"
    PIN = "mdi6.pin-outline"
    PLANE = "mdi6.compass-outline"
    RANDOMIZE = "mdi6.asterisk"
    RECOGNITION = "mdi6.format-align-left"
    REDO = "mdi6.redo"
    REMOVE = "mdi6.trash-can-outline"
    RENDER = "mdi6.play"
    SAVE = "mdi6.content-save-outline"
    SCALE = "mdi6.arrow-up-down"
    SEARCH = "mdi6.magnify"
    SETTINGS = "mdi6.tune-variant"
    SIDE_BY_SIDE = "mdi6.view-column-outline"
    SORT_FALLING = "mdi6.sort-descending"
    SORT_RISING = "mdi6.sort-ascending"
    STOP = "mdi6.stop"
    SWAP = "mdi6.swap-horizontal"
    TURN = "mdi6.compare-vertical"
    UNDO = "mdi6.undo"
    UNPIN = "mdi6.pin-off-outline"
    UNLOCKED = "mdi6.lock-open-variant-outline"
    WARNING = "mdi6.alert-outline"
    WIPE = "mdi6.compare"
    ZOOM_IN = "mdi6.magnify-plus-outline"
    ZOOM_OUT = "mdi6.magnify-minus-outline"


def themed(meaning: Icon, theme: Theme, colour: str | None = None) -> QIcon:
    """The icon in ``colour``, or in the theme's secondary text colour; brighter where it is hovered or on."""
    return qtawesome.icon(
        meaning.value,
        color=colour or theme.muted,
        color_active=colour or theme.text,
        color_on=colour or theme.accent,
        color_disabled=theme.faint,
    )
