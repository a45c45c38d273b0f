"""Lesions as numbers: for every module and row, what its output is multiplied by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import nn

from alienlab.domain.lesions import LesionSet
from alienlab.engine.batches import Batch
from alienlab.engine.lesions.row_lesions import along_channels, output_gains


def fits(batch: Batch) -> bool:
    """Whether gains say all that the batch asks of the network: nothing is drawn anew and no weight is edited."""
    chains = [chain for row in batch.rows for chain in row.lesions.treatments.values()]
    return not batch.is_silent and not batch.edits and all(output_gains(chain) is not None for chain in chains)


def gains_of(lesioned: Sequence[tuple[slice, LesionSet]], places: Mapping[str, int], *, rows: int) -> torch.Tensor:
    """[weight and bias, modules, rows of the UNet] in fp32; ``places`` holds the number of each module.

    Raises ValueError where a lesion draws new weights; see ``fits``.
    """
    gains = torch.ones(2, len(places), rows)
    for where, lesions in lesioned:
        for path, chain in lesions.treatments.items():
            found = output_gains(chain)
            if found is None:
                raise ValueError(f"The lesion of {path} is more than a gain.")
            gains[:, places[path], where] = torch.tensor(found)[:, None]
    return gains


def with_gains(module: nn.Module, output: torch.Tensor, gains: torch.Tensor) -> torch.Tensor:
    """An output [rows, …] as if weight and bias were scaled by ``gains`` [2, rows]; 1 leaves every bit as it is.

    ``Gain`` does the same with numbers that are known when the pass is made.
    """
    weight, bias = gains.view(2, -1, *(1,) * (output.dim() - 1))
    scaled = torch.where(weight == 0.0, 0.0, weight * output)  # chosen, as 0·inf is NaN
    own: torch.Tensor | None = getattr(module, "bias", None)
    if own is not None:
        shifted = scaled + (bias - weight) * along_channels(own, module, output)
        scaled = torch.where(bias == weight, scaled, shifted)
    return scaled.to(output.dtype)
