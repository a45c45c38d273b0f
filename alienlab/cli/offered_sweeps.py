"""What plugins add to the command that carries sweeps out: sweeps and measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING

from alienlab.cli.asking import asking, values_of
from alienlab.cli.known_plugins import known_plugins

if TYPE_CHECKING:
    from alienlab.app.offers.measuring import Taken
    from alienlab.domain.anatomy import Anatomy
    from alienlab.domain.events import Image
    from alienlab.domain.laboratories.declarations import Measure
    from alienlab.domain.recipe import DiffusionRecipe
    from alienlab.domain.sweeps.results import Result
    from alienlab.domain.sweeps.sweep import Sweep
    from alienlab.session.log.store import Session

    TakenMeasures = Mapping[Measure, Taken]


def sweep_of_plugin(name: str, words: Sequence[str], base: DiffusionRecipe, anatomy: Anatomy) -> Sweep:
    """Raises PluginError where there is no such sweep."""
    from alienlab.app.offers.sweeping import make_sweep
    from alienlab.domain.laboratories.declarations import LesionOperation, SweepKind

    shelf = known_plugins()
    kind = shelf.find(SweepKind, name)
    with asking(kind.name) as ask:
        operations = shelf.offers(LesionOperation)
        return make_sweep(kind, values_of(kind, tuple(words)), base, anatomy, ask, operations=operations)


def check_sweep(sweep: Sweep) -> None:
    """Raises PluginError for a lesion that needs a plugin that is not there, before anything is rendered."""
    from alienlab.domain.laboratories.declarations import LesionOperation
    from alienlab.domain.laboratories.operations import check_lesions
    from alienlab.domain.lesions import PluginOperation

    specs = [*sweep.base.lesions, *(spec for axis in sweep.axes for value in axis.values for spec in value.lesions)]
    offered = [spec for spec in specs if isinstance(spec.treatment.operation, PluginOperation)]
    if offered:
        check_lesions(offered, known_plugins().offers(LesionOperation))


def known_measures(names: Sequence[str]) -> tuple[Measure, ...]:
    """Raises PluginError before anything is rendered for nothing."""
    from alienlab.domain.laboratories.declarations import Measure

    return tuple(known_plugins().find(Measure, name) for name in names) if names else ()


def measured(measures: Sequence[Measure], rows: Sequence[Result], anatomy: Anatomy, log: Session) -> TakenMeasures:
    """Each of the measures, of all that is rendered."""
    from alienlab.app.offers.measuring import pairs_of, take_measure

    def image(key: str) -> Image | None:
        record = log.find(key)
        return None if record is None else log.load_image(record)

    taken = {}
    for measure in measures:
        with asking(measure.name) as ask:
            taken[measure] = take_measure(measure, pairs_of(rows, anatomy), image, ask)
    return taken


def report(taken: TakenMeasures) -> None:
    """Least, middle and most of each."""
    for measure, values in taken.items():
        if values:
            low, middle, high = min(values.values()), median(values.values()), max(values.values())
            unit = f" {measure.unit}" if measure.unit else ""
            print(f"{measure.name}: {low:.4g} to {high:.4g}{unit}, median {middle:.4g}, of {len(values):,} images")
