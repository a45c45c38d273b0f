"""What a plugin's function is given to work with."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.events import Image
from alienlab.domain.laboratories.exhibits import Exhibit
from alienlab.domain.laboratories.parameters import Material

T = TypeVar("T")


class Stopped(BaseException):
    """The user stopped the computation. Let it pass: only ``finally`` blocks should see it."""


class Autoencoder(Protocol):
    """The part of a brain that turns images into latents and back, in fp32."""

    factor: int
    """Pixels along a side of a latent pixel."""
    channels: int

    def encode(self, image: Image) -> NDArray[np.float32]:
        """Latents [channels, height / factor, width / factor] of an image [height, width, 3], at the scale in which
        the UNet denoises. Sides must be multiples of ``factor``. The mean of the distribution, without its noise.
        """
        ...

    def decode(self, latents: NDArray[np.float32]) -> Image:
        """The image of latents."""
        ...


class Noise(Protocol):
    """A brain's noise schedule."""

    alphas: NDArray[np.float64]
    """[training steps]: the share of the image's variance that is left after each step (ᾱ), falling."""


class Workbench(Protocol):
    """Given to every experiment and exporter."""

    @property
    def random(self) -> np.random.Generator:
        """Seeded by the recipe's seed: draw all randomness from it, or from seeds drawn from it."""
        ...

    @property
    def seed(self) -> int:
        """The recipe's seed, from 0 to 2^63 - 1."""
        ...

    def progress(self, fraction: float | None = None, message: str = "") -> None:
        """Say how far it is (0 to 1; None where that is not known). Call it at least once a second.

        Raises Stopped where the user does not want it any more.
        """
        ...

    def show(self, exhibit: Exhibit) -> None:
        """Show what there is so far. Raises Stopped as ``progress`` does."""
        ...

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` returned for this key before, in this process, or what it returns now.

        For what takes long and depends on the key alone: trained networks, files that were read. A few are kept
        for each laboratory, the latest used.
        """
        ...

    def image(self, material: Material) -> Image:
        """The RGB pixels of an image, which becomes part of the recipe. Raises AlienLabError."""
        ...

    def path(self, material: Material) -> Path:
        """A file or folder, whose contents become part of the recipe.

        Raises AlienLabError where it is gone, or holds something else than the recipe says.
        """
        ...

    def toy_world(self, number: int, *, side: int = 32, first: int = 0) -> NDArray[np.uint8]:
        """Images [number, side, side, 3] of the application's own toy world, the same ones each time."""
        ...

    def autoencoder(self, brain: Material | None) -> Autoencoder:
        """Of a brain, or of the embedded one. Takes a moment the first time."""
        ...

    def noise(self, brain: Material | None) -> Noise:
        """The noise schedule of a brain, or of the embedded one."""
        ...

    def lesioned(self, network: Any, lesions: Iterable[str], *, dose: float = 1.0) -> AbstractContextManager[None]:
        """Within it the ``torch.nn.Module`` is lesioned; its weights are restored bit for bit after it, whatever
        happens. Lesions are in their text form; ``dose`` goes only that far from the intact weights to the lesioned
        ones. Raises AlienLabError for a lesion that matches no module.
        """
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ExportedRender:
    """A render that an exporter writes."""

    image: Image
    caption: str
    recipe: Mapping[str, Any]
    """Its canonical JSON."""
    recipe_id: str
    computation_id: str
    file: Path
    """The PNG in the session, with its recipe in its text chunks."""
