"""Where a brain comes from: a folder, or the Hugging Face hub."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alienlab.domain.errors import BrainError
from alienlab.domain.ports import BrainSource
from alienlab.engine.brains.hub import fetch, is_hub_id
from alienlab.engine.brains.weight_files import unsafe_checkpoint


def _silent(message: str, fraction: float | None) -> None:
    """Says nothing."""


def resolve(source: BrainSource, *, progress: Callable[[str, float | None], None] = _silent) -> Path:
    """The folder on this machine that holds the brain, fetched from the hub where needed.

    Raises BrainError where there is none, UnsupportedBrain and UnsafeWeights before anything large is fetched.
    """
    path = Path(source.location).expanduser()
    if source.location and path.is_dir():  # an empty location would be the folder that one stands in
        return path.resolve()
    if path.is_file():
        raise _single_file(path)
    if is_hub_id(source.location):
        return fetch(source.location, allow_pickle=source.allow_pickle, progress=progress)
    raise BrainError(
        f"There is no brain at '{source.location}': it is neither a folder nor a hub id of the form owner/name."
    )


def _single_file(path: Path) -> BrainError:
    if path.suffix in (".ckpt", ".bin", ".pt", ".pth"):
        return unsafe_checkpoint(path.name)
    if path.suffix == ".safetensors":
        return BrainError(
            f"{path.name} is a checkpoint in a single file, not supported yet. "
            "Convert it to a folder in diffusers' layout and open that."
        )
    if path.name == "model_index.json":
        return BrainError(f"{path.name} is a file within a brain. Open the folder {path.parent} instead.")
    return BrainError(f"{path.name} is a file, not a brain. Choose a folder in diffusers' layout.")
