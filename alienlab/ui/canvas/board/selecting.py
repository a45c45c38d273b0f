"""Which pins are selected, and which one has the keyboard. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PinSelection:
    """Its changes give another one."""

    keys: tuple[str, ...] = ()
    """In the order in which they were selected."""
    focus: str = ""
    """Of the pin that has the keyboard; empty where there is none."""
    anchor: str = ""
    """Where a range begins."""

    def only(self, key: str) -> PinSelection:
        return PinSelection((key,), key, key)

    def toggled(self, key: str) -> PinSelection:
        kept = tuple(other for other in self.keys if other != key)
        return PinSelection(kept if len(kept) < len(self.keys) else (*self.keys, key), key, key)

    def up_to(self, key: str, order: Sequence[str]) -> PinSelection:
        """All from the anchor to this one."""
        start = order.index(self.anchor) if self.anchor in order else order.index(key)
        end = order.index(key)
        span = order[min(start, end) : max(start, end) + 1]
        return PinSelection(tuple(span if start <= end else reversed(span)), key, order[start])

    def of(self, keys: Iterable[str]) -> PinSelection:
        """These, with the keyboard on the last."""
        chosen = tuple(keys)
        last = chosen[-1] if chosen else self.focus
        return PinSelection(chosen, last, last)

    def focused(self, key: str) -> PinSelection:
        """The same, with the keyboard elsewhere."""
        return PinSelection(self.keys, key, self.anchor or key)

    def among(self, order: Sequence[str]) -> PinSelection:
        """Without what is gone; the keyboard goes to the first pin where its own is gone."""
        there = set(order)
        focus = self.focus if self.focus in there else (order[0] if order else "")
        anchor = self.anchor if self.anchor in there else focus
        return PinSelection(tuple(key for key in self.keys if key in there), focus, anchor)
