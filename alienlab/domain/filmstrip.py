"""Denoising seen from inside: what an image is after every step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.errors import RecipeError
from alienlab.domain.events import Image, Latents
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.recognition import Recognition

SPREADS = 3.0
"""Standard deviations that a channel's grey scale reaches to each side of 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A step; 0 is the noise that the image begins with."""

    step: int
    latents: Latents
    preview: Image
    """The latents as colours, one pixel a latent pixel."""
    image: Image
    recognition: Recognition | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Filmstrip:
    """All steps of one render, in order. Raises RecipeError for none."""

    recipe: DiffusionRecipe
    frames: tuple[Frame, ...]

    def __post_init__(self) -> None:
        if not self.frames:
            raise RecipeError("There is no step to look at.")

    @property
    def changes(self) -> tuple[float, ...]:
        """Root mean square change of a latent value from each frame to the next; one fewer than frames."""
        values = self._values()
        return tuple(float(change) for change in np.sqrt(np.square(np.diff(values, axis=0)).mean(axis=(1, 2, 3))))

    @property
    def channels(self) -> int:
        return self.frames[0].latents.shape[0]

    def channel(self, number: int) -> list[Image]:
        """Pictures of one channel, one pixel a latent pixel: grey is 0, the scale is the same in all frames."""
        values = self._values()[:, number]
        reach = SPREADS * float(values.std()) or 1.0
        greys = np.rint(127.5 + 127.5 * np.clip(values / reach, -1.0, 1.0)).astype(np.uint8)
        return [np.repeat(grey[..., None], 3, axis=-1) for grey in greys]

    def _values(self) -> NDArray[np.float64]:
        """[frames, channels, height, width]; what is not finite counts as 0."""
        return np.nan_to_num(
            np.stack([frame.latents for frame in self.frames]).astype(np.float64), posinf=0.0, neginf=0.0
        )


def enlarged(image: Image, factor: int) -> Image:
    """Each pixel as a square of ``factor`` × ``factor``."""
    return image.repeat(factor, axis=0).repeat(factor, axis=1)
