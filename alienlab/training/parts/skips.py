"""Skip connections that are held shut at high noise while a UNet is young, so that its depth learns what things are."""

from __future__ import annotations

from typing import Any

import torch

SHUT_UNTIL, OPEN_FROM = 0.12, 0.40
"""Shares of the training between which the skip connections open."""
KEPT_SHUT = 0.2
"""Share of the samples for which they are shut to the end: the depth must still do without them then."""
HALF_SHUT, WIDTH = 500, 50
"""The time, of 1000, at which they are half shut, and over how many times they go from open to shut."""


class SkipGates:
    """Scales what a UNet's upper levels hand across, but for its lowest level.

    In small latents the upper levels see the whole image and leave the lower half of the UNet nothing to do; modules
    there could be knocked out without a trace. At high noise, where it is decided what is seen and where, a young UNet
    has to send everything through its depth. What the depth has learnt by then it goes on doing.
    """

    def __init__(self, unet: Any, device: torch.device) -> None:
        self._shut = torch.ones((), device=device)
        self._gain = torch.ones(1, device=device)
        for block in unet.up_blocks[1:]:
            block.register_forward_pre_hook(self._scale, with_kwargs=True)

    def open(self, progress: float) -> None:
        """For a training that has come so far, of 0 to 1."""
        self._shut.fill_(min(1.0, max(0.0, (OPEN_FROM - progress) / (OPEN_FROM - SHUT_UNTIL))))

    def set(self, times: torch.Tensor, generator: torch.Generator) -> None:
        """For the next batch, of samples at ``times`` [count]."""
        drawn = torch.rand(len(times), generator=generator, device=times.device)
        shut = torch.maximum(self._shut, (drawn < KEPT_SHUT).float())
        self._gain = 1 - shut * torch.sigmoid((times.float() - HALF_SHUT) / WIDTH)

    def _scale(self, block: Any, args: tuple, kwargs: dict[str, Any]) -> tuple[tuple, dict[str, Any]]:
        skipped = kwargs["res_hidden_states_tuple"]
        scaled = tuple(states * self._gain.to(states.dtype).view(-1, 1, 1, 1) for states in skipped)
        return args, {**kwargs, "res_hidden_states_tuple": scaled}
