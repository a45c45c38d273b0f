"""Sweeps that plugins make: what they return becomes an axis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alienlab.api.sweeping import ModuleSummary, SweepValue
from alienlab.app.offers.asking import Ask
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.declarations import LesionOperation, SweepKind
from alienlab.domain.laboratories.operations import check_lesions, completed
from alienlab.domain.laboratories.parameters import Parameter
from alienlab.domain.laboratories.ports import PluginFailed
from alienlab.domain.lesions import LesionSet, LesionSpec
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.formula import read_concept
from alienlab.domain.sweeps.sweep import MOST_TRIALS, Axis, Kind, Sweep, Value, new_id


def make_sweep(
    kind: SweepKind,
    values: Mapping[str, Any],
    base: DiffusionRecipe,
    anatomy: Anatomy,
    ask: Ask,
    *,
    operations: tuple[LesionOperation, ...] = (),
) -> Sweep:
    """A new sweep over ``base``. Raises AlienLabError."""
    answer = ask(kind, summaries_of(anatomy), values=values)
    return Sweep(id=new_id(), title=_title(kind, values), base=base, axes=(axis_of(kind, answer, anatomy, operations),))


def summaries_of(anatomy: Anatomy) -> tuple[ModuleSummary, ...]:
    """What a plugin is told of the brain, in order of execution."""
    return tuple(
        ModuleSummary(
            path=module.path,
            kind=str(module.kind),
            role=str(module.role),
            stage=str(module.stage),
            level=module.level,
            order=module.order,
            parameters=module.parameters,
        )
        for module in anatomy
    )


def axis_of(kind: SweepKind, answer: Any, anatomy: Anatomy, operations: tuple[LesionOperation, ...] = ()) -> Axis:
    """Raises PluginFailed where it is no list of values that can be rendered."""
    plugin = kind.plugin
    if not isinstance(answer, list | tuple) or not all(isinstance(one, SweepValue) for one in answer):
        raise PluginFailed(plugin, f"The plugin {plugin} made a mistake: {kind.id} gave no list of SweepValue.")
    if not 1 <= len(answer) <= MOST_TRIALS:
        raise AlienLabError(f"{kind.name} gave {len(answer):,} values. Take parameters for 1 to {MOST_TRIALS:,}.")
    try:
        values = tuple(_value(one, anatomy, operations) for one in answer)
    except (AlienLabError, TypeError, ValueError) as error:
        raise PluginFailed(plugin, f"The plugin {plugin} made a mistake in {kind.id}: {error}") from error
    return Axis(Kind.PLUGIN, values)


def _value(one: SweepValue, anatomy: Anatomy, operations: tuple[LesionOperation, ...]) -> Value:
    lesions = tuple(completed(LesionSpec.parse(text), operations) for text in one.lesions)
    check_lesions(lesions, operations)
    LesionSet.of(lesions, anatomy)
    return Value(
        str(one.label),
        float(one.number),
        lesions,
        None if one.prompt is None else read_concept(one.prompt),
        None if one.seed is None else int(one.seed),
        one.module,
        str(one.series),
    )


def _title(kind: SweepKind, values: Mapping[str, Any]) -> str:
    said = ", ".join(filter(None, (_said(one, values.get(one.id, one.default)) for one in kind.parameters)))
    return f"{kind.name} ({said})" if said else kind.name


def _said(parameter: Parameter, value: Any) -> str:
    """A value in a title; nothing for what is off, empty or long to tell."""
    match value:
        case bool():
            return parameter.name if value else ""
        case int() | float():
            return f"{parameter.name} {value:g}{f' {parameter.unit}' if parameter.unit else ''}"
        case str():
            named = {choice.id: choice.name for choice in parameter.choices}
            return f"{parameter.name} {named.get(value, value)}" if value else ""
        case _:
            return ""
