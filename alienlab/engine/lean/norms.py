"""Group normalisation for pixels whose channels lie together."""

from __future__ import annotations

import torch
from torch import nn


class LeanGroupNorm(nn.GroupNorm):
    """Sums along the pixels, channels side by side, where torch goes from channel to channel.

    Computes in fp32 whatever the format, and with smaller errors. Many times as fast as torch's in bf16 on a CPU,
    where that took a quarter of a pass.
    """

    @classmethod
    def suits(cls, module: nn.GroupNorm) -> bool:
        return module.affine and module.weight.device.type == "cpu"

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        if input.dim() != 4 or not input.is_contiguous(memory_format=torch.channels_last):
            return super().forward(input)
        rows, channels, height, width = input.shape
        grouped = (rows, self.num_groups, channels // self.num_groups)
        values = input.permute(0, 2, 3, 1).flatten(1, 2).float()
        means = values.mean(1).view(grouped).mean(-1, keepdim=True)
        centred = values - means.expand(grouped).reshape(rows, 1, channels)
        variances = (centred * centred).mean(1).view(grouped).mean(-1, keepdim=True)
        weight = self.weight.float().view(1, *grouped[1:])
        scales = ((variances + self.eps).rsqrt() * weight).view(rows, 1, channels)
        normal = torch.addcmul(self.bias.float(), centred, scales).to(input.dtype)
        return normal.unflatten(1, (height, width)).permute(0, 3, 1, 2)
