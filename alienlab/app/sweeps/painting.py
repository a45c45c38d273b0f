"""Paints the map by the sweep that is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alienlab.app.open_brain import OpenBrain
from alienlab.app.sweeps.map_paint import MapPaint, Painting
from alienlab.app.sweeps.runner import SweepRunner
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.effects import Effect
from alienlab.domain.sweeps.results import Result
from alienlab.domain.sweeps.sweep import Kind


class Painter:
    """A knockout sweep paints the map; where it has a second axis, by that axis's first value."""

    def __init__(self, runner: SweepRunner, paint: MapPaint, brain: OpenBrain) -> None:
        self._runner, self._paint, self._brain = runner, paint, brain
        self._keys: Mapping[str, str] = {}
        runner.changed.connect(self._repaint)
        runner.progressed.connect(self._repaint)

    def _repaint(self) -> None:
        sweep, plan, anatomy = self._runner.sweep, self._runner.plan, self._brain.anatomy
        if sweep is None or plan is None or anatomy is None:
            return
        if all(axis.kind is not Kind.KNOCKOUT for axis in sweep.axes):
            return
        painted = painted_results(self._runner.results())
        effects = effects_by_module(painted, anatomy)
        if not effects:
            return
        keys = {path: row.key for row in painted for path in _paths(row, anatomy)}
        reference = plan.anchors[0].key
        self._paint.show(
            Painting(
                title=sweep.title,
                effects=effects,
                yardsticks=next((effect.yardsticks for effect in effects.values()), None),
                picture=lambda path: self._runner.image(keys[path]) if path in keys else None,
                intact=lambda: self._runner.image(reference),
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
