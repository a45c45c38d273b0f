"""Images that are still of something, and images that are of nothing any more."""

from __future__ import annotations

import torch
from torch.nn import functional as F


def jittered(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """As a brain might imagine them: a little blurred, noisy, darker or paler, moved. In −1 to 1."""
    rows = len(images)
    light = _uniform((rows, 1, 1, 1), 0.85, 1.1, generator, images)
    shade = _uniform((rows, 3, 1, 1), -0.08, 0.08, generator, images)
    noise = _normal(images.shape, generator, images) * _uniform((rows, 1, 1, 1), 0, 0.06, generator, images)
    soft = F.avg_pool2d(F.pad(images, (1, 1, 1, 1), mode="replicate"), 3, stride=1)
    share = _uniform((rows, 1, 1, 1), -0.2, 0.8, generator, images).clamp_min(0)
    mixed = images + share * (soft - images)
    shifts = torch.randint(-2, 3, (2,), generator=generator, device=generator.device).tolist()
    return (light * mixed + shade + noise).roll(shifts, dims=(2, 3)).clamp(-1, 1)


def degraded(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Each in one of several ways past recognition: noise, blur, collapsed colours, mixtures, shuffled pieces."""
    if not len(images):
        return images
    ways = (_noise, _blur, _collapse, _mixture, _shuffle, _blotches)
    which = torch.randint(len(ways), (len(images),), generator=generator, device=images.device)
    made = torch.stack([way(images, generator) for way in ways])
    return made[which, torch.arange(len(images), device=images.device)].clamp(-1, 1)


def _noise(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Little of the image, much noise: of single pixels, or of coarse grains."""
    rows, _, height, width = images.shape
    grain = int(torch.randint(1, 5, (), generator=generator, device=generator.device))
    coarse = _normal((rows, 3, height // grain, width // grain), generator, images)
    noise = F.interpolate(coarse, (height, width), mode="bilinear" if grain > 1 else "nearest")
    return 0.15 * images + _uniform((rows, 1, 1, 1), 0.3, 1.0, generator, images) * noise


def _blur(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    side = int(torch.randint(2, 5, (), generator=generator, device=generator.device))
    return F.interpolate(F.adaptive_avg_pool2d(images, side), images.shape[-2:], mode="bilinear")


def _collapse(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """To one colour with hardly a trace."""
    mean = images.mean(dim=(2, 3), keepdim=True)
    colour = mean + _uniform((len(images), 3, 1, 1), -0.7, 0.7, generator, images)
    return colour + 0.06 * (images - mean)


def _mixture(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Several images through each other."""
    return (images + images.roll(1, 0).flip(-1) + images.roll(2, 0).flip(-2) + images.roll(3, 0)) / 3


def _shuffle(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Pieces of an eighth of the side in any order."""
    rows, channels, height, width = images.shape
    piece = height // 8
    pieces = images.unfold(2, piece, piece).unfold(3, piece, piece).reshape(rows, channels, 64, piece, piece)
    order = torch.randperm(64, generator=generator, device=images.device)
    grid = pieces[:, :, order].reshape(rows, channels, 8, 8, piece, piece)
    return grid.permute(0, 1, 2, 4, 3, 5).reshape(rows, channels, height, width)


def _blotches(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Smooth random colours of strong contrast."""
    rows = len(images)
    coarse = _normal((rows, 3, 6, 6), generator, images)
    return 0.8 * F.interpolate(coarse, images.shape[-2:], mode="bicubic")


def _uniform(
    shape: tuple[int, ...], low: float, high: float, generator: torch.Generator, like: torch.Tensor
) -> torch.Tensor:
    return low + (high - low) * torch.rand(shape, generator=generator, device=like.device)


def _normal(shape: tuple[int, ...] | torch.Size, generator: torch.Generator, like: torch.Tensor) -> torch.Tensor:
    return torch.randn(tuple(shape), generator=generator, device=like.device)
