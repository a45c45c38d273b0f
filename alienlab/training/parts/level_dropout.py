"""Makes the depth of a UNet do its part, by leaving out what the shallow levels could do alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

DEAF = (0.25, 0.15, 0.20, 0.40)
"""How often words are kept from the 0, 1, 2 or 3 upper levels, which leaves the rest, or the middle block alone."""

BLIND = (0.50, 0.10, 0.10, 0.15, 0.15)
"""How often, of the noisy images, the skip connections of the 0, 1, 2, 3 or 4 upper levels are cut."""

NOISY = 550
"""Of 1000 timesteps, the first whose images hold so little detail that they can do without skip connections."""


class LevelDropout:
    """Leaves out, in each training sample, the words and the skip connections of a number of levels from the top.

    Where latents are small, the upper levels see the whole of them and can do without those below, which then come to
    nothing. A level without words has the output of its cross-attention replaced by zeros, so that what a picture is
    of can be known from below only; without skip connections, its picture must pass through the levels below. The
    deep levels are never left out. The idea is that of nested dropout (Rippel et al., 2014), applied to levels.
    """

    def __init__(self, unet: Any) -> None:
        self._heard: torch.Tensor | None = None
        self._seen: torch.Tensor | None = None
        for level in range(len(DEAF) - 1):
            for block in (unet.down_blocks[level], unet.up_blocks[-1 - level]):
                for name, module in block.named_modules():
                    if name.endswith("attn2"):
                        module.register_forward_hook(self._deafened(level))
        for level, block in enumerate(reversed(unet.up_blocks)):
            block.register_forward_pre_hook(self._blinded(level), with_kwargs=True)

    @contextmanager
    def drawn(self, generator: torch.Generator, times: torch.Tensor) -> Iterator[None]:
        """Within, leave out levels drawn anew for each of the samples at ``times``."""
        deaf = _draw(DEAF, generator, times)
        blind = _draw(BLIND, generator, times) * (times >= NOISY)
        self._heard = torch.stack([deaf <= level for level in range(len(DEAF) - 1)])[:, :, None, None]
        self._seen = torch.stack([blind <= level for level in range(len(BLIND) - 1)])[:, :, None, None, None]
        try:
            yield
        finally:
            self._heard = self._seen = None

    def _deafened(self, level: int) -> Any:
        def hook(module: torch.nn.Module, args: tuple, output: torch.Tensor) -> torch.Tensor | None:
            return None if self._heard is None else output * self._heard[level]

        return hook

    def _blinded(self, level: int) -> Any:
        def hook(module: torch.nn.Module, args: tuple, keywords: dict) -> tuple[tuple, dict] | None:
            if self._seen is None:
                return None
            skips = tuple(skip * self._seen[level] for skip in keywords["res_hidden_states_tuple"])
            return args, {**keywords, "res_hidden_states_tuple": skips}

        return hook


def _draw(shares: tuple[float, ...], generator: torch.Generator, like: torch.Tensor) -> torch.Tensor:
    return torch.multinomial(torch.tensor(shares), len(like), replacement=True, generator=generator).to(like.device)
