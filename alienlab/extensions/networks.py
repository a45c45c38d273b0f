"""Networks of laboratories: their anatomy, and their lesions."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast
from weakref import WeakKeyDictionary

import torch
from torch import nn

from alienlab.domain.anatomy import Anatomy, Flow, Module, Stage
from alienlab.domain.errors import EngineDefect, LesionError
from alienlab.domain.lesions import LesionSet, LesionSpec
from alienlab.engine.anatomy.names import kind_of, role_of
from alienlab.engine.anatomy.tracing import LATENT, modules_with_parameters
from alienlab.engine.anatomy.weight_statistics import weight_statistics
from alienlab.engine.lesions.integrity import IntegrityCheck
from alienlab.engine.lesions.row_lesions import edited_weights


def anatomy_of(network: nn.Module) -> Anatomy:
    """The anatomy of any network: of a diffusers UNet as of a brain's, else its modules one after another."""
    if not _is_unet(network):
        return _in_a_row(network)
    from alienlab.engine.anatomy.reader import read_anatomy  # noqa: PLC0415 - imports diffusers, which is here by now

    return read_anatomy(cast(Any, network))


def _is_unet(network: nn.Module) -> bool:
    """Without importing diffusers, which takes seconds: what is one of its classes has brought it along."""
    diffusers = sys.modules.get("diffusers.models.unets.unet_2d_condition")
    return diffusers is not None and isinstance(network, diffusers.UNet2DConditionModel)


_structures: WeakKeyDictionary[nn.Module, Anatomy] = WeakKeyDictionary()
"""Of networks that were lesioned: reading one takes longer than lesioning it."""


@contextmanager
def lesioned(network: nn.Module, lesions: Sequence[str], *, dose: float = 1.0) -> Iterator[None]:
    """Within it the network's weights are altered; afterwards they are restored, and it is verified that they are.

    At dose 0 they are the intact ones, bit for bit, and at 1 the lesioned ones.
    """
    specs = [LesionSpec.parse(text) for text in lesions]
    if any(spec.treatment.steps is not None for spec in specs):
        raise LesionError("Lesions of a laboratory's network act in all steps. Leave out steps=.")
    treated = LesionSet.of(specs, _structure(network))
    if not treated or dose == 0:
        yield
        return
    check = IntegrityCheck(network)
    intact = {} if dose == 1 else {path: parameter.clone() for path, parameter in network.named_parameters()}
    try:
        with edited_weights(network, treated):
            _go_back(network, intact, dose)
            yield
    finally:
        if not check.is_intact():
            raise EngineDefect("The network's weights were changed while it was lesioned. Run the experiment again.")


@torch.no_grad()
def _go_back(network: nn.Module, intact: Mapping[str, torch.Tensor], dose: float) -> None:
    """From the altered weights, so that ``dose`` of the way to them is left; not at all where none are given."""
    altered = dict(network.named_parameters())
    for path, tensor in intact.items():
        altered[path].copy_(torch.lerp(tensor, altered[path], dose))


def _structure(network: nn.Module) -> Anatomy:
    """What lesions need to know of a network, which does not change with its weights."""
    if network not in _structures:
        _structures[network] = anatomy_of(network)
    return _structures[network]


_NAMED = {"encoder": Stage.ENCODER, "middle": Stage.MIDDLE, "decoder": Stage.DECODER}
"""Parts of a network that say by their name where they belong; of other networks each third is one."""


def _in_a_row(network: nn.Module) -> Anatomy:
    """Modules in the order of their registration, each fed by the one before it."""
    found = list(modules_with_parameters(network))
    modules = tuple(_module(path, module, order, len(found)) for order, (path, module) in enumerate(found))
    sources = [LATENT, *(module.path for module in modules)]
    flows = [(source, module.path, Flow.DIRECT) for source, module in zip(sources, modules, strict=False)]
    return Anatomy(modules, tuple(flows))


def _module(path: str, module: nn.Module, order: int, count: int) -> Module:
    kind = kind_of(module)
    weight = dict(module.named_parameters(recurse=False)).get("weight")
    return Module(
        path=path,
        kind=kind,
        role=role_of(path, kind),
        stage=_NAMED.get(path.partition(".")[0]) or tuple(_NAMED.values())[3 * order // max(count, 1)],
        level=0,
        order=order,
        depth=order + 1,
        shapes={name: tuple(tensor.shape) for name, tensor in module.named_parameters(recurse=False)},
        weights=None if weight is None else weight_statistics(weight),
    )
