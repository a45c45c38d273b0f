"""Running averages of weights, which make better brains than the last weights do."""

from __future__ import annotations

import torch
from torch import nn
from torch.optim.swa_utils import get_ema_multi_avg_fn

DECAY = 0.998


class Averages:
    """Exponential moving averages of all parameters, in fp32."""

    def __init__(self, networks: nn.Module) -> None:
        self._networks = networks
        self._values = [parameter.detach().clone() for parameter in networks.parameters()]

    @torch.no_grad()
    def update(self, step: int) -> None:
        """Begins with a shorter memory, so that the first weights are forgotten."""
        decay = min(DECAY, (1 + step) / (10 + step))
        get_ema_multi_avg_fn(decay)(self._values, list(self._networks.parameters()), step)

    @torch.no_grad()
    def copy_to(self, networks: nn.Module) -> None:
        for parameter, value in zip(networks.parameters(), self._values, strict=True):
            parameter.copy_(value)

    def state_dict(self) -> dict[str, torch.Tensor]:
        return {str(index): value for index, value in enumerate(self._values)}

    def load_state_dict(self, state: dict[str, torch.Tensor]) -> None:
        for index, value in enumerate(self._values):
            value.copy_(state[str(index)])
