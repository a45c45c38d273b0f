"""Something the user can do, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something the user can do."""

    id: str
    text: str
    tip: str
    shortcuts: tuple[str, ...] = ()
    """The first one is shown."""
    icon: str = ""
    """Name of a meaning in ``alienlab.ui.icons``."""
    checkable: bool = False
