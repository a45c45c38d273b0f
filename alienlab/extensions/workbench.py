"""What a plugin's function is given: see ``alienlab.api.Workbench``."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Hashable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from alienlab.api.workbench import Autoencoder, Noise, Stopped
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image
from alienlab.domain.laboratories.exhibits import Exhibit
from alienlab.domain.laboratories.parameters import Material
from alienlab.extensions.materials import Materials
from alienlab.extensions.memory import LabMemory

T = TypeVar("T")

LONGEST_MESSAGE = 200
PAUSE = 0.03
"""Seconds between two words of progress that are passed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What outlives a job: caches of this process."""

    materials: Materials = field(default_factory=Materials)
    memory: LabMemory = field(default_factory=LabMemory)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who hears what a job says."""

    progressed: Callable[[float | None, str], None] = lambda fraction, message: None
    shown: Callable[[Exhibit], None] = lambda exhibit: None
    """Also checks it."""
    is_stopped: Callable[[], bool] = lambda: False


class Bench:
    """Implements ``alienlab.api.Workbench`` for one job."""

    def __init__(
        self,
        *,
        owner: Hashable,
        seed: int,
        listener: Listener,
        surroundings: Surroundings,
        blobs: Path | None = None,
        embedded_brain: Path | None = None,
    ) -> None:
        self._owner, self._seed = owner, seed
        self._listener, self._surroundings = listener, surroundings
        self._blobs, self._embedded_brain = blobs, embedded_brain
        self._random = np.random.default_rng(seed)
        self._said = -PAUSE

    @property
    def random(self) -> np.random.Generator:
        return self._random

    @property
    def seed(self) -> int:
        return self._seed

    def progress(self, fraction: float | None = None, message: str = "") -> None:
        if self._listener.is_stopped():
            raise Stopped
        now = time.monotonic()
        if now - self._said >= PAUSE:
            self._said = now
            self._listener.progressed(_share(fraction), str(message)[:LONGEST_MESSAGE])

    def show(self, exhibit: Exhibit) -> None:
        if self._listener.is_stopped():
            raise Stopped
        self._listener.shown(exhibit)

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        return self._surroundings.memory.remember(self._owner, key, make)

    def image(self, material: Material) -> Image:
        return self._surroundings.materials.image(material, blobs=self._blobs)

    def path(self, material: Material) -> Path:
        return self._surroundings.materials.path(material, blobs=self._blobs)

    def toy_world(self, number: int, *, side: int = 32, first: int = 0) -> NDArray[np.uint8]:
        from alienlab.extensions.toy_world import toy_images  # noqa: PLC0415 - reads a file when it is wanted

        return toy_images(number, side=side, first=first)

    def autoencoder(self, brain: Material | None) -> Autoencoder:
        from alienlab.extensions.brain_parts import BrainAutoencoder  # noqa: PLC0415 - imports torch

        place = self._brain(brain)
        return self._surroundings.memory.remember("brains", place, lambda: BrainAutoencoder.of(place))

    def noise(self, brain: Material | None) -> Noise:
        from alienlab.extensions.brain_parts import noise_of  # noqa: PLC0415 - imports diffusers

        return noise_of(self._brain(brain))

    def lesioned(self, network: Any, lesions: Iterable[str], *, dose: float = 1.0) -> AbstractContextManager[None]:
        from alienlab.extensions.networks import lesioned  # noqa: PLC0415 - imports torch

        return lesioned(network, tuple(lesions), dose=dose)

    def _brain(self, brain: Material | None) -> Material:
        if brain is not None:
            return brain
        if self._embedded_brain is None:
            raise AlienLabError("There is no embedded brain here. Choose a brain.")
        return Material(str(self._embedded_brain))


def _share(fraction: float | None) -> float | None:
    """From 0 to 1; None also for what is no number, such as a share of nothing."""
    if fraction is None or not math.isfinite(fraction):
        return None
    return min(max(float(fraction), 0.0), 1.0)
