"""What pixels alone say of images. They are RGB, [images, height, width, 3], of one size."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torchmetrics.functional.image import structural_similarity_index_measure
from torchmetrics.functional.regression import mean_absolute_error

Images = NDArray[np.uint8]
Values = NDArray[np.float64]
"""One for each image."""

WHITE_FLATNESS = math.exp(-0.5772156649015329)
"""Expected spectral flatness of white noise: its power is distributed exponentially, with log-mean −γ."""
WINDOW, STRIDE = 8, 4
"""Of the local spectra, in cells."""
HUSH = 1e-4
"""Power, at brightness from 0 to 1, beneath which nothing is heard: it keeps plain ground from counting as noise."""
WIDEST_SPREAD = 1.0 / math.sqrt(12.0)
"""Standard deviation of brightness that is spread evenly from 0 to 1."""


def similarity(images: Images, other: Images) -> Values:
    """SSIM of the brightness of each image with that of another of the same size."""
    others = np.broadcast_to(other, images.shape)
    kernel = {} if min(images.shape[1:3]) > 11 else {"gaussian_kernel": False, "kernel_size": 3}
    compared = (_plane(images), _plane(others))
    found = structural_similarity_index_measure(*compared, data_range=1.0, reduction="none", **kernel)
    assert isinstance(found, torch.Tensor)
    # In fp32 the variances of equal images do not come out quite equal.
    equal = (images == others).all(axis=(1, 2, 3))
    return np.where(equal, 1.0, found.double().reshape(-1).clamp(-1.0, 1.0).numpy())


def pixel_distance(images: Images, other: Images) -> Values:
    """Mean absolute difference from another image, as a share of the range."""
    first, second = (
        torch.from_numpy(array.reshape(len(images), -1).T.astype(np.float32) / 255.0)
        for array in (images, np.broadcast_to(other, images.shape))
    )
    return mean_absolute_error(first, second, num_outputs=len(images)).double().reshape(-1).numpy()


def flatness(images: Images) -> Values:
    """1 for a single brightness, 0 where it spreads as evenly as it can, or wider."""
    spread = (_brightness(images)).std(axis=(1, 2))
    return 1.0 - np.minimum(1.0, spread / WIDEST_SPREAD)


def noise_likeness(images: Images, *, cell: int) -> Values:
    """Spectral flatness (geometric by arithmetic mean of the power) relative to that of white noise.

    Measured in overlapping windows of cells of ``cell`` pixels, a latent pixel each, and the median taken: noise is
    everywhere, and where something else stands in it, it is noise around it still.
    """
    cells = _cells(_brightness(images), cell)
    if min(cells.shape[1:]) < WINDOW:
        cells = _brightness(images)
    size = min(WINDOW, *cells.shape[1:])
    taper = np.hanning(size + 2)[1:-1]
    taper = taper[:, None] * taper
    windows = np.lib.stride_tricks.sliding_window_view(cells, (size, size), axis=(1, 2))[:, ::STRIDE, ::STRIDE]
    centred = windows - (windows * taper).sum((-2, -1), keepdims=True) / taper.sum()
    power = np.abs(np.fft.fft2(centred * taper)) ** 2 / (taper**2).sum()
    power = power.reshape(*windows.shape[:3], -1)[..., 1:] + HUSH
    mean = power.mean(-1)
    flat = np.exp(np.log(power).mean(-1)) / mean * (mean - HUSH) / (mean + 4 * HUSH)
    return np.median(flat.reshape(len(images), -1), axis=1) / WHITE_FLATNESS


def _plane(images: Images) -> torch.Tensor:
    return torch.from_numpy(_brightness(images)).float()[:, None]


def _brightness(images: Images) -> Values:
    return images.mean(axis=3) / 255.0


def _cells(brightness: Values, cell: int) -> Values:
    """Means over squares of ``cell`` pixels; what is left over at the edges is left out."""
    count, height, width = brightness.shape
    rows, columns = height // cell, width // cell
    cut = brightness[:, : rows * cell, : columns * cell]
    return cut.reshape(count, rows, cell, columns, cell).mean(axis=(2, 4))
