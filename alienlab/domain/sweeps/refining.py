"""Values half-way between others, for where neighbouring images jump."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from alienlab.domain.concepts import Between, ConceptExpression, Way
from alienlab.domain.sweeps.kinds import doses, line
from alienlab.domain.sweeps.sweep import Axis, Kind, Sweep, Value

CLOSEST = 1e-4
"""Share of the axis's length below which neighbours are not parted any more."""


def is_refinable(sweep: Sweep) -> bool:
    """Whether the sweep runs along one smooth axis."""
    return len(sweep.axes) == 1 and sweep.kind in (Kind.DOSE, Kind.LINE)


def neighbours(axis: Axis) -> list[tuple[Value, Value]]:
    """Values that stand side by side and far enough apart to be parted."""
    values = sorted(axis.values, key=lambda value: value.number)
    closest = CLOSEST * (values[-1].number - values[0].number)
    return [(one, other) for one, other in itertools.pairwise(values) if other.number - one.number > closest]


def half_way(one: Value, other: Value) -> Value:
    """The value between two of a dose or a line."""
    middle = (one.number + other.number) / 2
    if one.lesions:
        spec = one.lesions[-1]
        value = doses(replace(spec.treatment, amount=middle), [middle], pattern=spec.pattern).values[0]
        return replace(value, lesions=(*one.lesions[:-1], *value.lesions))
    start, end, way = _line_of(one, other)
    return line(start, end, [middle], way).values[0]


def with_values(sweep: Sweep, added: Sequence[Value]) -> Sweep:
    """The sweep with further values in their places, and so many fewer to be spent."""
    axis = sweep.axes[0]
    values = sorted((*axis.values, *added), key=lambda value: value.number)
    return replace(sweep, axes=(Axis(axis.kind, tuple(values)),), refinements=max(0, sweep.refinements - len(added)))


def _line_of(*values: Value) -> tuple[ConceptExpression, ConceptExpression, Way]:
    """The line that two different points lie on."""
    points = ((value.prompt, value.number) for value in values)  # an end may itself be a point of another line
    inner = next((point for point, at in points if isinstance(point, Between) and point.position == at), None)
    if inner is not None:
        return inner.start, inner.end, inner.way
    start, end = (value.prompt for value in values)
    assert start is not None
    assert end is not None
    return start, end, Way.STRAIGHT
