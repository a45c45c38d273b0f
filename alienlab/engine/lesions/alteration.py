"""Altered parameters: what a chain of treatments makes of a module's weight and bias."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping

import numpy as np
import torch
from numpy.typing import NDArray

from alienlab.domain.lesions import Operation, PluginOperation, Treatment
from alienlab.engine.offered import refuse

Parameters = Mapping[str, torch.Tensor]
Alter = Callable[[Treatment, NDArray[np.float32], np.random.Generator], NDArray[np.float32]]
"""What a plugin makes of weights; see ``Offered.alter``."""


def altered_parameters(
    path: str, intact: Parameters, chain: Iterable[Treatment], *, alter: Alter = refuse
) -> dict[str, torch.Tensor]:
    """Apply ``chain`` in order to copies of ``intact``, in fp32; same dtype and device as ``intact``."""
    treated = {name: tensor.detach().float() for name, tensor in intact.items()}
    for treatment in chain:
        for name in treated:
            if name == "weight" or not treatment.weights_only:
                treated[name] = _treat(treated[name], treatment, path, name, intact[name], alter)
    return {name: treated[name].to(tensor.dtype) for name, tensor in intact.items()}


def _treat(
    current: torch.Tensor, treatment: Treatment, path: str, name: str, intact: torch.Tensor, alter: Alter
) -> torch.Tensor:
    amount = treatment.amount if treatment.amount is not None else 0.0
    match treatment.operation:
        case Operation.ZERO:
            return torch.zeros_like(current)
        case Operation.SCALE:
            return amount * current
        case Operation.RANDOMIZE:
            return random_like(intact, seed=treatment.seed, path=path, name=name)
        case Operation.NOISE:
            return (1.0 - amount) * current + amount * random_like(intact, seed=treatment.seed, path=path, name=name)
        case Operation.NOISE_ADDED:
            drawn = random_like(intact, seed=treatment.seed, path=path, name=name, mean=0.0)
            return current + amount * drawn
        case PluginOperation():
            random = np.random.default_rng(_seed_for(treatment.seed, path, name))
            return torch.from_numpy(alter(treatment, current.cpu().numpy(), random)).to(current.device)


def random_like(intact: torch.Tensor, *, seed: int, path: str, name: str, mean: float | None = None) -> torch.Tensor:
    """R: Gaussian with the mean (unless ``mean`` is given) and population standard deviation of ``intact``.

    Drawn on the CPU from a generator of its own, so it depends on nothing but the seed, the place and the
    intact tensor. The moments are summed by numpy, in one thread, because torch's sums depend on the number
    of threads in the last bit. Returns fp32 on the device of ``intact``.
    """
    values = intact.detach().float().cpu()
    array = values.numpy()
    own_mean = float(np.mean(array, dtype=np.float64)) if array.size else 0.0
    spread = float(np.std(array, dtype=np.float64)) if array.size else 0.0
    generator = torch.Generator("cpu").manual_seed(_seed_for(seed, path, name))
    drawn = torch.randn(values.shape, generator=generator, dtype=torch.float32)
    return (drawn * spread + (own_mean if mean is None else mean)).to(intact.device)


def _seed_for(seed: int, path: str, name: str) -> int:
    digest = hashlib.sha256(f"{seed}\n{path}\n{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
