"""Makes the depth of a UNet do its part, by leaving out what the rest could do without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

DEAF = (0.15, 0.10, 0.10, 0.35, 0.30)
"""How often words are kept from the 0, 1, 2 or 3 upper levels, which leaves the rest or the middle block alone; and
from all but the last encoder block with words, whose skip connections and those below are then cut, too."""

BLIND = (0.60, 0.10, 0.10, 0.10, 0.10)
"""How often, of the noisy images, the skip connections of the 0, 1, 2, 3 or 4 upper levels are cut."""

NOISY = 550
"""Of 1000 timesteps, the first whose images hold so little detail that they can do without skip connections."""

WITHOUT_SHORTCUTS = 0.5
"""How often some of the lowest residual blocks do without their shortcuts."""

CUT_SHORTCUTS = 0.3
"""How many of them then, each drawn by itself."""

_LEVELS = 4
_LOWEST = 3
"""The level whose residual blocks may lose their shortcuts."""


class LevelDropout:
    """Leaves out, in each training sample, some of the ways around the depth of a Stable Diffusion 1.x UNet.

    Where latents are small, the upper levels see the whole of them and can do without those below, which then come to
    nothing. So a number of levels from the top is now and then without words (their cross-attention gives zeros) or
    without skip connections, and the lowest residual blocks are without their shortcuts: what a picture is of must come
    from below, and through what the blocks compute. Nothing on that way is ever left out, so the trained network
    counts on it. The idea is that of nested dropout (Rippel et al., 2014) and stochastic depth (Huang et al., 2016),
    turned around.
    """

    def __init__(self, unet: Any) -> None:
        self._hears: dict[str, torch.Tensor] = {}
        self._sees: list[torch.Tensor] = []
        self._shortcuts: list[torch.Tensor] = []
        self._hook_words(unet)
        self._hook_skips(unet)
        self._residual_blocks = self._hook_shortcuts(unet)

    @contextmanager
    def drawn(self, generator: torch.Generator, times: torch.Tensor) -> Iterator[None]:
        """Within, leave out parts drawn anew for each of the samples at ``times``."""
        deaf, blind = _draw(DEAF, generator, times), _draw(BLIND, generator, times) * (times >= NOISY)
        from_above = deaf == _LEVELS
        self._hears = {f"{side}{level}": deaf <= level for side in ("down", "up") for level in range(_LEVELS - 1)}
        self._hears |= {"mid": ~from_above, "down2": self._hears["down2"] | from_above}
        self._sees = [(blind <= level) & ~(from_above & (level >= _LOWEST - 1)) for level in range(_LEVELS)]
        self._shortcuts = self._drawn_shortcuts(generator, times)
        try:
            yield
        finally:
            self._hears, self._sees, self._shortcuts = {}, [], []

    def _drawn_shortcuts(self, generator: torch.Generator, times: torch.Tensor) -> list[torch.Tensor]:
        without = torch.rand(len(times), generator=generator) < WITHOUT_SHORTCUTS
        cut = torch.rand(self._residual_blocks, len(times), generator=generator) < CUT_SHORTCUTS
        return list(~(cut & without).to(times.device))

    def _hook_words(self, unet: Any) -> None:
        places = {"mid": unet.mid_block}
        for level in range(_LEVELS - 1):
            places |= {f"down{level}": unet.down_blocks[level], f"up{level}": unet.up_blocks[-1 - level]}
        for place, block in places.items():
            for name, module in block.named_modules():
                if name.endswith("attn2"):
                    module.register_forward_hook(self._deafened(place))

    def _hook_skips(self, unet: Any) -> None:
        for level, block in enumerate(reversed(unet.up_blocks)):
            block.register_forward_pre_hook(self._blinded(level), with_kwargs=True)

    def _hook_shortcuts(self, unet: Any) -> int:
        lowest = (unet.down_blocks[_LOWEST], unet.mid_block, unet.up_blocks[0])
        resnets = [resnet for block in lowest for resnet in block.resnets]
        for number, resnet in enumerate(resnets):
            if resnet.conv_shortcut is None:
                resnet.register_forward_hook(self._without_input(number))
            else:
                resnet.conv_shortcut.register_forward_hook(self._cut_shortcut(number))
        return len(resnets)

    def _deafened(self, place: str) -> Any:
        def hook(module: nn.Module, args: tuple, output: torch.Tensor) -> torch.Tensor | None:
            return output * self._hears[place][:, None, None] if self._hears else None

        return hook

    def _blinded(self, level: int) -> Any:
        def hook(module: nn.Module, args: tuple, keywords: dict) -> tuple[tuple, dict] | None:
            if not self._sees:
                return None
            skips = tuple(skip * _rows(self._sees[level]) for skip in keywords["res_hidden_states_tuple"])
            return args, {**keywords, "res_hidden_states_tuple": skips}

        return hook

    def _without_input(self, number: int) -> Any:
        def hook(module: nn.Module, args: tuple, output: torch.Tensor) -> torch.Tensor | None:
            return output - args[0] * _rows(~self._shortcuts[number]) if self._shortcuts else None

        return hook

    def _cut_shortcut(self, number: int) -> Any:
        def hook(module: nn.Module, args: tuple, output: torch.Tensor) -> torch.Tensor | None:
            return output * _rows(self._shortcuts[number]) if self._shortcuts else None

        return hook


def _rows(kept: torch.Tensor) -> torch.Tensor:
    """[rows] as [rows, 1, 1, 1]."""
    return kept.view(-1, 1, 1, 1)


def _draw(shares: tuple[float, ...], generator: torch.Generator, like: torch.Tensor) -> torch.Tensor:
    return torch.multinomial(torch.tensor(shares), len(like), replacement=True, generator=generator).to(like.device)
