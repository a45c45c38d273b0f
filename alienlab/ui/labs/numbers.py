"""Numbers as sliders, axes and readings say them. No Qt."""

from __future__ import annotations

import math

from alienlab.domain.laboratories.exhibits import Scale
from alienlab.domain.laboratories.parameters import Parameter, ParameterKind

SLIDER_STEPS = 1000
"""Of a slider whose parameter says none."""


def step_of(parameter: Parameter) -> float:
    """The smallest step by which a parameter is changed."""
    if parameter.step:
        return parameter.step
    if parameter.kind is ParameterKind.WHOLE:
        return 1.0
    if parameter.low is None or parameter.high is None or parameter.low >= parameter.high:
        return 0.01
    return 10.0 ** math.floor(math.log10((parameter.high - parameter.low) / 200))


def decimals_of(parameter: Parameter) -> int:
    """Digits after the point that its values are written with."""
    if parameter.kind is ParameterKind.WHOLE:
        return 0
    step = step_of(parameter)
    if parameter.is_logarithmic and parameter.low:
        step = min(step, abs(parameter.low) / 10)
    return min(12, max(0, math.ceil(-math.log10(step) - 1e-9)))


def fitted(parameter: Parameter, value: float) -> float:
    """The nearest value that a parameter may have."""
    low = -math.inf if parameter.low is None else parameter.low
    high = math.inf if parameter.high is None else parameter.high
    rounded = round(value) if parameter.kind is ParameterKind.WHOLE else round(value, decimals_of(parameter))
    return min(max(rounded, low), high)


def share_of(parameter: Parameter, value: float) -> float:
    """Where on its slider a value stands, from 0 to 1."""
    low, high = parameter.low or 0.0, parameter.high or 0.0
    if high <= low:
        return 0.0
    if parameter.is_logarithmic and low > 0:
        return math.log(max(value, low) / low) / math.log(high / low)
    return min(max((value - low) / (high - low), 0.0), 1.0)


def value_at(parameter: Parameter, share: float) -> float:
    """What stands at a place on its slider, in its steps."""
    low, high = parameter.low or 0.0, parameter.high or 0.0
    if parameter.is_logarithmic and low > 0:
        return fitted(parameter, low * (high / low) ** share)
    step = step_of(parameter)
    return fitted(parameter, low + round((high - low) * share / step) * step)


def place_on(scale: Scale, value: float) -> float:
    """Where on an axis a value stands: 0 at its low end, 1 at its high one."""
    return (value - scale.low) / ((scale.high - scale.low) or 1.0)


def value_on(scale: Scale, place: float) -> float:
    return scale.low + place * (scale.high - scale.low)


def ticks(scale: Scale, most: int) -> tuple[tuple[float, str], ...]:
    """Round values on an axis with their texts; at most about ``most`` of them."""
    low, high = sorted((scale.low, scale.high))
    if not math.isfinite(high - low) or high <= low or most < 1:
        return ()
    rough = (high - low) / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return tuple((place * step, written(place * step, digits)) for place in range(first, last + 1))


def written(value: float, digits: int) -> str:
    """A number with a true minus sign; a very large or small one by its powers of ten."""
    if value and not 1e-4 <= abs(value) < 1e7:
        text = f"{value:.{min(digits, 3)}g}" if digits else f"{value:.3g}"
    else:
        text = f"{value + 0.0:,.{digits}f}"
    return text.replace("-", "−") if float(value) else text.lstrip("-")


def said(value: float | int | str) -> str:
    """A reading with four meaningful digits; whole numbers and words as they are."""
    if isinstance(value, str | bool):
        return str(value)
    if isinstance(value, int) or (math.isfinite(value) and value == int(value) and abs(value) < 1e15):
        return f"{int(value):,}".replace("-", "−")
    if not math.isfinite(value):
        return {math.inf: "∞", -math.inf: "−∞"}.get(value, "undefined")
    digits = max(0, 3 - math.floor(math.log10(abs(value))))
    return written(value, min(digits, 8))


def found(value: float | int | str) -> str:
    """A reading as said, without the zeros at its end: 92.5, not 92.50."""
    text = said(value)
    is_number = not isinstance(value, str) and "." in text and "e" not in text
    return text.rstrip("0").rstrip(".") if is_number else text


def titled(scale: Scale) -> str:
    """An axis's title with its unit."""
    return f"{scale.title} ({scale.unit})" if scale.unit and scale.title else scale.title or scale.unit
