"""A second network on the same weights, whose every module takes gains."""

from __future__ import annotations

import copy
from typing import Any

import torch
from torch import nn

from alienlab.engine.compiled.gains import with_gains
from alienlab.engine.lean.packing import Packing
from alienlab.engine.lean.regions import LeanAttention

_HOOKS = ("_forward_hooks", "_forward_pre_hooks", "_forward_hooks_with_kwargs", "_forward_pre_hooks_with_kwargs")


def own_modules(network: nn.Module) -> dict[str, int]:
    """Paths of the modules that have parameters of their own, numbered."""
    paths = [path for path, module in network.named_modules() if any(True for _ in module.parameters(recurse=False))]
    return {path: number for number, path in enumerate(paths)}


def twin_of(unet: Any, gains: torch.Tensor) -> Any:
    """A copy that shares parameters and buffers and alters outputs by ``gains`` [2, modules, rows], as they are then.

    It has none of the hooks, and remembers and packs nothing: a compiler takes such state for part of the program.
    """
    shared = {id(tensor): tensor for tensor in (*unet.parameters(), *unet.buffers())}
    twin = copy.deepcopy(unet, shared)
    for module in twin.modules():
        for hooks in _HOOKS:
            getattr(module, hooks).clear()
        if isinstance(module, Packing):
            module.__class__ = type(module).__bases__[-1]
        if isinstance(module, LeanAttention):
            module._remembers, module._remembered = False, None
    for path, number in own_modules(twin).items():
        twin.get_submodule(path).register_forward_hook(_taking(gains, number))
    return twin


def _taking(gains: torch.Tensor, number: int):
    def take(module: nn.Module, _: Any, output: torch.Tensor) -> torch.Tensor:
        return with_gains(module, output, gains[:, number])

    return take
