"""Makes an image of concept space a real render: on the canvas beside another one, and in the log."""

from __future__ import annotations

from collections.abc import Callable

from alienlab.app.comparison import Arrangement, Comparison
from alienlab.app.open_brain import OpenBrain
from alienlab.app.pairs import Pair, Pairs
from alienlab.app.renders import Purpose, Renders, Wanted
from alienlab.app.space.plane import Address
from alienlab.app.space.survey import PlaneSurvey
from alienlab.domain.recipe import DiffusionRecipe


class PlaceOpener:
    """Holds nothing of its own."""

    def __init__(
        self,
        *,
        survey: PlaneSurvey,
        brain: OpenBrain,
        pairs: Pairs,
        renders: Renders,
        comparison: Comparison,
        make_way: Callable[[], None],
    ) -> None:
        self._survey, self._brain, self._pairs, self._renders = survey, brain, pairs, renders
        self._comparison, self._make_way = comparison, make_way

    def open(self, address: Address) -> bool:
        """A tile of the plane, beside the intact origin. False where no plane is looked at."""
        plane = self._survey.plane
        return plane is not None and self.show(plane.recipe(address), beside=plane.intact_origin)

    def show(self, recipe: DiffusionRecipe, *, beside: DiffusionRecipe | None = None) -> bool:
        """``beside`` is intact; the recipe's own point in the intact mind by default. False without a brain."""
        anatomy = self._brain.anatomy
        if anatomy is None:
            return False
        intact = Wanted.of(recipe.intact if beside is None else beside, anatomy)
        place = Wanted.of(recipe, anatomy)
        missing = self._pairs.compare(Pair(intact, None if place.key == intact.key else place))
        if missing:
            self._make_way()
            self._renders.render(missing, purpose=Purpose.ASKED)
        self._comparison.arrange(Arrangement.PAIR)
        return True
