"""Reads the anatomy of a UNet: its modules, what they are, and how data flows between them."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from torch import nn

from alienlab.domain.anatomy import Anatomy, Module
from alienlab.domain.errors import AlienLabError, BrainError
from alienlab.engine.anatomy.names import kind_of, role_of, stage_of
from alienlab.engine.anatomy.tracing import LATENT, TEXT, TIME, Trace, modules_with_parameters, trace
from alienlab.engine.anatomy.weight_statistics import weight_statistics
from alienlab.engine.brains.components import build_on_meta, load_unet
from alienlab.engine.brains.folder import inspect

ANATOMY_FILE = "anatomy.json"
DEFAULT_SAMPLE_SIZE = 64
TRACED_TOKENS = 8
"""Rows of the concept point in the traced pass; how many there are changes nothing."""


def read_anatomy(
    unet: UNet2DConditionModel | Mapping[str, Any], *, weights: Mapping[str, torch.Tensor] | None = None
) -> Anatomy:
    """Anatomy of an opened UNet, or of a UNet's configuration.

    Weight statistics are taken from ``weights`` (by parameter name) where given, else from the opened UNet;
    of a configuration alone there are none. Raises BrainError for a configuration that makes no UNet.
    """
    config = unet if isinstance(unet, Mapping) else unet.config
    if weights is None:
        weights = {} if isinstance(unet, Mapping) else dict(unet.named_parameters())
    network = build_on_meta(UNet2DConditionModel, config)
    found = _trace_forward(network)
    modules = _modules_in_order(network, found, weights)
    return Anatomy(modules, tuple(found.flows))


def write_anatomy(folder: Path) -> Path:
    """Read the UNet in a brain's folder and write its anatomy beside it; return the file."""
    anatomy = read_anatomy(load_unet(inspect(folder), torch.float32))
    file = folder / ANATOMY_FILE
    file.write_text(json.dumps(anatomy.to_json(), separators=(",", ":")) + "\n", encoding="utf-8")
    return file


def _trace_forward(network: UNet2DConditionModel) -> Trace:
    try:
        inputs = _inputs(network.config)
        return trace(network, lambda: network(inputs[LATENT], inputs[TIME], inputs[TEXT]), inputs)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, ArithmeticError) as error:
        raise BrainError(
            "The UNet needs more than a latent, a time and a text, or its configuration contradicts itself. "
            "AlienLab opens the UNets of Stable Diffusion 1.x and 2.x."
        ) from error


def _inputs(config: Any) -> dict[str, torch.Tensor]:
    sample = config.sample_size or DEFAULT_SAMPLE_SIZE
    height, width = (sample, sample) if isinstance(sample, int) else sample
    with torch.device("meta"):
        return {
            LATENT: torch.empty(1, config.in_channels, height, width),
            TIME: torch.empty(1),
            TEXT: torch.empty(1, TRACED_TOKENS, config.encoder_hid_dim or config.cross_attention_dim),
        }


def _modules_in_order(network: nn.Module, found: Trace, weights: Mapping[str, torch.Tensor]) -> tuple[Module, ...]:
    """Modules as they ran; those that never ran come last."""
    owners = dict(modules_with_parameters(network))
    never_run = [path for path in owners if path not in found.heights]
    depths = _depths(found)
    full_height = max(found.heights.values(), default=1)
    return tuple(
        Module(
            path=path,
            kind=(kind := kind_of(owners[path])),
            role=role_of(path, kind),
            stage=stage_of(path),
            level=round(math.log2(full_height / found.heights.get(path, full_height))),
            order=order,
            depth=depths.get(path, 0),
            shapes={name: tuple(tensor.shape) for name, tensor in owners[path].named_parameters(recurse=False)},
            weights=weight_statistics(weights[f"{path}.weight"]) if f"{path}.weight" in weights else None,
        )
        for order, path in enumerate([*found.order, *never_run])
    )


def _depths(found: Trace) -> dict[str, int]:
    """Longest path from the latent; for what the latent does not reach, from its own input."""
    sources: dict[str, list[str]] = {path: [] for path in found.order}
    for source, target, _ in found.flows:
        sources[target].append(source)
    from_latent: dict[str, int] = {LATENT: 0}
    from_input: dict[str, int] = {LATENT: 0, TEXT: 0, TIME: 0}
    for path in found.order:
        if reached := [from_latent[source] for source in sources[path] if source in from_latent]:
            from_latent[path] = 1 + max(reached)
        from_input[path] = 1 + max((from_input[source] for source in sources[path]), default=0)
    return {path: from_latent.get(path, from_input[path]) for path in found.order}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write anatomy.json into a brain's folder.")
    parser.add_argument("folder", type=Path)
    try:
        print(write_anatomy(parser.parse_args(arguments).folder))
    except AlienLabError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
