"""Which modules are selected."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """The selected modules, by path. ``changed`` is emitted only where the selection really changes."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: frozenset[str] = frozenset()

    @property
    def paths(self) -> frozenset[str]:
        return self._paths

    def replace(self, paths: Iterable[str]) -> None:
        chosen = frozenset(paths)
        if chosen != self._paths:
            self._paths = chosen
            self.changed.emit()

    def extend(self, paths: Iterable[str]) -> None:
        self.replace(self._paths.union(paths))

    def toggle(self, paths: Iterable[str]) -> None:
        """Take ``paths`` out where all of them are selected, else select all of them too."""
        touched = frozenset(paths)
        self.replace(self._paths - touched if touched <= self._paths else self._paths | touched)

    def retain(self, paths: Iterable[str]) -> None:
        """Deselect everything that is not in ``paths``: another brain has other modules."""
        self.replace(self._paths.intersection(paths))

    def clear(self) -> None:
        self.replace(())
