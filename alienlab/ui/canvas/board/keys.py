"""What keys do on the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from alienlab.domain.board import GRID_STEP, BoardArrangement

if TYPE_CHECKING:
    from alienlab.ui.canvas.board.view import BoardView

_WAYS = {
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Up: (0, -1),
}
_OWN = (Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_S, Qt.Key.Key_Space, Qt.Key.Key_Home, Qt.Key.Key_End)
_MOVING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
FINE_STEP = 4.0
"""How far an arrow moves a free pin that does not snap."""


class BoardKeys:
    """Arrows walk, with Shift they select, with Ctrl or Alt they move; Delete unpins, S stars, F2 names."""

    def __init__(self, view: BoardView) -> None:
        self._view = view

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key has a meaning here."""
        key, modifiers = Qt.Key(event.key()), _without_keypad(event)
        if key in _WAYS:
            return True
        if key == Qt.Key.Key_A:
            return modifiers == Qt.KeyboardModifier.ControlModifier
        return not modifiers and key in (*_OWN, Qt.Key.Key_Return, Qt.Key.Key_Enter)

    def press(self, event: QKeyEvent) -> bool:
        """Whether anything was done."""
        if not self.takes(event) or not self._view.board.pins:
            return False
        key, view = Qt.Key(event.key()), self._view
        match key:
            case Qt.Key.Key_Right | Qt.Key.Key_Left | Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._go(event, *_WAYS[key])
            case Qt.Key.Key_A:
                view.select(view.selection.of(view.board.state.keys))
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                self._focus(0 if key == Qt.Key.Key_Home else len(view.board.pins) - 1, extends=False)
            case Qt.Key.Key_Delete:
                view.board.unpin([pin.key for pin in view.selected])
            case Qt.Key.Key_S:
                view.star_wanted.emit()
            case Qt.Key.Key_F2:
                view.name_wanted.emit()
            case Qt.Key.Key_Space:
                view.reveal(view.selection.focus)
            case _:
                view.pin_opened.emit(view.selection.focus)
        return True

    def _go(self, event: QKeyEvent, across: int, down: int) -> None:
        if event.modifiers() & _MOVING:
            self._move(across, down, is_repeated=event.isAutoRepeat())
            return
        keys, focus = self._view.board.state.keys, self._view.selection.focus
        at = keys.index(focus) if focus in keys else 0
        extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._focus(self._view.layout_.beside(at, across, down), extends=extends)

    def _focus(self, place: int, *, extends: bool) -> None:
        view = self._view
        keys = view.board.state.keys
        selection = view.selection
        view.select(selection.up_to(keys[place], keys) if extends else selection.only(keys[place]))
        view.scroll_to(keys[place])

    def _move(self, across: int, down: int, *, is_repeated: bool) -> None:
        """In a grid or row, before or behind the next pin; freely, by one step."""
        view, board = self._view, self._view.board
        keys = [pin.key for pin in view.selected]
        if board.arrangement is BoardArrangement.FREE:
            step = GRID_STEP if board.state.snaps else FINE_STEP
            board.shift(keys, across * step, down * step, merges=is_repeated)
        else:
            board.reorder(keys, self._insertion(keys, across, down))
        view.scroll_to(view.selection.focus)

    def _insertion(self, keys: list[str], across: int, down: int) -> int:
        order, layout = self._view.board.state.keys, self._view.layout_
        places = sorted(order.index(key) for key in keys)
        if across:
            return places[-1] + 2 if across > 0 else places[0] - 1
        edge = places[-1] if down > 0 else places[0]
        target = layout.beside(edge, 0, down)
        return target + (1 if target > edge else 0)


def _without_keypad(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
