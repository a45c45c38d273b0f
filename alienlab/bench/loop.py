"""The loop that a user of diffusers would write, in a process of its own.

The engine changes how its process keeps memory; a user's loop has nothing of that, so it must not share the process.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import torch
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
from numpy.typing import NDArray

from alienlab.domain.errors import AlienLabError
from alienlab.domain.recipe import Precision
from alienlab.engine.brains.quiet import quiet_libraries
from alienlab.engine.device import DTYPES

Images = dict[str, NDArray[np.uint8]]
"""By the module that is knocked out."""


@dataclass(frozen=True, slots=True)
class Imagined:
    """What every image of the loop has in common."""

    prompt: str
    seed: int
    steps: int
    guidance: float


@dataclass(frozen=True, slots=True)
class LoopPlace:
    """The brain's folder, and where and in which format it computes."""

    brain: Path
    device: str
    precision: Precision
    threads: int


class DiffusersLoop:
    """A context manager; the process waits while nobody asks."""

    def __init__(self, imagined: Imagined, place: LoopPlace) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_answer, args=(theirs, imagined, place), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pipe.close()
        self._process.join()

    def images(self, modules: Sequence[str]) -> Images:
        """Knock out one module after another. An image that is not finite is left out.

        Raises AlienLabError where the process has ended, as it does where the device has too little memory.
        """
        try:
            self._pipe.send(tuple(modules))
            return self._pipe.recv()
        except (EOFError, OSError) as error:
            raise AlienLabError("The loop with diffusers ended early, for the reason that it gave.") from error


def _answer(pipe: Connection, imagined: Imagined, place: LoopPlace) -> None:
    torch.set_num_threads(place.threads)
    pipeline = load_pipeline(place)
    while True:
        try:
            modules = pipe.recv()
        except EOFError:
            return
        images = {path: knocked_out(pipeline, path, imagined) for path in modules}
        pipe.send({path: image for path, image in images.items() if image is not None})


def load_pipeline(place: LoopPlace) -> Any:
    """As a user of diffusers would."""
    with quiet_libraries():
        pipeline = StableDiffusionPipeline.from_pretrained(place.brain, torch_dtype=DTYPES[place.precision])
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to(place.device)


@torch.no_grad()
def knocked_out(pipeline: Any, path: str, imagined: Imagined) -> NDArray[np.uint8] | None:
    """Zero the weights, call the pipeline, restore them. None where the image is not finite."""
    parameters = list(pipeline.unet.get_submodule(path).parameters(recurse=False))
    saved = [parameter.clone() for parameter in parameters]
    for parameter in parameters:
        parameter.zero_()
    made = pipeline(
        imagined.prompt,
        num_inference_steps=imagined.steps,
        guidance_scale=imagined.guidance,
        latents=_noise(pipeline, imagined.seed),
        output_type="np",
    )
    for parameter, original in zip(parameters, saved, strict=True):
        parameter.copy_(original)
    return (made.images[0] * 255).round().astype(np.uint8) if np.isfinite(made.images).all() else None


def _noise(pipeline: Any, seed: int) -> torch.Tensor:
    """Drawn in fp32 on the CPU: left to the pipeline, a seed would mean another noise in half precision."""
    config = pipeline.unet.config
    shape = (1, config.in_channels, config.sample_size, config.sample_size)
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed)).to(pipeline.unet.dtype)
