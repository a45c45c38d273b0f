"""One forward pass, many minds: every row of a batch carries lesions of its own.

Zeroing or scaling weight and bias multiplies a module's output, so a hook does it to single rows. What draws
new weights runs the module once more on its own rows. Rows of one recipe are always treated by themselves, so
what they compute does not depend on which other recipes share the batch.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import nn

from alienlab.domain.lesions import LesionSet, Operation, Treatment
from alienlab.engine.lesions.alteration import Alter, altered_parameters
from alienlab.engine.offered import refuse

WIDE = 32
"""Modules with newly drawn weights above which a lesion set is applied by editing the weights in place."""

_SCALING = (Operation.ZERO, Operation.SCALE)


def is_wide(lesions: LesionSet) -> bool:
    """Whether running every redrawn module once more would cost about as much as the whole network."""
    return sum(not _is_scaling(chain) for chain in lesions.treatments.values()) > WIDE


@dataclass(frozen=True, slots=True)
class Gain:
    """Output becomes ``weight``·output + (``bias`` − ``weight``)·b, where b is the module's bias."""

    rows: slice
    weight: float
    bias: float

    def apply(self, module: nn.Module, inputs: torch.Tensor, output: torch.Tensor) -> None:
        own = output[self.rows]
        if self.weight == 0.0:
            own.zero_()  # not multiplied: 0·inf is NaN
        elif self.weight != 1.0:
            own.mul_(self.weight)
        bias = getattr(module, "bias", None)
        if self.bias != self.weight and bias is not None:
            own.add_((self.bias - self.weight) * along_channels(bias, module, own))


@dataclass(frozen=True, slots=True)
class Rerun:
    """The rows are computed once more by a twin of the module with altered parameters."""

    rows: slice
    twin: nn.Module

    def apply(self, module: nn.Module, inputs: torch.Tensor, output: torch.Tensor) -> None:
        output[self.rows] = self.twin(inputs[self.rows])


RowEffect = Gain | Rerun


@contextmanager
def lesioned_rows(unet: nn.Module, rows: Sequence[tuple[slice, LesionSet]], *, alter: Alter = refuse) -> Iterator[None]:
    """Within the context, the given rows of every batch run with their lesions; the weights stay as they are."""
    effects: dict[str, list[RowEffect]] = {}
    for where, lesions in rows:
        for path, chain in lesions.treatments.items():
            effects.setdefault(path, []).append(_effect(unet.get_submodule(path), path, chain, where, alter))
    handles = [unet.get_submodule(path).register_forward_hook(_hook(own)) for path, own in effects.items()]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


@contextmanager
def edited_weights(unet: nn.Module, lesions: LesionSet, *, alter: Alter = refuse) -> Iterator[None]:
    """Within the context, the UNet's own weights are altered; afterwards they are restored bit for bit."""
    saved: list[tuple[torch.Tensor, torch.Tensor]] = []
    try:
        with torch.no_grad():
            for path, chain in lesions.treatments.items():
                intact = dict(unet.get_submodule(path).named_parameters(recurse=False))
                altered = altered_parameters(path, intact, chain, alter=alter)
                for name, parameter in intact.items():
                    saved.append((parameter, parameter.detach().clone()))
                    parameter.copy_(altered[name])
        yield
    finally:
        with torch.no_grad():
            for parameter, original in saved:
                parameter.copy_(original)


def output_gains(chain: Sequence[Treatment]) -> tuple[float, float] | None:
    """What weight and bias are multiplied by; None where weights are newly drawn."""
    if not _is_scaling(chain):
        return None
    weight = bias = 1.0
    for treatment in chain:
        factor = 0.0 if treatment.amount is None else treatment.amount
        weight *= factor
        bias *= 1.0 if treatment.weights_only else factor
    return weight, bias


def _effect(module: nn.Module, path: str, chain: Sequence[Treatment], rows: slice, alter: Alter) -> RowEffect:
    gains = output_gains(chain)
    return Rerun(rows, _twin(module, path, chain, alter)) if gains is None else Gain(rows, *gains)


def _is_scaling(chain: Sequence[Treatment]) -> bool:
    return all(treatment.operation in _SCALING for treatment in chain)


def _twin(module: nn.Module, path: str, chain: Sequence[Treatment], alter: Alter) -> nn.Module:
    """A module that shares everything with ``module`` but its parameters and its hooks."""
    intact = dict(module.named_parameters(recurse=False))
    twin = copy.copy(module)
    twin._parameters = dict(module._parameters)  # with the None that stands for a bias that is not there
    for name, tensor in altered_parameters(path, intact, chain, alter=alter).items():
        twin._parameters[name] = nn.Parameter(tensor, requires_grad=False)
    twin._forward_hooks = type(module._forward_hooks)()
    twin._forward_pre_hooks = type(module._forward_pre_hooks)()
    return twin


def _hook(effects: Sequence[RowEffect]):
    def alter(module: nn.Module, inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> torch.Tensor:
        for effect in effects:
            effect.apply(module, inputs[0], output)
        return output

    return alter


def along_channels(bias: torch.Tensor, module: nn.Module, output: torch.Tensor) -> torch.Tensor:
    """Shape a bias for broadcasting: channels are the second axis of convolutions and group norms, else the last."""
    if isinstance(module, nn.Conv2d | nn.GroupNorm):
        return bias.reshape(1, -1, *(1,) * (output.dim() - 2))
    return bias
