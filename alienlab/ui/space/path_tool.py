"""What the mouse and the keys do to the path on the plane."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from alienlab.app.space.drawn_path import DrawnPath
from alienlab.domain.space.drawing import Corner, simplified
from alienlab.domain.space.walks import Place
from alienlab.ui.space.sight import Sight

REACH = 9
"""Pixels around a corner in which it is grabbed."""
TOLERANCE = 5
"""Pixels that a curve drawn by hand may lie off the corners that are kept of it."""
_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class PathTool(QObject):
    """While it is on, clicks add corners and dragging draws a curve; corners can be dragged also while it is off."""

    switched = Signal(bool)
    changed = Signal()
    """What it shows beside the path itself."""

    def __init__(self, path: DrawnPath, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._is_on = False
        self._selected: int | None = None
        self._pressed: QPointF | None = None
        self._grabbed: int | None = None
        self._is_moving = False
        self._sketch: list[Place] = []
        path.changed.connect(self._check)

    @property
    def is_on(self) -> bool:
        return self._is_on

    @property
    def is_busy(self) -> bool:
        """The mouse is down on the path, or draws."""
        return self._pressed is not None

    @property
    def selected(self) -> int | None:
        """Place of a corner in the path."""
        return self._selected

    @property
    def sketch(self) -> list[Place]:
        """The curve that is being drawn by hand."""
        return self._sketch

    def switch(self, on: bool) -> None:
        if on and self._path.ground is None:
            on = False
        if on != self._is_on:
            self._is_on = on
            self._let_go()
            self.switched.emit(on)

    def corner_at(self, position: QPointF, sight: Sight) -> int | None:
        """The corner in reach, the nearest one."""
        near = [
            ((sight.position_of(corner.place) - position).manhattanLength(), -index)
            for index, corner in enumerate(self._path.corners)
        ]
        distance, index = min(near, default=(REACH + 1, 0))
        return -index if distance <= REACH else None

    def would_add(self, position: QPointF, sight: Sight) -> bool:
        """Whether a click here would add a corner, and grab none."""
        return self._is_on and not self.is_busy and self.corner_at(position, sight) is None

    def press(self, position: QPointF, sight: Sight) -> bool:
        """Whether the mouse is the path's until it is released."""
        if self._path.ground is None:
            return False
        grabbed = self.corner_at(position, sight)
        self._select(grabbed)
        if grabbed is None and not self._is_on:
            return False
        self._pressed, self._grabbed, self._is_moving = position, grabbed, False
        return True

    def move(self, position: QPointF, sight: Sight) -> bool:
        if self._pressed is None:
            return False
        way = position - self._pressed
        self._is_moving = self._is_moving or way.manhattanLength() >= QApplication.startDragDistance()
        if self._is_moving and self._grabbed is not None:
            self._drag_to(position, sight)
        elif self._is_moving:
            self._sketch = self._sketch or [sight.place_at(self._pressed)]
            self._sketch.append(sight.place_at(position))
            self.changed.emit()
        return True

    def release(self, position: QPointF, sight: Sight) -> bool:
        if self._pressed is None:
            return False
        self.move(position, sight)
        pressed, sketch, is_moving, grabbed = self._pressed, self._sketch, self._is_moving, self._grabbed
        self._pressed, self._sketch = None, []
        if grabbed is not None:
            self._path.settle()
        elif is_moving:
            kept = simplified(sketch, TOLERANCE * sight.pixel)
            self._add(*(Corner(x, y, is_round=True) for x, y in kept))
        else:
            self._add(Corner(*sight.place_at(pressed)))
        return True

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is the path's, although it may mean something else in the window."""
        key = event.key()
        if not event.modifiers() and key in _REMOVING:
            return self._selected is not None or (self._is_on and bool(self._path.corners))
        if not event.modifiers() and key == Qt.Key.Key_Escape:
            return self._is_on or self._selected is not None
        if event.matches(QKeySequence.StandardKey.Undo):
            return self._is_on and self._path.can_undo
        return not event.modifiers() and key == Qt.Key.Key_D

    def press_key(self, event: QKeyEvent) -> bool:
        """Whether it was for the path."""
        if not self.takes(event):
            return False
        if event.key() in _REMOVING:
            self._remove()
        elif event.key() == Qt.Key.Key_Escape:
            self._select(None)
            self.switch(False)
        elif event.key() == Qt.Key.Key_D:
            self.switch(not self._is_on)
        else:
            self._path.undo()
        return True

    def _drag_to(self, position: QPointF, sight: Sight) -> None:
        corners = list(self._path.corners)
        assert self._grabbed is not None
        x, y = sight.place_at(position)
        corners[self._grabbed] = replace(corners[self._grabbed], x=x, y=y)
        self._path.shape(corners)

    def _add(self, *corners: Corner) -> None:
        before = self._path.corners
        self._path.change([*before, *corners])
        self._select(len(self._path.corners) - 1 if len(self._path.corners) > len(before) else None)

    def _remove(self) -> None:
        """The selected corner, or the last one."""
        corners = list(self._path.corners)
        index = len(corners) - 1 if self._selected is None else self._selected
        self._let_go()
        del corners[index]
        self._path.change(corners)
        self._select(min(max(index - 1, 0), len(corners) - 1) if corners and self._is_on else None)

    def _select(self, index: int | None) -> None:
        if index != self._selected:
            self._selected = index
            self.changed.emit()

    def _let_go(self) -> None:
        """Of what the mouse holds."""
        if self._grabbed is not None and self._pressed is not None:
            self._path.settle()
        self._pressed, self._grabbed, self._sketch = None, None, []
        self.changed.emit()

    def _check(self) -> None:
        """The path may have become another one."""
        corners = len(self._path.corners)
        if self._selected is not None and self._selected >= corners:
            self._select(None)
        if self._grabbed is not None and self._grabbed >= corners:
            self._pressed, self._grabbed = None, None
        if self._path.ground is None:
            self._pressed, self._grabbed, self._sketch = None, None, []
            self.switch(False)
