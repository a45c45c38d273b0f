"""Exchanges the classes of a network's modules."""

from __future__ import annotations

from typing import Any

from torch import nn

from alienlab.engine.lean.convolutions import PackedConvolution, PointwiseConvolution
from alienlab.engine.lean.linears import PackedLinear
from alienlab.engine.lean.norms import LeanGroupNorm
from alienlab.engine.lean.regions import LeanAttention, LeanBlock, LeanGatedUnit, LeanResnet, LeanTransformer

LEAN: tuple[Any, ...] = (
    PointwiseConvolution,
    PackedConvolution,
    PackedLinear,
    LeanGroupNorm,
    LeanAttention,
    LeanResnet,
    LeanGatedUnit,
    LeanBlock,
    LeanTransformer,
)
"""Subclasses of what they stand in for; the first that suits a module is taken."""


def make_lean(network: nn.Module) -> None:
    """Let every module that has a lean stand-in compute as that; what a module holds stays as it is."""
    for module in network.modules():
        for stand_in in LEAN:
            if type(module) is stand_in.__bases__[-1] and stand_in.suits(module):
                module.__class__ = stand_in
                break
