"""Putting the parameters of a laboratory back, with undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from PySide6.QtGui import QUndoCommand

from alienlab.domain.laboratories.parameters import Value


class Settable(Protocol):
    def change_together(self, values: Mapping[str, Any]) -> None: ...


class Reset(QUndoCommand):
    """All parameters at once."""

    def __init__(self, bench: Settable, *, before: Mapping[str, Value], after: Mapping[str, Value]) -> None:
        super().__init__("reset")
        self._bench, self._before, self._after = bench, before, after

    def redo(self) -> None:
        self._bench.change_together(self._after)

    def undo(self) -> None:
        self._bench.change_together(self._before)
