"""Finds the operation of a plugin that a lesion asks for, and whether it can be done so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from alienlab.domain.laboratories.declarations import LesionOperation
from alienlab.domain.laboratories.shelf import PluginError
from alienlab.domain.lesions import LesionSpec, PluginOperation, Treatment, format_amount


def check_lesions(specs: Iterable[LesionSpec], offered: Iterable[LesionOperation]) -> None:
    """Raises PluginError for the first lesion whose operation is not offered, or not so."""
    known = tuple(offered)
    for spec in specs:
        check_treatment(spec.treatment, known)


def completed(spec: LesionSpec, offered: Iterable[LesionOperation]) -> LesionSpec:
    """With the amount that the operation declares where it is written without one, so that both are one lesion."""
    treatment = spec.treatment
    if treatment.amount is not None or not isinstance(treatment.operation, PluginOperation):
        return spec
    key = str(treatment.operation)
    default = next((one.default for one in offered if one.key == key), None)
    return spec if default is None else replace(spec, treatment=replace(treatment, amount=default))


def check_treatment(treatment: Treatment, offered: Iterable[LesionOperation]) -> LesionOperation | None:
    """The operation that is asked for; None for AlienLab's own. Raises PluginError where it cannot be done."""
    if not isinstance(treatment.operation, PluginOperation):
        return None
    found = find_operation(treatment.operation, offered)
    if treatment.amount is not None and not found.takes_amount:
        raise PluginError(f"{found.key} takes no amount. Leave out ={format_amount(treatment.amount)}.")
    if treatment.seed and not found.takes_seed:
        raise PluginError(f"{found.key} draws nothing at random, so it takes no seed. Leave out @{treatment.seed}.")
    _check_range(treatment.amount, found)
    return found


def find_operation(operation: PluginOperation, offered: Iterable[LesionOperation]) -> LesionOperation:
    """Raises PluginError where no plugin that is on offers it."""
    own = [one for one in offered if one.plugin == operation.plugin]
    found = next((one for one in own if one.id == operation.name), None)
    if found is not None:
        return found
    if own:
        known = ", ".join(one.key for one in own)
        raise PluginError(f"The plugin {operation.plugin} offers no operation '{operation.name}'. Known are {known}.")
    raise PluginError(
        f"The lesion {operation} needs the plugin {operation.plugin}, which is not here or is switched off. "
        "Switch it on in the settings, or remove the lesion."
    )


def _check_range(amount: float | None, operation: LesionOperation) -> None:
    low, high = operation.low, operation.high
    if amount is None or ((low is None or low <= amount) and (high is None or amount <= high)):
        return
    limits = f"{'' if low is None else format_amount(low)} to {'' if high is None else format_amount(high)}"
    raise PluginError(f"The amount {amount:g} of {operation.key} is out of range. Take one from {limits}.")
