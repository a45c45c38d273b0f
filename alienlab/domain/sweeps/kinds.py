"""Makes the axes of sweeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.concepts import ConceptExpression, Prompt, Way
from alienlab.domain.errors import SweepError
from alienlab.domain.lesions import AnyOperation, LesionSpec, Operation, PluginOperation, Treatment, format_amount
from alienlab.domain.patterns import match_pattern, patterns_for
from alienlab.domain.space.formula import read_concept
from alienlab.domain.space.walks import on_line
from alienlab.domain.sweeps.orders import Order, ordered
from alienlab.domain.sweeps.sweep import Axis, Kind, Value

ZERO = Treatment(Operation.ZERO)
EVERYTHING = "*"


def knockouts(
    anatomy: Anatomy, *, pattern: str = EVERYTHING, treatment: Treatment = ZERO, by_region: bool = False
) -> Axis:
    """Each module in turn, in order of execution; or each region, an outer one before those within it.

    Raises PatternMatchesNothing.
    """
    paths = match_pattern(pattern, anatomy)
    if not by_region:
        numbered = ((anatomy[path].order, path, path) for path in paths)
    else:
        wanted = set(paths)
        regions = [region for region in anatomy.regions if wanted.issuperset(anatomy.within(region))]
        numbered = ((float(place), region, f"{region}.*") for place, region in enumerate(regions))
    values = tuple(
        Value(name, float(number), (LesionSpec(lesioned, treatment),), module=name)
        for number, name, lesioned in numbered
    )
    if not values:
        raise SweepError(f"No whole region lies within '{pattern}'. Take a wider pattern, or single modules.")
    return Axis(Kind.KNOCKOUT, values)


def progressive(
    anatomy: Anatomy,
    *,
    orders: Iterable[tuple[Order, int]],
    pattern: str = EVERYTHING,
    treatment: Treatment = ZERO,
    steps: int = 24,
    effects: Mapping[str, float] | None = None,
) -> Axis:
    """For each order (with the seed of a random one) a series of 0, then about evenly more, then all modules.

    ``steps`` is the number of values beside the first. ``effects`` are those of an atlas, for the orders that need it.
    """
    paths = match_pattern(pattern, anatomy)
    steps = max(1, min(steps, len(paths)))
    counts = sorted({round(len(paths) * step / steps) for step in range(steps + 1)})
    values = []
    for order, seed in orders:
        row = ordered(paths, order, anatomy, seed=seed, effects=effects)
        series = f"random {seed}" if order is Order.RANDOM else _SERIES[order]
        values += [_progress(anatomy, row[:count], treatment, series) for count in counts]
    return Axis(Kind.PROGRESSIVE, tuple(values))


_SERIES = {
    Order.DEPTH: "depth first",
    Order.END: "from the end",
    Order.LEAST: "least effect first",
    Order.MOST: "most effect first",
}


def _progress(anatomy: Anatomy, paths: Sequence[str], treatment: Treatment, series: str) -> Value:
    specs = tuple(LesionSpec(pattern, treatment) for pattern in patterns_for(paths, anatomy))
    return Value(f"{len(paths)} modules, {series}", float(len(paths)), specs, series=series)


def doses(treatment: Treatment, amounts: Iterable[float], *, pattern: str = EVERYTHING) -> Axis:
    """The same operation on ``pattern`` with each amount. Raises LesionError for one out of range."""
    if not treatment.operation.takes_amount:
        raise SweepError(f"{treatment.operation} has no amount to vary. Take noise, noise+ or scale.")
    return Axis(
        Kind.DOSE,
        tuple(
            Value(
                f"{treatment.operation} {told_amount(treatment.operation, amount)}",
                amount,
                (LesionSpec(pattern, replace(treatment, amount=amount)),),
            )
            for amount in amounts
        ),
    )


def told_amount(operation: AnyOperation, amount: float) -> str:
    """In percent, but that of a plugin's operation as the plugin counts it."""
    return f"{amount:.4g}" if isinstance(operation, PluginOperation) else f"{100 * amount:.4g} %"


def seeds(numbers: Iterable[int]) -> Axis:
    return Axis(Kind.SEEDS, tuple(Value(f"seed {seed}", float(place), seed=seed) for place, seed in enumerate(numbers)))


def prompts(texts: Iterable[str]) -> Axis:
    return Axis(
        Kind.PROMPTS,
        tuple(Value(f"“{text}”", float(place), prompt=Prompt(text)) for place, text in enumerate(texts)),
    )


def line(
    start: str | ConceptExpression,
    end: str | ConceptExpression,
    positions: Iterable[float],
    way: Way = Way.STRAIGHT,
) -> Axis:
    """Points on the line from one to another: 0 is the start, 1 the end. Texts are read as ``read_concept`` does."""
    first, last = (read_concept(point) if isinstance(point, str) else point for point in (start, end))
    return Axis(
        Kind.LINE,
        tuple(
            Value(f"at {format_amount(round(position, 6))}", position, prompt=on_line(first, last, position, way))
            for position in positions
        ),
    )
