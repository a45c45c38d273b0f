"""The schedulers on offer, by diffusers' class name and by a short name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import diffusers

from alienlab.domain.errors import RecipeError

SHORT_NAMES: Mapping[str, str] = {
    "ddim": "DDIMScheduler",
    "ddpm": "DDPMScheduler",
    "euler": "EulerDiscreteScheduler",
    "euler-a": "EulerAncestralDiscreteScheduler",
    "dpm++": "DPMSolverMultistepScheduler",
    "unipc": "UniPCMultistepScheduler",
    "deis": "DEISMultistepScheduler",
    "lms": "LMSDiscreteScheduler",
    "pndm": "PNDMScheduler",
}
_NO_ZERO_SNR = frozenset({"LMSDiscreteScheduler", "PNDMScheduler", "DEISMultistepScheduler"})
"""They divide by the signal at the first step, which is 0 in a brain trained with zero terminal SNR."""


def offered_schedulers(config: Mapping[str, Any]) -> tuple[str, ...]:
    """Class names of the schedulers that work with a brain's scheduler configuration."""
    excluded = _NO_ZERO_SNR if config.get("rescale_betas_zero_snr") else frozenset()
    return tuple(name for name in SHORT_NAMES.values() if name not in excluded)


def scheduler_class_name(name: str) -> str:
    """Class name for a short name or a class name; raise RecipeError for an unknown one."""
    if name in SHORT_NAMES:
        return SHORT_NAMES[name]
    if name in SHORT_NAMES.values():
        return name
    raise RecipeError(f"The scheduler '{name}' is not known. Known are {', '.join(SHORT_NAMES)}.")


def build_scheduler(name: str, config: Mapping[str, Any]) -> Any:
    """A fresh scheduler of class ``name`` with the brain's noise schedule."""
    wanted = scheduler_class_name(name)
    if wanted not in offered_schedulers(config):
        raise RecipeError(f"{wanted} cannot start from the pure noise that this brain was trained with. Take ddim.")
    return getattr(diffusers, wanted).from_config(dict(config))
