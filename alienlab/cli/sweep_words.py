"""What the words of ``alienlab sweep`` wish for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alienlab.cli.known_plugins import known_plugins
from alienlab.domain.errors import SweepError
from alienlab.domain.laboratories.declarations import LesionOperation
from alienlab.domain.laboratories.operations import completed, find_operation
from alienlab.domain.lesions import AnyOperation, LesionSpec, Operation, PluginOperation, Treatment
from alienlab.domain.sweeps.orders import Order
from alienlab.domain.sweeps.sweep import Kind
from alienlab.domain.sweeps.wishes import AxisWish, SweepWish

_KNOWN = ", ".join((*(kind for kind in Kind if kind is not Kind.PLUGIN), "those of plugins as plugin/sweep"))
_SCALED = (1.0, 0.0)
"""First and last dose of a scale where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Words:
    """The arguments of the command that say what is varied."""

    kind: str
    prompts: tuple[str, ...] = ()
    pattern: str = "*"
    by: str = "module"
    op: str | None = None
    orders: tuple[str, ...] = ()
    series: int = 3
    first: float | None = None
    last: float | None = None
    count: int | None = None
    to_prompt: str | None = None
    also: str | None = None
    refine: int = 0


def wish_of(words: Words) -> SweepWish:
    """Raises SweepError or LesionError for words that are not understood."""
    if words.kind not in set(Kind) or words.kind == Kind.PLUGIN:
        raise SweepError(f"'{words.kind}' is no kind of sweep. Known are {_KNOWN}; resume goes on with one.")
    if words.by not in ("module", "region"):
        raise SweepError(f"Knocking out by '{words.by}' is not known. Take module or region.")
    if len(words.prompts) > 1 and words.kind != Kind.PROMPTS:
        raise SweepError("Give one prompt in quotes; several are for the kind prompts, or --also prompts=a dog|a fox.")
    return SweepWish(_first(words), _second(words.also) if words.also else None, words.refine)


def _first(words: Words) -> AxisWish:
    axis = AxisWish(kind=Kind(words.kind), pattern=words.pattern, by_region=words.by == "region")
    count = words.count
    match axis.kind:
        case Kind.KNOCKOUT:
            return _treated(axis, words.op)
        case Kind.PROGRESSIVE:
            treated = _treated(axis, words.op)
            return replace(treated, orders=_orders(words.orders), shuffles=words.series, steps=count or axis.steps)
        case Kind.DOSE:
            return _dosed(axis, words.op or "noise", words.first, words.last, count)
        case Kind.SEEDS:
            return replace(axis, seeds=count or axis.seeds)
        case Kind.PROMPTS:
            return replace(axis, prompts=words.prompts)
        case Kind.LINE:
            points = count or axis.points
            beyond = _beyond(words.first, words.last, points)
            return replace(axis, end=words.to_prompt, points=points, beyond=beyond)
        case Kind.PLUGIN:
            return axis


def _treated(axis: AxisWish, op: str | None) -> AxisWish:
    treatment = _treatment(op) if op else Treatment(Operation.ZERO)
    return replace(
        axis,
        operation=treatment.operation,
        amount=treatment.amount,
        lesion_seed=treatment.seed,
        weights_only=treatment.weights_only,
        window=treatment.steps,
    )


def _treatment(op: str) -> Treatment:
    spec = LesionSpec.parse(f"*:{op}")
    if isinstance(spec.treatment.operation, PluginOperation):
        spec = completed(spec, known_plugins().offers(LesionOperation))
    return spec.treatment


def _usual_doses(operation: AnyOperation) -> tuple[float, float]:
    """First and last where nothing else is said."""
    if isinstance(operation, PluginOperation):
        found = find_operation(operation, known_plugins().offers(LesionOperation))
        if not found.takes_amount:
            raise SweepError(f"{found.key} has no amount to vary. Take another operation.")
        return found.doses
    return _SCALED if operation is Operation.SCALE else (0.0, 0.2)


def _dosed(axis: AxisWish, op: str, first: float | None, last: float | None, count: int | None) -> AxisWish:
    """``op`` may leave its amount out: ``noise@1``."""
    name, *limits = op.split(";")
    operation, at, seed = name.partition("@")
    if operation in ("noise", "noise+", "scale") or "/" in operation:
        op = ";".join([f"{operation}=1{at}{seed}", *limits])
    treatment = _treatment(op)
    low, high = _usual_doses(treatment.operation)
    return replace(
        axis,
        dose=treatment.operation,
        lesion_seed=treatment.seed,
        weights_only=treatment.weights_only,
        window=treatment.steps,
        lowest=low if first is None else first,
        highest=high if last is None else last,
        doses=count or axis.doses,
    )


def _orders(names: Sequence[str]) -> tuple[Order, ...]:
    unknown = [name for name in names if name not in set(Order)]
    if unknown:
        raise SweepError(f"The order '{unknown[0]}' is not known. Known are {', '.join(Order)}.")
    return tuple(Order(name) for name in names) or (Order.RANDOM,)


def _beyond(first: float | None, last: float | None, count: int) -> int:
    """Points beyond each end, for a line that begins before its start or ends behind its end."""
    reach = max(-(first or 0.0), (1.0 if last is None else last) - 1.0, 0.0)
    return round(reach * (count - 1))


def _second(also: str) -> AxisWish:
    """``seeds=16``, ``prompts=a dog|a fox``, ``dose=noise@1:0:0.2:9``, ``line=a dog|a cat:9``, ``modules=PATTERN``."""
    name, _, rest = also.partition("=")
    try:
        match name:
            case "seeds":
                return AxisWish(kind=Kind.SEEDS, seeds=int(rest or 16))
            case "prompts":
                return AxisWish(
                    kind=Kind.PROMPTS, prompts=tuple(text.strip() for text in rest.split("|") if text.strip())
                )
            case "modules" | "knockout":
                return AxisWish(kind=Kind.KNOCKOUT, pattern=rest or "*")
            case "dose":
                op, low, high, count = rest.rsplit(":", 3)
                return _dosed(AxisWish(kind=Kind.DOSE), op, float(low), float(high), int(count))
            case "line":
                ends, _, count = rest.partition(":")
                start, end = ends.split("|")
                return AxisWish(kind=Kind.LINE, start=start.strip(), end=end.strip(), points=int(count or 9))
    except ValueError:
        raise SweepError(
            f"The second axis '{also}' is not understood. Write seeds=16, prompts=a dog|a fox, dose=noise@1:0:0.2:9, "
            "line=a dog|a cat:9 or modules=PATTERN."
        ) from None
    raise SweepError(f"'{name}' is no second axis. Known are seeds, prompts, dose, line and modules.")
