"""Weights laid out once for oneDNN, where torch does so at each call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

PACKED_VALUES = 1_000_000
"""Values of a weight above which it is not packed: a large brain is not to lie in memory twice."""


class Packing(nn.Module):
    """A module that keeps its weight packed. It is packed again after it was written to or exchanged."""

    _packed: tuple[tuple[int, int], torch.Tensor] | None = None
    """Where the weight lay and how often it had been written to when it was packed, and what came of it."""

    def _packed_weight(self, pack: Callable[[], torch.Tensor]) -> torch.Tensor:
        weight: Any = self.weight
        state = (weight.data_ptr(), weight._version)
        if self._packed is None or self._packed[0] != state:
            self._packed = (state, pack())
        return self._packed[1]

    def __getstate__(self) -> dict[str, Any]:
        """Without the packed weight: a copy packs its own."""
        return {name: value for name, value in self.__dict__.items() if name != "_packed"}


def is_packable(weight: torch.Tensor) -> bool:
    """Whether the weight is small, and oneDNN is there and computes in its format."""
    if weight.numel() > PACKED_VALUES or weight.device.type != "cpu" or not torch.backends.mkldnn.is_available():
        return False
    if weight.dtype is torch.bfloat16:
        return torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return weight.dtype is torch.float32


def packed_linear(weight: torch.Tensor) -> torch.Tensor:
    """[outputs, inputs] in bf16, for ``packed_map``."""
    return torch.ops.mkldnn._reorder_linear_weight(weight, None)


def packed_map(input: torch.Tensor, packed: torch.Tensor, bias: torch.Tensor | None) -> torch.Tensor:
    """The linear map of the last axis by a packed weight."""
    return torch.ops.mkldnn._linear_pointwise(input, packed, bias, "none", [], "")
