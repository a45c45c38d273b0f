"""Convolutions for few pixels on a CPU."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional

from alienlab.engine.lean.packing import Packing, is_packable, packed_linear, packed_map


class PackedConvolution(Packing, nn.Conv2d):
    """Keeps its weight packed; the output has the same bits."""

    @classmethod
    def suits(cls, module: nn.Conv2d) -> bool:
        return (
            module.groups == 1
            and module.padding_mode == "zeros"
            and not isinstance(module.padding, str)
            and is_packable(module.weight)
        )

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        shape = self.padding, self.stride, self.dilation, self.groups
        rows = input.contiguous(memory_format=torch.channels_last)
        weight = self._packed_weight(lambda: _packed(self.weight, shape))
        return torch.ops.mkldnn._convolution_pointwise(rows, weight, self.bias, *shape, "none", [], "")


class PointwiseConvolution(Packing, nn.Conv2d):
    """A 1×1 convolution as what it is, a linear map of each pixel's channels."""

    @classmethod
    def suits(cls, module: nn.Conv2d) -> bool:
        plain = module.stride == (1, 1) and module.padding == (0, 0) and module.groups == 1
        return plain and module.kernel_size == (1, 1) and module.weight.device.type == "cpu"

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        pixels, weight = input.permute(0, 2, 3, 1), self.weight.flatten(1)
        if weight.dtype is torch.bfloat16 and is_packable(weight):
            mapped = packed_map(pixels, self._packed_weight(lambda: packed_linear(weight)), self.bias)
        else:
            mapped = functional.linear(pixels, weight, self.bias)
        return mapped.permute(0, 3, 1, 2)


def _packed(weight: torch.Tensor, shape: tuple[Any, ...]) -> torch.Tensor:
    return torch.ops.aten.mkldnn_reorder_conv2d_weight(weight.to_mkldnn(), *shape)
