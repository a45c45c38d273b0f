"""How the log is shown: count, order, groups, gallery or list, size of the pictures, details."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.icons import Icon, themed
from alienlab.ui.log.gallery import SIDES


class Shape(StrEnum):
    """How renders are laid out."""

    GALLERY = "gallery"
    LIST = "list"


DETAILS = "Show the details of what is chosen"
NO_ROOM = "There is no room for details here. Make the window wider"
_SIZES = {"S": "small", "M": "medium", "L": "large"}


class LogBar(QWidget):
    """Tells what is wished for, and shows what is."""

    shape_chosen = Signal(object)
    side_chosen = Signal(int)
    grouping_chosen = Signal(bool)
    falling_chosen = Signal(bool)
    details_chosen = Signal(bool)

    def __init__(self, appearance: AppearanceSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.count = ElidedLabel()
        self.count.setProperty("tone", "small")
        self.order = _toggle("Newest first", self.falling_chosen.emit)
        self.groups = _toggle("Group by sweep and day", self.grouping_chosen.emit)
        self.details = _toggle(DETAILS, self.details_chosen.emit)
        self.shapes = {shape: _toggle(f"Show as {shape}", None) for shape in Shape}
        self.sizes = {
            side: _toggle(f"{name.capitalize()} pictures (Ctrl and wheel)", None)
            for side, name in zip(SIDES, _SIZES.values(), strict=True)
        }
        for side, letter in zip(SIDES, _SIZES, strict=True):
            self.sizes[side].setText(letter)
        self._groups = [self._exclusive(list(self.shapes.values())), self._exclusive(list(self.sizes.values()))]
        for shape, button in self.shapes.items():
            button.clicked.connect(lambda _=False, shape=shape: self.shape_chosen.emit(shape))
        for side, button in self.sizes.items():
            button.clicked.connect(lambda _=False, side=side: self.side_chosen.emit(side))
        self._lay_out()
        appearance.changed.connect(self._dress)
        self._dress()

    def show_state(self, *, shape: Shape, side: int, is_grouped: bool, is_falling: bool, has_details: bool) -> None:
        self.shapes[shape].setChecked(True)
        self.sizes[side].setChecked(True)
        for button in self.sizes.values():
            button.setVisible(shape is Shape.GALLERY)
        self.groups.setChecked(is_grouped)
        self.details.setChecked(has_details)
        self.order.setChecked(is_falling)
        tip = "Newest first; click for the oldest first" if is_falling else "Oldest first; click for the newest first"
        self.order.setToolTip(tip)
        self._dress()

    def set_details_possible(self, has_room: bool) -> None:
        """Whether there is room for details at all."""
        self.details.setEnabled(has_room)
        self.details.setToolTip(DETAILS if has_room else NO_ROOM)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.count, 1)
        row.addWidget(self.order)
        row.addWidget(self.groups)
        row.addSpacing(8)
        for button in self.sizes.values():
            row.addWidget(button)
        row.addSpacing(8)
        for button in self.shapes.values():
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self.details)

    def _exclusive(self, buttons: Sequence[QToolButton]) -> QButtonGroup:
        group = QButtonGroup(self)
        for button in buttons:
            group.addButton(button)
        return group

    def _dress(self) -> None:
        theme = self._appearance.theme
        icons = {
            self.order: Icon.SORT_FALLING if self.order.isChecked() else Icon.SORT_RISING,
            self.groups: Icon.GROUPS,
            self.details: Icon.DETAILS,
            self.shapes[Shape.GALLERY]: Icon.GRID,
            self.shapes[Shape.LIST]: Icon.LIST,
        }
        for button, icon in icons.items():
            button.setIcon(themed(icon, theme))


def _toggle(name: str, tell: Callable[[bool], object] | None) -> QToolButton:
    button = QToolButton()
    button.setProperty("variant", "quiet")
    button.setCheckable(True)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if tell is not None:
        button.clicked.connect(lambda on: tell(on))
    return button
