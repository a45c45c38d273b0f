"""Numbers of things, as people read them."""

from __future__ import annotations


def counted(number: int, one: str, several: str = "") -> str:
    """``1 render``, ``20,000 renders``; ``several`` is said where it is not ``one`` with an s."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
