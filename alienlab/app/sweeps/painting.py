"""Paints the map by the sweep that is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from alienlab.app.open_brain import OpenBrain
from alienlab.app.sweeps.map_paint import MapPaint, Painting
from alienlab.app.sweeps.measured_scale import MeasuredScale
from alienlab.app.sweeps.runner import SweepRunner
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo
from alienlab.domain.effects import Effect
from alienlab.domain.errors import SessionError
from alienlab.domain.laboratories.declarations import Measure
from alienlab.domain.sweeps.results import Result
from alienlab.domain.sweeps.sweep import Kind
from alienlab.session.brains.atlas_file import AtlasFile

_OF_MODULES = (Kind.KNOCKOUT, Kind.PLUGIN)
"""Their trials may be about one module or region each."""


class Painter:
    """A knockout sweep paints the map, as one of a plugin does whose values name modules.

    Where it has a second axis, by that axis's first value.
    """

    def __init__(self, runner: SweepRunner, paint: MapPaint, brain: OpenBrain, *, atlas: Path) -> None:
        """``atlas`` is the file of an atlas that comes with one brain."""
        self._runner, self._paint, self._brain, self._atlas = runner, paint, brain, atlas
        self._taken: dict[Measure, Mapping[str, float]] = {}
        self._taken_of = ""
        runner.changed.connect(self._repaint)
        runner.progressed.connect(self._repaint)

    def take_brain(self, info: BrainInfo) -> None:
        """Another brain: what painted the map says nothing of it; where nothing does, its own atlas paints it."""
        sweep = self._runner.sweep
        if sweep is None or sweep.base.brain != info.hash:
            self._paint.show(None)
        if self._paint.painting is None:
            self._paint_by_own_atlas(info)

    def take_measure(self, measure: Measure, taken: Mapping[str, float]) -> None:
        """What a plugin measured of the sweep that is shown, by computation id: the map can be painted by it."""
        sweep = self._runner.sweep
        if sweep is None:
            return
        if sweep.id != self._taken_of:
            self._taken, self._taken_of = {}, sweep.id
        self._taken[measure] = taken
        self._repaint()

    def _measured(self, painted: Sequence[Result], anatomy: Anatomy) -> tuple[MeasuredScale, ...]:
        """The measures that tell of at least one module."""
        scales = (
            MeasuredScale(
                measure,
                {path: taken[row.key] for row in painted if row.key in taken for path in _paths(row, anatomy)},
            )
            for measure, taken in self._taken.items()
        )
        return tuple(scale for scale in scales if scale.values)

    def _paint_by_own_atlas(self, info: BrainInfo) -> None:
        try:
            atlas = AtlasFile.read(self._atlas)
        except SessionError:
            return  # a brain has none as a rule
        if atlas.recipe.brain == info.hash:
            self._paint.show(
                Painting(
                    title=atlas.title,
                    effects=atlas.effects,
                    yardsticks=atlas.yardsticks,
                    picture=atlas.picture,
                    intact=atlas.intact,
                    recipe=atlas.recipe,
                )
            )

    def _repaint(self) -> None:
        sweep, plan, anatomy = self._runner.sweep, self._runner.plan, self._brain.anatomy
        if sweep is None or plan is None or anatomy is None:
            return
        if all(axis.kind not in _OF_MODULES for axis in sweep.axes):
            return
        painted = painted_results(self._runner.results())
        effects = effects_by_module(painted, anatomy)
        if not effects:
            return
        keys = {path: row.key for row in painted for path in _paths(row, anatomy)}
        reference = plan.anchors[0].key
        self._paint.show(
            Painting(
                title=f"{sweep.title}: “{sweep.base.prompt}”, seed {sweep.base.seed}, {sweep.base.steps} steps",
                effects=effects,
                yardsticks=next((effect.yardsticks for effect in effects.values()), None),
                picture=lambda path: self._runner.image(keys[path]) if path in keys else None,
                intact=lambda: self._runner.image(reference),
                measured=self._measured(painted, anatomy) if sweep.id == self._taken_of else (),
            )
        )


def painted_results(rows: Sequence[Result]) -> list[Result]:
    """Of each module or region the first result: that of the first value of any second axis."""
    first: dict[str, Result] = {}
    for row in rows:
        if row.trial.module is not None:
            first.setdefault(row.trial.module, row)
    return list(first.values())


def effects_by_module(rows: Sequence[Result], anatomy: Anatomy) -> dict[str, Effect]:
    """Of single modules; where regions were lesioned, each module has the effect of the innermost."""
    return {path: row.effect for row in rows if row.effect is not None for path in _paths(row, anatomy)}


def _paths(row: Result, anatomy: Anatomy) -> tuple[str, ...]:
    module = row.trial.module
    if module is None:
        return ()
    return (module,) if module in anatomy else anatomy.within(module)
