"""Which kinds of pipeline AlienLab opens, and the names of those it does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from alienlab.domain.errors import UnsupportedBrain

SUPPORTED_PIPELINE = "StableDiffusionPipeline"
SUPPORTED_CLASSES: Mapping[str, tuple[str, ...]] = {
    "unet": ("UNet2DConditionModel",),
    "vae": ("AutoencoderKL",),
    "text_encoder": ("CLIPTextModel",),
    "tokenizer": ("CLIPTokenizer", "CLIPTokenizerFast"),
}

_KINDS = tuple(
    (re.compile(pattern), description)
    for pattern, description in (
        (r"ControlNet", "a ControlNet pipeline"),
        (r"Inpaint", "an inpainting pipeline"),
        (r"Upscale", "an upscaling pipeline"),
        (r"Depth2Img", "a depth-to-image pipeline"),
        (r"Img2Img|ImageVariation|InstructPix2Pix", "an image-to-image pipeline"),
        (r"^StableDiffusionXL", "a Stable Diffusion XL pipeline"),
        (r"^StableDiffusion3", "a Stable Diffusion 3 pipeline, a diffusion transformer"),
        (r"^Flux", "a Flux pipeline, a diffusion transformer"),
        (r"DiT|PixArt|Sana|AuraFlow|QwenImage|ZImage|Lumina|HunyuanDiT|CogView", "a diffusion transformer (DiT)"),
        (r"^(DDPM|DDIM|ScoreSdeVe|PNDM|Karras|LDMPipeline|ConsistencyModel)", "an unconditional pipeline"),
        (r"^LatentConsistency", "a latent consistency pipeline"),
        (r"Video|Animate", "a video pipeline"),
    )
)
_UNET_CHANNELS = {5: "depth-to-image", 7: "upscaling", 8: "image-to-image", 9: "inpainting"}
_OPENS = "AlienLab opens Stable Diffusion 1.x and 2.x (StableDiffusionPipeline)."


def require_supported_pipeline(index: Mapping[str, Any]) -> None:
    """Raise UnsupportedBrain, by name, unless model_index.json describes a pipeline that AlienLab opens."""
    name = index.get("_class_name")
    if not isinstance(name, str):
        raise UnsupportedBrain(f"model_index.json names no pipeline class. {_OPENS}")
    if name != SUPPORTED_PIPELINE:
        raise UnsupportedBrain(f"The brain is {_describe(name)} ({_shortened(name)}), not supported yet. {_OPENS}")
    if _class_of(index, "text_encoder_2") is not None:
        raise UnsupportedBrain(f"The brain has two text encoders, as Stable Diffusion XL does. {_OPENS}")
    for component, supported in SUPPORTED_CLASSES.items():
        _require_class(component, _class_of(index, component), supported)
    scheduler = _class_of(index, "scheduler")
    if scheduler is None or not scheduler.isidentifier():
        raise UnsupportedBrain(f"model_index.json names no scheduler. {_OPENS}")


def require_supported_unet(config: Mapping[str, Any]) -> None:
    """Raise UnsupportedBrain, by name, for a UNet that needs more than a latent, a time and a text."""
    _require_class("unet", config.get("_class_name", SUPPORTED_CLASSES["unet"][0]), SUPPORTED_CLASSES["unet"])
    channels = config.get("in_channels")
    kind = _UNET_CHANNELS.get(channels) if isinstance(channels, int) else None
    if config.get("addition_embed_type") is not None:
        kind = "Stable Diffusion XL"
    elif config.get("class_embed_type") is not None or config.get("num_class_embeds") is not None:
        kind = kind or "class-conditional"
    elif config.get("time_cond_proj_dim") is not None:
        kind = "latent consistency"
    if kind is not None:
        raise UnsupportedBrain(f"The brain's UNet is one of {kind}, not supported yet. {_OPENS}")


def class_of_scheduler(index: Mapping[str, Any]) -> str:
    """diffusers' name of the scheduler's class, of an index that is supported."""
    return str(_class_of(index, "scheduler"))


def names_safety_checker(index: Mapping[str, Any]) -> bool:
    return _class_of(index, "safety_checker") == "StableDiffusionSafetyChecker"


def _require_class(component: str, found: object, supported: tuple[str, ...]) -> None:
    if found == "UNet2DModel":
        raise UnsupportedBrain(f"The brain is unconditional (UNet2DModel), not supported yet. {_OPENS}")
    if found is None:
        raise UnsupportedBrain(f"model_index.json names no {component}. {_OPENS}")
    if found not in supported:
        raise UnsupportedBrain(f"The brain's {component} is a {_shortened(found)}, not a {supported[0]}. {_OPENS}")


def _class_of(index: Mapping[str, Any], component: str) -> str | None:
    entry = index.get(component)
    if isinstance(entry, list) and len(entry) == 2 and isinstance(entry[1], str):
        return entry[1]
    return None


def _describe(name: str) -> str:
    return next((description for pattern, description in _KINDS if pattern.search(name)), "of an unknown kind")


def _shortened(name: object) -> str:
    """A name from a file, made fit to stand in a sentence."""
    printable = "".join(letter for letter in str(name) if letter.isprintable())
    return printable if len(printable) <= 60 else f"{printable[:59]}…"
