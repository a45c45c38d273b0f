"""Makes a tile of the plane a real render: on the canvas beside the intact origin, and in the log."""

from __future__ import annotations

from collections.abc import Callable

from alienlab.app.comparison import Arrangement, Comparison
from alienlab.app.pairs import Pair, Pairs
from alienlab.app.renders import Purpose, Renders, Wanted
from alienlab.app.space.plane import Address
from alienlab.app.space.survey import PlaneSurvey


class TileOpener:
    """Holds nothing of its own."""

    def __init__(
        self,
        *,
        survey: PlaneSurvey,
        pairs: Pairs,
        renders: Renders,
        comparison: Comparison,
        make_way: Callable[[], None],
    ) -> None:
        self._survey, self._pairs, self._renders = survey, pairs, renders
        self._comparison, self._make_way = comparison, make_way

    def open(self, address: Address) -> bool:
        """False where no plane is looked at."""
        plane = self._survey.plane
        if plane is None:
            return False
        intact = Wanted.of(plane.intact_origin, plane.anatomy)
        tile = Wanted.of(plane.recipe(address), plane.anatomy)
        missing = self._pairs.compare(Pair(intact, None if tile.key == intact.key else tile))
        if missing:
            self._make_way()
            self._renders.render(missing, purpose=Purpose.ASKED)
        self._comparison.arrange(Arrangement.PAIR)
        return True
