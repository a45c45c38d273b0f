"""What the engine says while it works: one typed stream of events."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo, Provenance
from alienlab.domain.effects import Measures
from alienlab.domain.recognition import Recognition
from alienlab.domain.space.evaluation import Point

Image = NDArray[np.uint8]
"""An RGB image: [height, width, 3]."""
Latents = NDArray[np.float16]
"""Denoised latents: [channels, height, width]."""


class Failure(StrEnum):
    """Why a render or the opening of a brain failed."""

    USER = "user"
    """Something the user can mend; the message says how."""
    COLLAPSE = "collapse"
    """The altered mind computed NaN or infinity."""
    MEMORY = "memory"
    """The device has too little memory."""
    WORKER = "worker"
    """The worker process died."""
    INTERNAL = "internal"
    """A defect of AlienLab."""


@dataclass(frozen=True, slots=True)
class Loading:
    """A brain is being opened, or its passes are being compiled."""

    message: str
    fraction: float | None = None
    """Share done, 0 to 1; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A brain is open and ready to render."""

    info: BrainInfo
    anatomy: Anatomy


@dataclass(frozen=True, slots=True)
class Started:
    """A row of the job has begun. ``row`` counts the job's recipes from 0."""

    job: int
    row: int


@dataclass(frozen=True, slots=True)
class Step:
    """A row has finished one denoising step."""

    job: int
    row: int
    step: int
    """Steps done, 1 to ``steps``."""
    steps: int
    preview: Image | None
    """Small picture of the latent, one pixel a latent pixel."""
    seconds: float
    """Wall time of this step for the whole batch."""
    rows: int
    """Rows of the batch that took it."""


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """What a row is after a step, where the job follows its rows."""

    job: int
    row: int
    step: int
    """Steps done; 0 is the noise that it begins with."""
    latents: Latents
    preview: Image
    """The latents as colours, one pixel a latent pixel."""
    image: Image
    """The latents decoded."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A row has become an image."""

    job: int
    row: int
    image: Image
    provenance: Provenance
    measures: Measures | None = None
    """Where the job asked for them."""
    latents: Latents | None = None
    """Where the job asked for them."""

    @property
    def recognition(self) -> Recognition | None:
        """What the image is of; None where the job did not ask, or nobody can say."""
        return self.provenance.recognition


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an image of a ``RecogniseJob`` is of. ``row`` counts its images from 0."""

    job: int
    row: int
    recognition: Recognition


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures of an image of a ``MeasureJob``. ``row`` counts its images from 0."""

    job: int
    row: int
    measures: Measures


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """The recogniser's embedding of an image of an ``EmbedJob``, of length 1."""

    job: int
    row: int
    embedding: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """The point that an expression of a ``LocateJob`` stands for. ``row`` counts its expressions from 0."""

    job: int
    row: int
    point: Point


@dataclass(frozen=True, slots=True)
class Failed:
    """A row, or the whole job where ``row`` is None, gave no image."""

    job: int
    row: int | None
    failure: Failure
    message: str


@dataclass(frozen=True, slots=True)
class PluginBroke:
    """A plugin failed while it altered weights or looked at images; it is to be left alone."""

    job: int
    plugin: str
    message: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The job was cancelled; rows that had finished stay finished."""

    job: int


@dataclass(frozen=True, slots=True)
class Done:
    """The job has ended. ``intact`` says whether the brain's weights are what they were before it."""

    job: int
    intact: bool


Event = (
    Loading
    | Opened
    | Started
    | Step
    | Followed
    | Finished
    | Recognised
    | Measured
    | Embedded
    | Located
    | Failed
    | PluginBroke
    | Cancelled
    | Done
)
