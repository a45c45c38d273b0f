"""Goes on from a finished brain: its weights become checkpoints from which every stage can train further."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from torch import nn
from transformers import CLIPModel, CLIPTextModel

from alienlab.engine.brains.quiet import quiet_libraries
from alienlab.training.errors import TrainingError
from alienlab.training.parts.diffusion import new_text_encoder, new_unet
from alienlab.training.parts.recogniser import new_recogniser
from alienlab.training.parts.vae import new_vae
from alienlab.training.workplace import Workplace


def adopt_brain(place: Workplace, brain: Path) -> None:
    """Write checkpoints at step 0 with the weights of ``brain``, whose tokenizer is kept.

    Raises TrainingError where the brain is not of the plan's shape or is not all there.
    """
    try:
        if not place.tokenizer_folder.exists():
            shutil.copytree(brain / "tokenizer", place.tokenizer_folder)
        with quiet_libraries():
            vae: Any = AutoencoderKL.from_pretrained(brain / "vae", local_files_only=True)
            unet = UNet2DConditionModel.from_pretrained(brain / "unet", local_files_only=True)
            text_encoder = CLIPTextModel.from_pretrained(brain / "text_encoder", local_files_only=True)
            recogniser = CLIPModel.from_pretrained(brain / "recogniser", local_files_only=True)
    except (OSError, ValueError) as error:
        raise TrainingError(f"The brain {brain} cannot be gone on from: {str(error).splitlines()[0]}") from error
    vocabulary = len(place.tokenizer())
    _keep(place, "vae", {"vae": (new_vae(place.plan), vae)})
    imagination = {
        "unet": (new_unet(place.plan), unet),
        "text_encoder": (new_text_encoder(vocabulary), text_encoder),
    }
    _keep(place, "diffusion", imagination, scaling=float(vae.config.scaling_factor), grown=1.0)
    _keep(place, "recogniser", {"clip": (new_recogniser(place.plan, vocabulary), recogniser)})


def _keep(place: Workplace, stage: str, pairs: dict[str, tuple[nn.Module, nn.Module]], **extra: float) -> None:
    for name, (own, given) in pairs.items():
        try:
            own.load_state_dict(given.float().state_dict())
        except RuntimeError as error:
            raise TrainingError(f"The brain's {name} is not of the shape of plan '{place.plan.name}'.") from error
    networks = nn.ModuleDict({name: own for name, (own, _) in pairs.items()})
    averages = {str(index): value.detach() for index, value in enumerate(networks.parameters())}
    with torch.no_grad():
        place.checkpoint(stage).save({"step": 0, "networks": networks.state_dict(), "averages": averages, **extra})
