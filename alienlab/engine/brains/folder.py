"""A brain's folder, inspected without loading anything."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alienlab.domain.errors import BrainError
from alienlab.engine.brains.card import BrainCard, read_card
from alienlab.engine.brains.hostile_json import read_json_object
from alienlab.engine.brains.pipeline_kinds import (
    class_of_scheduler,
    names_safety_checker,
    require_supported_pipeline,
    require_supported_unet,
)
from alienlab.engine.brains.weight_files import WEIGHT_COMPONENTS, WeightFiles, choose_weights, unsafe_checkpoint

INDEX_FILE = "model_index.json"
CONFIG_FILES = ("unet/config.json", "vae/config.json", "text_encoder/config.json", "scheduler/scheduler_config.json")
TOKENIZER_FILES = tuple(
    f"tokenizer/{name}"
    for name in (
        "tokenizer.json",
        "tokenizer_config.json",
        "vocab.json",
        "merges.txt",
        "special_tokens_map.json",
        "added_tokens.json",
    )
)
_CHUNK = 4 * 2**20


@dataclass(frozen=True, slots=True)
class BrainFolder:
    """What a folder holds, checked as far as it can be without reading weights."""

    path: Path
    card: BrainCard
    scheduler_class_name: str
    scheduler_config: Mapping[str, Any]
    unet_config: Mapping[str, Any]
    vae_config: Mapping[str, Any]
    weights: Mapping[str, WeightFiles]
    """By component: those of ``WEIGHT_COMPONENTS``."""
    safety_checker: WeightFiles | None

    @property
    def pixel_files(self) -> tuple[str, ...]:
        """Every file that decides pixels, in alphabetical order: paths below the folder."""
        opened = set(files_to_open(self.weights, _names_in(self.path)))
        return tuple(sorted(opened - {INDEX_FILE}))

    def size(self, names: Collection[str]) -> int:
        """Bytes of the named files together."""
        return sum((self.path / name).stat().st_size for name in names)


def inspect(folder: Path, *, allow_pickle: bool = False, default_name: str | None = None) -> BrainFolder:
    """Check that ``folder`` is a brain that AlienLab opens and has all its files.

    A brain whose card has no name is called ``default_name``, else by its folder.

    Raises UnsupportedBrain, by the pipeline's name, UnsafeWeights for pickles that are not allowed, BrainError
    for what is missing or malformed.
    """
    if not (folder / INDEX_FILE).is_file():
        raise _no_index(folder)
    index = read_json_object(folder / INDEX_FILE)
    require_supported_pipeline(index)
    names = _names_in(folder)
    if missing := missing_files(names):
        raise BrainError(f"{missing[0]} is missing. Copy the brain again, with all its files.")
    unet_config = read_json_object(folder / "unet/config.json")
    require_supported_unet(unet_config)
    return BrainFolder(
        path=folder,
        card=read_card(folder, default_name=default_name or folder.resolve().name),
        scheduler_class_name=class_of_scheduler(index),
        scheduler_config=read_json_object(folder / "scheduler/scheduler_config.json"),
        unet_config=unet_config,
        vae_config=read_json_object(folder / "vae/config.json"),
        weights={name: choose_weights(name, names, allow_pickle=allow_pickle) for name in WEIGHT_COMPONENTS},
        safety_checker=_find_safety_checker(index, names, allow_pickle=allow_pickle),
    )


def missing_files(names: Collection[str]) -> list[str]:
    """Files without which no brain opens, weights aside, that are not among ``names``."""
    missing = [name for name in CONFIG_FILES if name not in names]
    if not {"tokenizer/tokenizer.json", "tokenizer/vocab.json"} & set(names):
        missing.append("tokenizer/tokenizer.json")
    return missing


def files_to_open(weights: Mapping[str, WeightFiles], names: Collection[str]) -> Iterator[str]:
    """Those of ``names`` that opening a brain with these weights reads."""
    yield from (name for name in (INDEX_FILE, *CONFIG_FILES, *TOKENIZER_FILES) if name in names)
    for chosen in weights.values():
        yield from chosen.files
        if chosen.index:
            yield chosen.index


def hash_files(folder: BrainFolder, *, advance: Callable[[int], None]) -> str:
    """SHA-256 over names and contents of the files that decide pixels; ``advance`` is told the bytes read."""
    digest = hashlib.sha256(f"scheduler={folder.scheduler_class_name}\n".encode())
    for name in folder.pixel_files:
        digest.update(f"{name}\n{(folder.path / name).stat().st_size}\n".encode())
        with (folder.path / name).open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                advance(len(chunk))
    return digest.hexdigest()


def hash_of(folder: BrainFolder) -> str:
    """The hash that the brain has when it is open."""
    return hash_files(folder, advance=lambda count: None)


def _find_safety_checker(index: Mapping[str, Any], names: Collection[str], *, allow_pickle: bool) -> WeightFiles | None:
    if not names_safety_checker(index) or "safety_checker/config.json" not in names:
        return None
    try:
        return choose_weights("safety_checker", names, allow_pickle=allow_pickle)
    except BrainError:  # an optional part: a brain without a usable one opens all the same
        return None


def _names_in(folder: Path) -> set[str]:
    """Names of the files in the folder and one level below it, with forward slashes."""
    found = (file for pattern in ("*", "*/*") for file in folder.glob(pattern) if file.is_file())
    return {file.relative_to(folder).as_posix() for file in found}


def _no_index(folder: Path) -> BrainError:
    if checkpoints := sorted(file.name for file in folder.glob("*.ckpt")):
        return unsafe_checkpoint(checkpoints[0])
    return BrainError(
        f"The folder {folder} is not a brain: it has no {INDEX_FILE}. "
        "Choose a folder in diffusers' layout, with unet, vae, text_encoder, tokenizer and scheduler in it."
    )
