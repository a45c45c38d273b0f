"""Two images looked at as one: beside each other, wiped, in turn, one through the other, or what differs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from alienlab.app.comparison import Arrangement, Comparison, Tile
from alienlab.app.image_difference import Channel, Span

SHORTEST_BLINK_MS = 334
"""At most three changes a second: faster flashes can harm people with photosensitive epilepsy."""
LONGEST_BLINK_MS = 5000


class Tool(StrEnum):
    SIDE_BY_SIDE = "side"
    WIPE = "wipe"
    BLINK = "blink"
    ONION = "onion"
    DIFFERENCE = "difference"


class Direction(StrEnum):
    """Of the line between both images of a wipe."""

    VERTICAL = "vertical"
    HORIZONTAL = "horizontal"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolSettings:
    """How the tools are set. Shares are 0 to 1; what is outside its range is brought into it."""

    tool: Tool = Tool.SIDE_BY_SIDE
    is_swapped: bool = False
    wipe: float = 0.5
    """The share of the view that A has."""
    direction: Direction = Direction.VERTICAL
    onion: float = 0.5
    """How much of B is seen through A."""
    blink_ms: int = 500
    """How long each image is seen."""
    is_paused: bool = False
    channel: Channel = Channel.LUMINANCE
    span: Span = Span.AUTO

    def __post_init__(self) -> None:
        object.__setattr__(self, "wipe", min(1.0, max(0.0, self.wipe)))
        object.__setattr__(self, "onion", min(1.0, max(0.0, self.onion)))
        object.__setattr__(self, "blink_ms", min(LONGEST_BLINK_MS, max(SHORTEST_BLINK_MS, round(self.blink_ms))))


class TwoImages(QObject):
    """Which two images are compared, and with which tool.

    They are the intact and the altered tile of the pair, unless two others were chosen and opened.
    """

    changed = Signal()
    """Another tool, other images, or a tool is set differently."""

    def __init__(self, comparison: Comparison, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self._settings = ToolSettings()
        self._marked: tuple[Tile, ...] = ()
        self._is_open = False
        self._seen = self._situation()
        comparison.tiles_changed.connect(self._follow)
        comparison.tile_changed.connect(self._refresh)

    @property
    def settings(self) -> ToolSettings:
        return self._settings

    @property
    def tool(self) -> Tool:
        return self._settings.tool

    @property
    def a(self) -> Tile | None:
        """None before the first render, as ``b`` is where there is only one image."""
        return self._both()[0]

    @property
    def b(self) -> Tile | None:
        return self._both()[1]

    @property
    def marked(self) -> tuple[Tile, ...]:
        """At most two tiles that a tool takes when it is used next, instead of the pair."""
        return self._marked

    @property
    def is_open(self) -> bool:
        """Whether the marked tiles are looked at now, whatever the arrangement is."""
        return self._is_open

    @property
    def is_used(self) -> bool:
        """Whether a tool that lays both images over each other is seen now."""
        over = self.tool is not Tool.SIDE_BY_SIDE and self.a is not None
        return over and (self._is_open or self._comparison.arrangement is Arrangement.PAIR)

    def shown(self) -> tuple[Tile, ...]:
        """The tiles of the canvas in reading order: those of the arrangement, or A and B."""
        if self._is_open or self._comparison.arrangement is Arrangement.PAIR:
            return tuple(tile for tile in self._both() if tile is not None)
        return self._comparison.shown()

    def change(self, **fields: object) -> None:
        """Replace some fields of ``ToolSettings``."""
        settings = replace(self._settings, **fields)
        if settings != self._settings:
            self._settings = settings
            self.changed.emit()

    def swap(self) -> None:
        self.change(is_swapped=not self._settings.is_swapped)

    def use(self, tool: Tool) -> None:
        """Look at two images with ``tool``: at the marked ones, else at the pair."""
        self._settings = replace(self._settings, tool=tool)
        self._is_open = len(self._marked) == 2
        if not self._is_open:
            self._comparison.arrange(Arrangement.PAIR)
        self.changed.emit()

    def choose(self, a: Tile, b: Tile) -> None:
        """Mark these two; the next tool that is used opens them."""
        self._marked = (a, b)
        self.changed.emit()

    def mark(self, tile: Tile) -> None:
        """Take ``tile`` among the marked ones or, where it is there already, out of them."""
        others = tuple(other for other in self._marked if other.key != tile.key)
        self._marked = others if len(others) < len(self._marked) else (*others, tile)[-2:]
        self.changed.emit()

    def unmark_all(self) -> None:
        self.close()
        if self._marked:
            self._marked = ()
            self.changed.emit()

    def close(self) -> None:
        """Go back from the marked tiles to where they were marked."""
        if self._is_open:
            self._is_open = False
            self.changed.emit()

    def _both(self) -> tuple[Tile | None, Tile | None]:
        tiles = self._marked if self._is_open else self._comparison.pair
        a, b = (*tiles, None, None)[:2]
        return (b, a) if self._settings.is_swapped and b is not None else (a, b)

    def _situation(self) -> tuple[object, ...]:
        """Where it changes, the user has gone elsewhere, and marks are forgotten."""
        pair = tuple(tile.key for tile in self._comparison.pair)
        return self._comparison.arrangement, pair

    def _follow(self) -> None:
        situation = self._situation()
        if situation != self._seen:
            self._seen, self._marked, self._is_open = situation, (), False
        self._marked = tuple(self._comparison.get(tile.key) or tile for tile in self._marked)
        self.changed.emit()

    def _refresh(self, key: str) -> None:
        tile = self._comparison.get(key)
        if tile is not None:
            self._marked = tuple(tile if other.key == key else other for other in self._marked)
        if any(other is not None and other.key == key for other in self._both()):
            self.changed.emit()
