"""Convolutions for few pixels on a CPU."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional

PACKED_VALUES = 1_000_000
"""Values of a weight above which it is not packed: a large brain is not to lie in memory twice."""


class PackedConvolution(nn.Conv2d):
    """Lays its weight out for oneDNN once, where torch does so at each call; the output has the same bits.

    The packed weight is made again after the weight was written to or exchanged.
    """

    _packed: tuple[tuple[int, int], torch.Tensor] | None = None
    """Where the weight lay and how often it had been written to when it was packed, and what came of it."""

    @classmethod
    def suits(cls, module: nn.Conv2d) -> bool:
        return (
            module.weight.numel() <= PACKED_VALUES
            and module.groups == 1
            and module.padding_mode == "zeros"
            and not isinstance(module.padding, str)
            and _is_packable(module.weight)
        )

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        shape = self.padding, self.stride, self.dilation, self.groups
        rows = input.contiguous(memory_format=torch.channels_last)
        return torch.ops.mkldnn._convolution_pointwise(rows, self._weight(shape), self.bias, *shape, "none", [], "")

    def _weight(self, shape: tuple[Any, ...]) -> torch.Tensor:
        state = (self.weight.data_ptr(), self.weight._version)
        if self._packed is None or self._packed[0] != state:
            packed = torch.ops.aten.mkldnn_reorder_conv2d_weight(self.weight.to_mkldnn(), *shape)
            self._packed = (state, packed)
        return self._packed[1]

    def __getstate__(self) -> dict[str, Any]:
        """Without the packed weight: a copy packs its own."""
        return {name: value for name, value in self.__dict__.items() if name != "_packed"}


class PointwiseConvolution(nn.Conv2d):
    """A 1×1 convolution as what it is, a linear map of each pixel's channels."""

    @classmethod
    def suits(cls, module: nn.Conv2d) -> bool:
        plain = module.stride == (1, 1) and module.padding == (0, 0) and module.groups == 1
        return plain and module.kernel_size == (1, 1) and module.weight.device.type == "cpu"

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        pixels = functional.linear(input.permute(0, 2, 3, 1), self.weight.flatten(1), self.bias)
        return pixels.permute(0, 3, 1, 2)


def _is_packable(weight: torch.Tensor) -> bool:
    """Whether oneDNN is there and computes in the weight's dtype."""
    if weight.device.type != "cpu" or not torch.backends.mkldnn.is_available():
        return False
    if weight.dtype is torch.bfloat16:
        return torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return weight.dtype is torch.float32
