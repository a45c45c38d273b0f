"""Between a sweep and the rest of the window: what it begins from, and where its images are shown."""

from __future__ import annotations

from dataclasses import replace

from alienlab.app.comparison import Arrangement, Comparison, Tile, TileState
from alienlab.app.lesion_list import LesionList
from alienlab.app.open_brain import OpenBrain
from alienlab.app.pairs import Pairs
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.selection import Selection
from alienlab.app.session_keeper import SessionKeeper
from alienlab.app.sweeps.map_paint import MapPaint
from alienlab.app.sweeps.painting import effects_by_module, painted_results
from alienlab.app.sweeps.runner import SweepRunner
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.events import Image
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.sweeps.kinds import ZERO
from alienlab.domain.sweeps.results import Result
from alienlab.domain.sweeps.sweep import Kind


class SweepDisplay:
    """Holds nothing of its own."""

    def __init__(
        self,
        *,
        runner: SweepRunner,
        settings: PromptSettings,
        lesions: LesionList,
        brain: OpenBrain,
        comparison: Comparison,
        session: SessionKeeper,
        selection: Selection,
        pairs: Pairs,
        paint: MapPaint,
    ) -> None:
        self._runner = runner
        self._settings = settings
        self._lesions = lesions
        self._brain = brain
        self._comparison = comparison
        self._session = session
        self._selection = selection
        self._pairs = pairs
        self._paint = paint

    def base(self) -> DiffusionRecipe | None:
        """What a new sweep varies: the settings and lesions of now; None where no brain is open.

        Raises AlienLabError for settings that cannot be rendered.
        """
        info = self._brain.info
        return None if info is None else self._settings.recipe(info, self._lesions.active)

    def atlas_effects(self, base: DiffusionRecipe) -> dict[str, float] | None:
        """Effects of single knockouts of this prompt and noise, in seed spreads; None where they are not known."""
        sweep, anatomy = self._runner.sweep, self._brain.anatomy
        if sweep is None or anatomy is None or sweep.kind is not Kind.KNOCKOUT or sweep.base.intact != base.intact:
            return None
        effects = effects_by_module(painted_results(self._runner.results()), anatomy)
        known = {path: effect.spreads for path, effect in effects.items()}
        return {path: spreads for path, spreads in known.items() if spreads is not None} or None

    def show(self, result: Result) -> bool:
        """Show a result beside its intact image and mark its module; False where the image is not there."""
        tile = self._session.find(result.key)
        if tile is None:
            return False
        shown = replace(tile, recipe=result.trial.recipe)
        self._comparison.compare(self._pairs.intact_of(shown), shown)
        self._comparison.arrange(Arrangement.PAIR)
        self._select(result.trial.module)
        return True

    def show_module(self, path: str) -> bool:
        """Show what was imagined without a module of the painted map; False where that is not there."""
        covering = (row for row in self._runner.results() if _covers(row.trial.module, path))
        result = next(covering, None)
        return self.show(result) if result is not None else self._show_painted(path)

    def _show_painted(self, path: str) -> bool:
        """From an atlas that is in no session."""
        painting, anatomy = self._paint.painting, self._brain.anatomy
        if painting is None or painting.recipe is None or anatomy is None:
            return False
        recipe = replace(painting.recipe, lesions=(LesionSpec(path, ZERO),))
        tiles = (_tile(painting.recipe, anatomy, painting.intact()), _tile(recipe, anatomy, painting.picture(path)))
        self._comparison.compare(*tiles)
        self._comparison.arrange(Arrangement.PAIR)
        return True

    def _select(self, module: str | None) -> None:
        """Select a module, or all of a region, on the map."""
        anatomy = self._brain.anatomy
        if anatomy is not None and module is not None:
            self._selection.replace([module] if module in anatomy else anatomy.within(module))


def _tile(recipe: DiffusionRecipe, anatomy: Anatomy, image: Image | None) -> Tile:
    return Tile(key=recipe.computation_id(anatomy), recipe=recipe, state=TileState.FINISHED, image=image)


def _covers(module: str | None, path: str) -> bool:
    return module is not None and (path == module or path.startswith(f"{module}."))
