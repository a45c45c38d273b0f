"""What the stages have learnt, put together again for use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from torch import nn
from transformers import CLIPTokenizer

from alienlab.training.parts.diffusion import new_scheduler, new_text_encoder, new_unet
from alienlab.training.parts.recogniser import new_recogniser
from alienlab.training.parts.vae import new_vae
from alienlab.training.pipeline import StableDiffusionPipeline
from alienlab.training.workplace import Workplace, fill


@dataclass(frozen=True)
class Trained:
    """The networks of a brain with their averaged weights, in fp32 on the CPU."""

    vae: Any
    unet: Any
    text_encoder: Any
    tokenizer: CLIPTokenizer

    def pipeline(self) -> Any:
        # the annotations want what may be None
        pipeline_class: Any = StableDiffusionPipeline
        pipeline = pipeline_class(
            vae=self.vae,
            text_encoder=self.text_encoder,
            tokenizer=self.tokenizer,
            unet=self.unet,
            scheduler=new_scheduler(),
            safety_checker=None,
            feature_extractor=None,
            requires_safety_checker=False,
        )
        pipeline.set_progress_bar_config(disable=True)
        return pipeline


def trained_vae(place: Workplace) -> Any:
    """With the decoder that was trained longest."""
    vae = new_vae(place.plan)
    begun = place.checkpoint("decoder").file.exists()
    fill(nn.ModuleDict({"vae": vae}), place.averages("decoder" if begun else "vae"))
    return vae.requires_grad_(False)


def trained_networks(place: Workplace) -> Trained:
    """Raise TrainingError where a stage has left no checkpoint."""
    state, tokenizer = place.state("diffusion"), place.tokenizer()
    unet, text_encoder = new_unet(place.plan), new_text_encoder(len(tokenizer))
    fill(nn.ModuleDict({"unet": unet, "text_encoder": text_encoder}), state["averages"])
    vae = trained_vae(place)
    vae.register_to_config(scaling_factor=state["scaling"])
    return Trained(vae, unet.requires_grad_(False), text_encoder.requires_grad_(False), tokenizer)


def trained_recogniser(place: Workplace) -> Any:
    clip = new_recogniser(place.plan, len(place.tokenizer()))
    fill(nn.ModuleDict({"clip": clip}), place.averages("recogniser"))
    return clip.requires_grad_(False)
