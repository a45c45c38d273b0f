"""Which files hold a component's weights: safetensors before pickles, full precision before fp16."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from alienlab.domain.errors import BrainError, UnsafeWeights

_STEMS = {
    # component: (safetensors, pickle)
    "unet": ("diffusion_pytorch_model", "diffusion_pytorch_model"),
    "vae": ("diffusion_pytorch_model", "diffusion_pytorch_model"),
    "text_encoder": ("model", "pytorch_model"),
    "safety_checker": ("model", "pytorch_model"),
}
WEIGHT_COMPONENTS = ("text_encoder", "unet", "vae")
"""Components with weights that decide pixels."""
_VARIANTS = (None, "fp16")


@dataclass(frozen=True, slots=True)
class WeightFiles:
    """The weights of one component, in one file or in shards with an index."""

    component: str
    variant: str | None
    """``fp16`` where the file names carry it."""
    is_pickle: bool
    files: tuple[str, ...]
    """Paths below the brain's folder, with forward slashes, in alphabetical order."""
    index: str | None
    """Path of the JSON file that tells which tensor is in which shard."""

    @property
    def shown(self) -> str:
        """What to call them in a sentence."""
        return self.index or self.files[0]


def choose_weights(component: str, names: Collection[str], *, allow_pickle: bool) -> WeightFiles:
    """Pick one component's weights out of the ``names`` of all files below the brain's folder.

    Raises UnsafeWeights where there are only pickles and those are not allowed, BrainError where there are none.
    """
    stem, pickle_stem = _STEMS[component]
    for variant in _VARIANTS:
        if found := _find(component, stem, "safetensors", variant, names):
            return found
    for variant in _VARIANTS:
        if found := _find(component, pickle_stem, "bin", variant, names):
            if allow_pickle:
                return found
            raise unsafe_weights(found.shown)
    raise BrainError(f"{component}/{stem}.safetensors is missing. Copy the brain again, with all its files.")


def unsafe_weights(shown: str) -> UnsafeWeights:
    return UnsafeWeights(
        f"{shown} is a pickle, and loading a pickle can run code. "
        "Open the brain with --allow-pickle if you trust where it comes from."
    )


def unsafe_checkpoint(shown: str) -> UnsafeWeights:
    return UnsafeWeights(
        f"{shown} is a pickled checkpoint, and loading a pickle can run code. "
        "AlienLab opens folders in diffusers' layout; convert it to one with safetensors first."
    )


def _find(component: str, stem: str, ending: str, variant: str | None, names: Collection[str]) -> WeightFiles | None:
    middle = f".{variant}" if variant else ""
    single = f"{component}/{stem}{middle}.{ending}"
    index = f"{component}/{stem}.{ending}.index{middle}.json"
    if single in names:
        return WeightFiles(component, variant, ending == "bin", (single,), None)
    if index in names:
        shard = re.compile(rf"{component}/{stem}-\d{{5}}-of-\d{{5}}{re.escape(middle)}\.{ending}")
        shards = tuple(sorted(name for name in names if shard.fullmatch(name)))
        if shards:
            return WeightFiles(component, variant, ending == "bin", shards, index)
    return None
