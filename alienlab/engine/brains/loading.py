"""Opens a brain: every component on the CPU, ready for an engine to move where it likes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import torch

from alienlab.domain.errors import BrainError
from alienlab.domain.ports import BrainSource
from alienlab.engine.brains.card import BrainCard
from alienlab.engine.brains.components import load_text_encoder, load_tokenizer, load_unet, load_vae
from alienlab.engine.brains.folder import BrainFolder, hash_files, inspect
from alienlab.engine.brains.hub import name_of
from alienlab.engine.brains.safety import SafetyChecker
from alienlab.engine.brains.source import resolve
from alienlab.engine.brains.weight_files import WeightFiles

Progress = Callable[[str, float | None], None]
"""Is told what is being done, and the share done from 0 to 1 where that is known."""

_HASHING = 0.3
"""Share of the time that hashing takes, about."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Brain:
    """A brain in memory."""

    folder: Path
    location: str
    """What it was asked for by: a folder or a hub id."""
    hash: str
    """SHA-256 over names and contents of the files that decide pixels."""
    # Any, because diffusers' and transformers' own annotations deny much of what their objects have.
    unet: Any
    """``UNet2DConditionModel``"""
    vae: Any
    """``AutoencoderKL``"""
    text_encoder: Any
    """``CLIPTextModel``"""
    tokenizer: Any
    """``CLIPTokenizer``"""
    scheduler_class_name: str
    scheduler_config: Mapping[str, Any]
    card: BrainCard
    safety_weights: WeightFiles | None = None

    @property
    def name(self) -> str:
        return self.card.name

    @property
    def tokens(self) -> int:
        """Rows of a concept point."""
        return min(self.tokenizer.model_max_length, self.text_encoder.config.max_position_embeddings)

    @property
    def dims(self) -> int:
        """Columns of a concept point."""
        return self.text_encoder.config.hidden_size

    @property
    def has_safety_checker(self) -> bool:
        return self.safety_weights is not None

    def load_safety_checker(self) -> SafetyChecker:
        """The checker in the brain's folder, read at the first call; raise BrainError where there is none."""
        return self._safety_checker

    @cached_property
    def _safety_checker(self) -> SafetyChecker:
        if self.safety_weights is None:
            raise BrainError(f"{self.name} has no safety checker in its folder.")
        return SafetyChecker.load(self.folder, self.safety_weights)


def load_brain(source: BrainSource, *, progress: Progress, dtype: torch.dtype = torch.float32) -> Brain:
    """Find, check, hash and load a brain, on the CPU in ``dtype``.

    Raises BrainError (or UnsupportedBrain, UnsafeWeights) with a sentence that says what is wrong with it.
    """
    path = resolve(source, progress=progress)
    folder = inspect(path, allow_pickle=source.allow_pickle, default_name=name_of(source.location))
    brain_hash = _hash(folder, progress)
    progress("Reading the text encoder", _HASHING)
    tokenizer, text_encoder = load_tokenizer(folder), load_text_encoder(folder, dtype)
    progress("Reading the UNet", _share_before(folder, "unet"))
    unet = load_unet(folder, dtype)
    progress("Reading the VAE", _share_before(folder, "vae"))
    vae = load_vae(folder, dtype)
    _check_together(unet.config, vae.config, dims=text_encoder.config.hidden_size)
    progress("Brain read", 1.0)
    return Brain(
        folder=path,
        location=source.location,
        hash=brain_hash,
        unet=unet,
        vae=vae,
        text_encoder=text_encoder,
        tokenizer=tokenizer,
        scheduler_class_name=folder.scheduler_class_name,
        scheduler_config=folder.scheduler_config,
        card=folder.card,
        safety_weights=folder.safety_checker,
    )


def _hash(folder: BrainFolder, progress: Progress) -> str:
    total = max(1, folder.size(folder.pixel_files))
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        progress("Checking the weights", _HASHING * done / total)

    return hash_files(folder, advance=advance)


def _share_before(folder: BrainFolder, component: str) -> float:
    """Share done when a component's turn comes: components are read in the order of ``weights``."""
    sizes = {name: folder.size(chosen.files) for name, chosen in folder.weights.items()}
    names = list(sizes)
    before = sum(sizes[name] for name in names[: names.index(component)])
    return _HASHING + (1.0 - _HASHING) * before / max(1, sum(sizes.values()))


def _check_together(unet: Mapping[str, Any], vae: Mapping[str, Any], *, dims: int) -> None:
    """Raise BrainError unless the configurations of UNet and VAE and the text encoder's size fit together."""
    if unet["cross_attention_dim"] != dims:
        raise BrainError(
            f"The UNet reads concepts of {unet['cross_attention_dim']} dimensions, but the text encoder "
            f"makes {dims}. They are not of one brain."
        )
    if not unet["in_channels"] == unet["out_channels"] == vae["latent_channels"]:
        raise BrainError(
            f"The UNet works on latents of {unet['in_channels']} channels, but the VAE on "
            f"{vae['latent_channels']}. They are not of one brain."
        )
