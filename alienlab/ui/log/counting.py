"""How many renders are shown."""

from __future__ import annotations


def counted(shown: int, total: int, *, in_bin: bool = False) -> str:
    """``1,234 of 20,000 renders``."""
    renders = "render" if (shown if in_bin else total) == 1 else "renders"
    if in_bin:
        return f"{shown:,} {renders} in the bin"
    return f"{total:,} {renders}" if shown == total else f"{shown:,} of {total:,} {renders}"
