"""Linear maps in half precision on a CPU."""

from __future__ import annotations

import torch
from torch import nn

from alienlab.engine.lean.packing import Packing, is_packable, packed_linear, packed_map


class PackedLinear(Packing, nn.Linear):
    """Keeps its weight packed; a quarter of the time is saved."""

    @classmethod
    def suits(cls, module: nn.Linear) -> bool:
        return module.weight.dtype is torch.bfloat16 and is_packable(module.weight)

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        return packed_map(input, self._packed_weight(lambda: packed_linear(self.weight)), self.bias)
