"""The plugins that offer one of everything, and those whose offers fail."""

from __future__ import annotations

from pathlib import Path

from alienlab.domain.laboratories.declarations import FoundPlugin, Origin
from alienlab.domain.laboratories.equipment import Equipment
from alienlab.domain.laboratories.shelf import Shelf
from alienlab.extensions.manifest_file import DECLARATION, read_declaration

PLUGINS = Path(__file__).parent / "plugins"


def offering(*folders: str) -> tuple[FoundPlugin, ...]:
    """``every_offer`` unless others are named; on, as built-in plugins are."""
    return tuple(_found(PLUGINS / folder) for folder in folders or ("every_offer",))


def equipment(*folders: str) -> Equipment:
    return Equipment.of(Shelf(found=offering(*folders)))


def _found(folder: Path) -> FoundPlugin:
    plugin = read_declaration(folder / DECLARATION, folder=folder)
    return FoundPlugin(id=plugin.id, origin=Origin.BUILT_IN, place=str(folder), plugin=plugin)
