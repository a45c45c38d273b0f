"""The denoising loop: from noise to latents, rows with different lesions side by side."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from alienlab.domain.lesions import LesionSet
from alienlab.engine.batches import Batch
from alienlab.engine.passes import Passes


class RenderCancelled(Exception):
    """The cancel flag was seen."""


class Denoising:
    """One batch on its way from noise to latents. A context manager: lesions end with it.

    ``points`` holds for each row the conditional and the unconditional concept point [tokens, dims].
    Latents stay in fp32; only the UNet computes in its own dtype.
    """

    def __init__(
        self,
        batch: Batch,
        *,
        passes: Passes,
        scheduler: Any,
        latent_shape: tuple[int, int, int],
        points: Sequence[tuple[torch.Tensor, torch.Tensor]],
    ) -> None:
        self._batch, self._passes, self._scheduler = batch, passes, scheduler
        self._device, self._dtype = passes.device, passes.dtype
        scheduler.set_timesteps(batch.rows[0].recipe.steps, device=self._device)
        padded = [*range(len(batch.rows)), *[0] * (batch.batch_class - len(batch.rows))]
        self._generators = [torch.Generator("cpu").manual_seed(batch.rows[row].recipe.seed) for row in padded]
        self.latents = self._initial_noise(latent_shape)
        self._points = self._unet_rows([points[row] for row in padded])
        guidance = [batch.rows[row].recipe.guidance for row in padded]
        self._guidance = torch.tensor(guidance, device=self._device).view(-1, 1, 1, 1)
        self._step_options = self._options_of(scheduler)
        self._active: object = None
        self.collapsed_at: dict[int, int] = {}
        """Number of the step (from 1) at which a row of the batch went non-finite."""

    def __enter__(self) -> Denoising:
        return self

    def __exit__(self, *_: object) -> None:
        self._passes.close()

    @property
    def steps(self) -> int:
        return len(self._scheduler.timesteps)

    def run(self) -> Iterator[float]:
        """Take every step; yields the seconds that each one took. ``latents`` holds the result so far."""
        for number, timestep in enumerate(self._scheduler.timesteps):
            start = time.perf_counter()
            if not self._batch.is_silent:
                self._apply_lesions(number)
            self._step(timestep)
            self._note_collapses(number + 1)
            yield time.perf_counter() - start
            if len(self.collapsed_at) == len(self._batch.rows):
                return

    @torch.inference_mode()
    def _step(self, timestep: torch.Tensor) -> None:
        scaled = self._scheduler.scale_model_input(self.latents, timestep)  # which some schedulers want to be asked for
        predicted = torch.zeros_like(scaled) if self._batch.is_silent else self._predict(scaled, timestep)
        self.latents = self._scheduler.step(predicted, timestep, self.latents, return_dict=False, **self._step_options)[
            0
        ]

    def _predict(self, scaled: torch.Tensor, timestep: torch.Tensor) -> torch.Tensor:
        sample = scaled.repeat_interleave(2, dim=0) if self._batch.guided else scaled
        sample = sample.to(self._dtype).contiguous(memory_format=torch.channels_last)
        predicted = self._passes.predict(sample, timestep, self._points).float()
        if self._batch.guided:
            unconditional, conditional = predicted[0::2], predicted[1::2]
            return unconditional + self._guidance * (conditional - unconditional)
        return predicted

    def _initial_noise(self, shape: tuple[int, int, int]) -> torch.Tensor:
        """Drawn in fp32 on the CPU, so that a seed means the same noise on every device and in every dtype."""
        noise = torch.cat([torch.randn((1, *shape), generator=generator) for generator in self._generators])
        return noise.to(self._device) * self._scheduler.init_noise_sigma

    def _unet_rows(self, points: Sequence[tuple[torch.Tensor, torch.Tensor]]) -> torch.Tensor:
        """[UNet rows, tokens, dims]: for each recipe the unconditional point before the conditional one."""
        rows = []
        for conditional, unconditional in points:
            rows += [unconditional, conditional] if self._batch.guided else [conditional]
        return torch.stack(rows).to(self._device, self._dtype)

    def _options_of(self, scheduler: Any) -> dict[str, Any]:
        accepted = inspect.signature(scheduler.step).parameters
        return {"generator": self._generators} if "generator" in accepted else {}

    def _apply_lesions(self, step: int) -> None:
        """Exchange the lesions in force where another set acts from this step on."""
        width = 2 if self._batch.guided else 1
        edits = self._batch.edits.at_step(step)
        rows: list[tuple[slice, LesionSet]] = []
        if not self._batch.edits:
            for place, row in enumerate(self._batch.rows):
                if active := row.lesions.at_step(step):
                    rows.append((slice(place * width, (place + 1) * width), active))
        if (edits, rows) == self._active:
            return
        self._active = (edits, rows)
        self._passes.lesion(edits, rows)

    def _note_collapses(self, step: int) -> None:
        finite = torch.isfinite(self.latents).flatten(1).all(dim=1).tolist()
        for place in range(len(self._batch.rows)):
            if not finite[place]:
                self.collapsed_at.setdefault(place, step)


@contextmanager
def cancellable(network: nn.Module, is_cancelled: Callable[[], bool]) -> Iterator[None]:
    """Within the context, a forward pass of ``network`` raises RenderCancelled soon after the flag is set."""

    def check(*_: object) -> None:
        if is_cancelled():
            raise RenderCancelled

    regions = [network.get_submodule(path) for path in _regions_with_a_norm(network)]
    handles = [region.register_forward_pre_hook(check) for region in regions]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def _regions_with_a_norm(network: nn.Module) -> set[str]:
    """Residual blocks and transformers: a few dozen regions, enough to be asked often at little cost."""
    norms = (path for path, module in network.named_modules() if isinstance(module, nn.GroupNorm | nn.LayerNorm))
    return {path.rpartition(".")[0] for path in norms}
