"""The intact and the altered render that the present settings ask for, and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alienlab.app.comparison import Comparison, Tile, TileState
from alienlab.app.lesion_list import LesionList
from alienlab.app.open_brain import OpenBrain
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.renders import Wanted
from alienlab.app.session_keeper import SessionKeeper


@dataclass(frozen=True, slots=True)
class Pair:
    """``altered`` is None where the lesions change nothing."""

    intact: Wanted
    altered: Wanted | None

    @property
    def all(self) -> tuple[Wanted, ...]:
        return (self.intact,) if self.altered is None else (self.intact, self.altered)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(wanted.key for wanted in self.all)


class Pairs:
    """Looks at the models; changes only the comparison."""

    def __init__(
        self,
        *,
        brain: OpenBrain,
        settings: PromptSettings,
        lesions: LesionList,
        comparison: Comparison,
        session: SessionKeeper,
    ) -> None:
        self._brain = brain
        self._settings = settings
        self._lesions = lesions
        self._comparison = comparison
        self._session = session

    def present(self) -> Pair | None:
        """None before the brain is open. Raises AlienLabError for settings that cannot be rendered."""
        info, anatomy = self._brain.info, self._brain.anatomy
        if info is None or anatomy is None:
            return None
        recipe = self._settings.recipe(info, self._lesions.active)
        intact = Wanted.of(recipe.intact, anatomy)
        altered = Wanted.of(recipe, anatomy)
        return Pair(intact, None if altered.key == intact.key else altered)

    def compare(self, pair: Pair) -> Sequence[Wanted]:
        """Show the pair, finished or waiting; return what is not finished."""
        known = [self.known(wanted) for wanted in pair.all]
        tiles = [tile or _waiting(wanted) for tile, wanted in zip(known, pair.all, strict=True)]
        self._comparison.compare(tiles[0], tiles[1] if len(tiles) > 1 else None)
        return tuple(wanted for tile, wanted in zip(known, pair.all, strict=True) if tile is None)

    def known(self, wanted: Wanted) -> Tile | None:
        """The finished tile with the lesions as they are written now; None where its pixels are not known."""
        tile = self._comparison.get(wanted.key)
        if tile is None or tile.image is None:
            tile = self._session.find(wanted.key)
        return None if tile is None else replace(tile, recipe=wanted.recipe)

    def are_known(self, pair: Pair) -> bool:
        return all(self.known(wanted) is not None for wanted in pair.all)

    def are_shown(self, pair: Pair) -> bool:
        return frozenset(tile.key for tile in self._comparison.pair) == pair.keys

    def intact_of(self, tile: Tile) -> Tile:
        """The intact render of the same prompt and noise, from canvas or session; else the tile itself."""
        wanted = tile.recipe.intact
        shown = next((other for other in self._comparison.tiles if other.recipe == wanted), None)
        return shown or self._session.tile_of(wanted) or tile


def _waiting(wanted: Wanted) -> Tile:
    return Tile(key=wanted.key, recipe=wanted.recipe, state=TileState.WAITING, steps=wanted.recipe.steps)
