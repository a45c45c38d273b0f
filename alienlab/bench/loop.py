"""The loop that a user of diffusers would write, in a process of its own.

The engine changes how its process keeps memory; a user's loop has nothing of that, so it must not share the process.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

import numpy as np
import torch
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
from numpy.typing import NDArray

from alienlab.engine.brains.quiet import quiet_libraries
from alienlab.session.paths import embedded_brain

Images = dict[str, NDArray[np.uint8]]
"""By the module that is knocked out."""


@dataclass(frozen=True, slots=True)
class Imagined:
    """What every image of the loop has in common."""

    prompt: str
    seed: int
    steps: int
    guidance: float


class DiffusersLoop:
    """A context manager; the process waits while nobody asks."""

    def __init__(self, imagined: Imagined, *, threads: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_answer, args=(theirs, imagined, threads), daemon=True)
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
        """Knock out one module after another."""
        self._pipe.send(tuple(modules))
        return self._pipe.recv()


def _answer(pipe: Connection, imagined: Imagined, threads: int) -> None:
    torch.set_num_threads(threads)
    pipeline = _pipeline()
    while True:
        try:
            modules = pipe.recv()
        except EOFError:
            return
        pipe.send({path: _knocked_out(pipeline, path, imagined) for path in modules})


def _pipeline() -> Any:
    with quiet_libraries():
        pipeline = StableDiffusionPipeline.from_pretrained(embedded_brain(), torch_dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


@torch.no_grad()
def _knocked_out(pipeline: Any, path: str, imagined: Imagined) -> NDArray[np.uint8]:
    """Zero the weights, call the pipeline, restore them."""
    parameters = list(pipeline.unet.get_submodule(path).parameters(recurse=False))
    saved = [parameter.clone() for parameter in parameters]
    for parameter in parameters:
        parameter.zero_()
    made = pipeline(
        imagined.prompt,
        num_inference_steps=imagined.steps,
        guidance_scale=imagined.guidance,
        generator=torch.Generator().manual_seed(imagined.seed),
    )
    for parameter, original in zip(parameters, saved, strict=True):
        parameter.copy_(original)
    return np.asarray(made.images[0])
