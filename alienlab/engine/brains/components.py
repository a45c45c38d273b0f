"""Loads the components of a brain. Every failure is a BrainError that names the file.

UNet and VAE are built on the meta device and take their tensors from the file one by one, so that nothing is
initialised at random first and no second copy of the weights is held.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from safetensors import SafetensorError, safe_open
from transformers import CLIPTextModel, CLIPTokenizer

from alienlab.domain.errors import AlienLabError, BrainError
from alienlab.engine.brains.folder import BrainFolder
from alienlab.engine.brains.hostile_json import read_json_object
from alienlab.engine.brains.quiet import quiet_libraries
from alienlab.engine.brains.weight_files import WeightFiles

_Network = TypeVar("_Network", UNet2DConditionModel, AutoencoderKL)

_OLD_ATTENTION_NAMES = {
    ".query.": ".to_q.",
    ".key.": ".to_k.",
    ".value.": ".to_v.",
    ".proj_attn.": ".to_out.0.",
}
"""What the attention of a VAE was called before diffusers 0.15; published brains still hold these names."""


def build_on_meta(network_class: type[_Network], config: Mapping[str, Any]) -> _Network:
    """A network without memory for its weights; raise BrainError for a configuration that makes none."""
    with _explained("The configuration", f"does not make a {network_class.__name__}"), torch.device("meta"):
        network = network_class.from_config(dict(config))
    if not isinstance(network, network_class):  # from_config may return the unused settings beside it
        raise BrainError(f"The configuration does not make a {network_class.__name__}. Copy the brain again.")
    return network


def load_unet(folder: BrainFolder, dtype: torch.dtype) -> UNet2DConditionModel:
    return _load_network(UNet2DConditionModel, folder.unet_config, folder.path, folder.weights["unet"], dtype)


def load_vae(folder: BrainFolder, dtype: torch.dtype) -> AutoencoderKL:
    return _load_network(AutoencoderKL, folder.vae_config, folder.path, folder.weights["vae"], dtype)


def load_text_encoder(folder: BrainFolder, dtype: torch.dtype) -> CLIPTextModel:
    chosen = folder.weights["text_encoder"]
    _check_readable(folder.path, chosen)
    with _explained(chosen.shown):
        loaded: Any = CLIPTextModel.from_pretrained(
            folder.path / "text_encoder",
            variant=chosen.variant,
            use_safetensors=not chosen.is_pickle,
            local_files_only=True,
            output_loading_info=True,
            dtype=dtype,
        )
    model, report = loaded
    if report["missing_keys"] or report["mismatched_keys"]:
        raise _does_not_fit(chosen.shown)
    return model.eval().requires_grad_(False)


def load_tokenizer(folder: BrainFolder) -> CLIPTokenizer:
    with _explained("tokenizer"):
        return CLIPTokenizer.from_pretrained(folder.path / "tokenizer", local_files_only=True)


def _load_network(
    network_class: type[_Network], config: Mapping[str, Any], folder: Path, chosen: WeightFiles, dtype: torch.dtype
) -> _Network:
    network = build_on_meta(network_class, config)
    expected = {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}
    state: dict[str, torch.Tensor] = {}
    for file in _checked_files(folder, chosen):
        with _explained(_shown(file)):
            for stored, tensor in _tensors_in(file, is_pickle=chosen.is_pickle):
                name = _current_name(stored, expected)
                if name not in expected:
                    continue
                if tuple(tensor.shape) != expected[name]:
                    raise _does_not_fit(_shown(file), name)
                state[name] = tensor.to(dtype, copy=True)
    if missing := sorted(expected.keys() - state.keys()):
        raise _does_not_fit(chosen.shown, missing[0])
    network.load_state_dict(state, assign=True)
    return network.eval().requires_grad_(False)


def _tensors_in(file: Path, *, is_pickle: bool) -> Iterator[tuple[str, torch.Tensor]]:
    if is_pickle:
        loaded = torch.load(file, map_location="cpu", weights_only=True)
        yield from ((name, loaded.pop(name)) for name in list(loaded))
        return
    with safe_open(file, framework="pt") as tensors:
        for name in tensors.keys():  # noqa: SIM118 - not a mapping
            yield name, tensors.get_tensor(name)


def _current_name(stored: str, expected: Mapping[str, object]) -> str:
    if stored not in expected:
        for old, new in _OLD_ATTENTION_NAMES.items():
            stored = stored.replace(old, new)
    return stored


def _checked_files(folder: Path, chosen: WeightFiles) -> list[Path]:
    """The files, after a look at the index that all shards it tells of are there."""
    if chosen.index:
        mapped = read_json_object(folder / chosen.index).get("weight_map")
        shards = set(mapped.values()) if isinstance(mapped, dict) else set()
        present = {Path(name).name for name in chosen.files}
        if absent := sorted(str(shard) for shard in shards - present):
            raise BrainError(f"{chosen.component}/{absent[0]} is missing. Copy the brain again, with all its files.")
    return [folder / name for name in chosen.files]


def _check_readable(folder: Path, chosen: WeightFiles) -> None:
    """Open each file, so that one that is cut off is named before a library stumbles over it."""
    for file in _checked_files(folder, chosen):
        if not chosen.is_pickle:
            with _explained(_shown(file)), safe_open(file, framework="pt"):
                pass


@contextmanager
def _explained(shown: str, verdict: str = "is truncated or corrupt") -> Iterator[None]:
    """Turn what the libraries raise over a bad file into one sentence."""
    try:
        with quiet_libraries():
            yield
    except (AlienLabError, MemoryError):
        raise
    except pickle.UnpicklingError as error:
        raise BrainError(f"{shown} is corrupt or holds more than tensors. Copy the brain again.") from error
    except (SafetensorError, OSError, EOFError, ValueError, TypeError, KeyError, IndexError) as error:
        raise BrainError(f"{shown} {verdict}. Copy the brain again.") from error
    except (AttributeError, ArithmeticError, RuntimeError, ImportError, AssertionError) as error:
        raise BrainError(f"{shown} {verdict}. Copy the brain again.") from error


def _does_not_fit(shown: str, tensor: str = "") -> BrainError:
    which = f" (see {tensor})" if tensor else ""
    return BrainError(f"The weights in {shown} do not fit its config.json{which}. Copy the brain again.")


def _shown(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"
