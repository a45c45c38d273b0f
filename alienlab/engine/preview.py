"""Small pictures of latents, without the decoder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

_SAMPLES, _SIDE = 8, 16
_BOUND = 1e6
"""A latent on its way to collapse is cut off here, far beyond any that decodes to a picture."""


class LatentPreview:
    """A linear map from latent channels to RGB: ``matrix`` is [channels + 1, 3], its last row the offset."""

    def __init__(self, matrix: NDArray[np.float32]) -> None:
        self._matrix = matrix

    @classmethod
    def of(cls, vae: Any, *, brain: str, cache: Path) -> LatentPreview:
        """The map fitted to this VAE, from the cache where it is there."""
        file = cache / f"preview-{brain[:16]}.npy"
        try:
            matrix = np.load(file, allow_pickle=False)
        except (OSError, ValueError):
            matrix = None
        if matrix is None or matrix.shape != (vae.config.latent_channels + 1, 3):
            matrix = _fit(vae)
            _keep(file, matrix)
        return cls(matrix)

    def picture(self, latent: torch.Tensor) -> NDArray[np.uint8]:
        """RGB [height, width, 3], one pixel a latent pixel, of a latent [channels, height, width].

        A noisier latent than a clean one (whose spread is 1) is scaled down to that spread.
        """
        values = torch.nan_to_num(latent.detach().float()).clamp(-_BOUND, _BOUND).cpu().numpy()
        values = values / max(1.0, float(values.std()))
        pixels = np.moveaxis(values, 0, -1) @ self._matrix[:-1] + self._matrix[-1]
        return np.rint(np.clip(pixels, 0.0, 1.0) * 255.0).astype(np.uint8)


def _fit(vae: Any) -> NDArray[np.float32]:
    """Least squares between smooth random latents and the average colours of what they decode to."""
    channels = vae.config.latent_channels
    parameter = next(vae.parameters())
    coarse = torch.randn(_SAMPLES, channels, 4, 4, generator=torch.Generator().manual_seed(0)) * 1.5
    latents = torch.nn.functional.interpolate(coarse, size=(_SIDE, _SIDE), mode="bilinear")
    with torch.inference_mode():
        scaled = latents.to(parameter.device, parameter.dtype) / vae.config.scaling_factor
        decoded = vae.decode(scaled).sample.float().clamp(-1, 1).cpu() / 2 + 0.5
    colours = torch.nn.functional.adaptive_avg_pool2d(decoded, (_SIDE, _SIDE))
    sources = latents.permute(0, 2, 3, 1).reshape(-1, channels).numpy()
    sources = np.concatenate([sources, np.ones((len(sources), 1), np.float32)], axis=1)
    targets = colours.permute(0, 2, 3, 1).reshape(-1, 3).numpy()
    return np.linalg.lstsq(sources, targets, rcond=None)[0].astype(np.float32)


def _keep(file: Path, matrix: NDArray[np.float32]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.save(file, matrix)
    except OSError:
        return  # it is fitted again next time
