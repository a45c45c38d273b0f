"""What of a caption there is room for. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

SEPARATOR = " · "


def fitting_lines(caption: Sequence[str], room: int) -> list[str]:
    """As many lines as there is room for; the last one says how many more there are."""
    if len(caption) <= room:
        return list(caption)
    return [*caption[: room - 1], f"{caption[room - 1]}  +{len(caption) - room}"]


def fitting_parts(parts: Sequence[str], room: float, width_of: Callable[[str], float]) -> str:
    """As many whole parts on one line as there is room for, the first in any case."""
    for count in range(len(parts), 1, -1):
        line = SEPARATOR.join(parts[:count])
        if width_of(line) <= room:
            return line
    return parts[0] if parts else ""
