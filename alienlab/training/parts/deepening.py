"""Keeps the depth of a UNet at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

NOISY = 500
"""Of 1000 timesteps, the first at which it is decided what a picture is of rather than how it looks."""

DEAF_WHEN_NOISY, DEAF_WHEN_CLEAN = 0.9, 0.4
"""Share of samples whose words reach the middle block alone, from that timestep on and before it."""

CUT = 0.4
"""How many of the lowest residual blocks then go without their shortcuts, in half of those samples."""


class Deepening:
    """Leaves out ways around the depth of a UNet while it learns, by hooks.

    Where latents are small, the upper levels see the whole of them and can do without those below, which then come to
    nothing. So in most samples only the middle block hears the words (all other cross-attention gives zeros), and in
    some of these the residual blocks below lose their shortcuts: what a picture is of must come from the depth, and
    through what its blocks compute. It lasts to the end of a training: in what follows without it, the depth fades.
    """

    def __init__(self, unet: Any) -> None:
        self._hears: torch.Tensor | None = None
        self._kept: torch.Tensor | None = None
        for name, module in unet.named_modules():
            if name.endswith("attn2") and not name.startswith("mid_block"):
                module.register_forward_hook(self._deafen)
        for number, resnet in enumerate((*unet.down_blocks[-1].resnets, *unet.mid_block.resnets)):
            resnet.register_forward_hook(self._without_shortcut(number))
        self._lowest = len(unet.down_blocks[-1].resnets) + len(unet.mid_block.resnets)

    @contextmanager
    def drawn(self, times: torch.Tensor, generator: torch.Generator) -> Iterator[None]:
        """Draw what is left out for each sample of a batch with the timesteps ``times`` [rows]."""
        rows, device = len(times), times.device
        share = torch.where(times >= NOISY, DEAF_WHEN_NOISY, DEAF_WHEN_CLEAN)
        deaf = torch.rand(rows, generator=generator, device=device) < share
        half = torch.rand(rows, generator=generator, device=device) < 0.5
        cut = torch.rand(self._lowest, rows, generator=generator, device=device) < CUT
        self._hears = (~deaf).float().view(-1, 1, 1)
        self._kept = (~(cut & half & deaf)).float().view(self._lowest, -1, 1, 1, 1)
        try:
            yield
        finally:
            self._hears = self._kept = None

    def _deafen(self, module: nn.Module, given: Any, output: torch.Tensor) -> torch.Tensor:
        return output if self._hears is None else output * self._hears.to(output.dtype)

    def _without_shortcut(self, number: int) -> Any:
        def cut(module: nn.Module, given: tuple[torch.Tensor, ...], output: torch.Tensor) -> torch.Tensor:
            if self._kept is None:
                return output
            return output - given[0] * (1 - self._kept[number]).to(output.dtype)

        return cut
