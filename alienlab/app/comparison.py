"""What the comparison canvas shows."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from alienlab.domain.brain import FLAGGED, Provenance
from alienlab.domain.differences import captions, common
from alienlab.domain.events import Image
from alienlab.domain.recipe import LabRecipe, Recipe
from alienlab.domain.recognition import Recognition

MOST_TILES = 60
"""Beyond these the oldest prompt and noise leaves the grid; the session keeps everything."""


class TileState(StrEnum):
    WAITING = "waiting"
    DENOISING = "denoising"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Arrangement(StrEnum):
    PAIR = "pair"
    """The intact render beside the altered one."""
    GRID = "grid"
    """Everything that was rendered, one line for each prompt and noise, or experiment of a laboratory."""
    PINNED = "pinned"
    """The board, which shows no tile of the comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A render, or one that is to come."""

    key: str
    """Computation id; of a laboratory's picture, the id of its recipe."""
    recipe: Recipe
    state: TileState = TileState.WAITING
    image: Image | None = None
    preview: Image | None = None
    """What is seen until the image is there; of any size."""
    step: int = 0
    steps: int = 0
    message: str = ""
    """Why there is no image, for a person to read."""
    provenance: Provenance | None = None
    recognition: Recognition | None = None
    """What the image is of; None where nobody said it."""

    @property
    def is_intact(self) -> bool:
        """Whether no mind was altered for it."""
        return not self.recipe.lesions

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        if not isinstance(self.recipe, LabRecipe):
            return self.recipe.width, self.recipe.height
        return (1, 1) if self.image is None else (self.image.shape[1], self.image.shape[0])

    @property
    def is_flagged(self) -> bool:
        return self.provenance is not None and FLAGGED in self.provenance.notes

    @property
    def picture(self) -> Image | None:
        return self.preview if self.image is None else self.image


@dataclass(frozen=True, slots=True)
class Line:
    """All tiles of one prompt and noise, the intact one first; or of one experiment of a laboratory."""

    key: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Captions:
    """What all tiles have in common, and for each tile the lines that set it apart."""

    common: str
    lines: tuple[tuple[str, ...], ...]


def captions_of(tiles: Sequence[Tile]) -> Captions:
    recipes = [tile.recipe for tile in tiles]
    return Captions(common(recipes), tuple(captions(recipes)))


class Comparison(QObject):
    """Tiles by computation id, and which two are compared."""

    tiles_changed = Signal()
    """Other tiles, another order or other captions."""
    tile_changed = Signal(str)
    """One tile looks different now."""
    staleness_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tiles: dict[str, Tile] = {}
        self._intact_key = ""
        self._altered_key = ""
        self._arrangement = Arrangement.PAIR
        self._is_stale = False

    @property
    def arrangement(self) -> Arrangement:
        return self._arrangement

    @property
    def is_stale(self) -> bool:
        """Whether the settings differ from what is shown."""
        return self._is_stale

    @property
    def tiles(self) -> tuple[Tile, ...]:
        return tuple(self._tiles.values())

    @property
    def pair(self) -> tuple[Tile, ...]:
        """The intact tile and, where there is one, the altered tile; empty before the first render."""
        keys = dict.fromkeys((self._intact_key, self._altered_key))
        return tuple(self._tiles[key] for key in keys if key in self._tiles)

    @property
    def current_key(self) -> str:
        """Of the tile that the last render was asked for."""
        return self._altered_key or self._intact_key

    @property
    def lines(self) -> tuple[Line, ...]:
        """The grid, what was made last first."""
        gathered: dict[Hashable, list[Tile]] = {}
        for tile in self._tiles.values():
            gathered.setdefault(tile.recipe.family, []).append(tile)
        lines = [Line(tiles[0].key, tuple(sorted(tiles, key=_altered_last))) for tiles in gathered.values()]
        return tuple(reversed(lines))

    def __contains__(self, key: object) -> bool:
        return key in self._tiles

    def __getitem__(self, key: str) -> Tile:
        return self._tiles[key]

    def get(self, key: str) -> Tile | None:
        return self._tiles.get(key)

    def shown(self) -> tuple[Tile, ...]:
        """The tiles of the present arrangement, in reading order."""
        if self._arrangement is Arrangement.PAIR:
            return self.pair
        if self._arrangement is Arrangement.PINNED:
            return ()
        return tuple(tile for line in self.lines for tile in line.tiles)

    def compare(self, intact: Tile, altered: Tile | None) -> None:
        """Show these two side by side. A tile that is here already keeps its image."""
        for tile in (intact, altered):
            if tile is not None:
                self._admit(tile)
        self._intact_key = intact.key
        self._altered_key = altered.key if altered is not None and altered.key != intact.key else ""
        self._prune()
        self.set_stale(False)
        self.tiles_changed.emit()

    def add(self, tiles: Iterable[Tile]) -> None:
        """Put more tiles into the grid."""
        for tile in tiles:
            self._admit(tile)
        self._prune()
        self.tiles_changed.emit()

    def choose(self, key: str) -> None:
        """Compare this tile with the intact one of the same prompt and noise, where that is here."""
        tile = self._tiles[key]
        intact = next((other for other in self.tiles if other.recipe == tile.recipe.intact), tile)
        self.compare(intact, tile)

    def replace_tile(self, tile: Tile) -> None:
        """Show a tile as it is now."""
        if tile.key in self._tiles:
            self._tiles[tile.key] = tile
            self.tile_changed.emit(tile.key)

    def arrange(self, arrangement: Arrangement) -> None:
        if arrangement is not self._arrangement:
            self._arrangement = arrangement
            self.tiles_changed.emit()

    def set_stale(self, stale: bool) -> None:
        if stale != self._is_stale:
            self._is_stale = stale
            self.staleness_changed.emit(stale)

    def clear(self) -> None:
        """Empty the canvas; the session keeps every render."""
        self._tiles.clear()
        self._intact_key = self._altered_key = ""
        self.set_stale(False)
        self.tiles_changed.emit()

    def _admit(self, tile: Tile) -> None:
        known = self._tiles.pop(tile.key, None)
        if known is not None and tile.image is None:
            if known.image is not None:
                # Same pixels, perhaps written differently: the caption says what was asked for last.
                tile = replace(known, recipe=tile.recipe)
            else:
                tile = replace(tile, preview=known.preview)
        if known is not None and tile.recognition is None:
            tile = replace(tile, recognition=known.recognition)
        self._tiles[tile.key] = tile

    def _prune(self) -> None:
        """Drop what never became an image and is not compared now, and lines beyond the limit."""
        compared = {self._intact_key, self._altered_key}
        unwanted = (TileState.CANCELLED, TileState.WAITING)
        self._tiles = {key: tile for key, tile in self._tiles.items() if key in compared or tile.state not in unwanted}
        while len(self._tiles) > MOST_TILES:
            oldest = next((key for key in self._tiles if key not in compared), None)
            if oldest is None:
                return
            del self._tiles[oldest]


def _altered_last(tile: Tile) -> bool:
    return not tile.is_intact
