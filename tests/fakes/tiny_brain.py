"""Tiny seeded brains in diffusers' folder layout: Stable Diffusion 1.x, a few channels wide."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer
from transformers import CLIPConfig, CLIPImageProcessorPil, CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from alienlab.engine.brains.quiet import quiet_libraries

TOKENS, DIMS, SIDE = 12, 16, 8
"""Of its concept points, and of its latents; an image has 4 × SIDE pixels a side."""
WORDS = "a cat dog in party hat the on with and red blue an old robot " * 4
UNET_CONFIG: Mapping[str, Any] = {
    "sample_size": SIDE,
    "in_channels": 4,
    "out_channels": 4,
    "block_out_channels": (8, 16, 32, 32),
    "layers_per_block": 2,
    "cross_attention_dim": DIMS,
    "attention_head_dim": 2,
    "norm_num_groups": 4,
}
WEIGHT_FILES = {
    # safetensors file: pickle that holds the same
    "unet/diffusion_pytorch_model.safetensors": "unet/diffusion_pytorch_model.bin",
    "vae/diffusion_pytorch_model.safetensors": "vae/diffusion_pytorch_model.bin",
    "text_encoder/model.safetensors": "text_encoder/pytorch_model.bin",
}


def write_tiny_brain(folder: Path, *, seed: int = 0, unet: Mapping[str, Any] = UNET_CONFIG) -> Path:
    """Write a brain of 391 modules with random weights."""
    folder.mkdir(parents=True, exist_ok=True)
    with quiet_libraries(), torch.random.fork_rng():
        torch.manual_seed(seed)
        tokenizer = new_tokenizer(folder / "tokenizer")
        pipeline = StableDiffusionPipeline(
            vae=_vae(),
            text_encoder=_text_encoder(tokenizer),
            tokenizer=tokenizer,
            unet=UNet2DConditionModel(**unet),
            scheduler=DDIMScheduler(beta_schedule="scaled_linear", clip_sample=False, steps_offset=1),
            safety_checker=None,
            feature_extractor=None,
            image_encoder=None,
            requires_safety_checker=False,
        )
        pipeline.save_pretrained(folder)
    (folder / "prompts.txt").write_text("a cat in a party hat\na dog\n", encoding="utf-8")
    return folder


def add_safety_checker(folder: Path) -> None:
    """Add a checker that flags nothing in particular."""
    small = {"hidden_size": 8, "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1}
    config = CLIPConfig(
        vision_config={**small, "image_size": 8, "patch_size": 4}, text_config={**small}, projection_dim=8
    )
    with quiet_libraries():
        StableDiffusionSafetyChecker(config).save_pretrained(folder / "safety_checker")
        CLIPImageProcessorPil(size={"shortest_edge": 8}, crop_size=8).save_pretrained(folder / "feature_extractor")
    edit_json(
        folder / "model_index.json",
        lambda index: index.update(safety_checker=["stable_diffusion", "StableDiffusionSafetyChecker"]),
    )


def rename_to_fp16_variant(folder: Path) -> None:
    """Leave only half-precision files whose names say so."""
    for name in WEIGHT_FILES:
        file = folder / name
        halves = {key: tensor.half() for key, tensor in load_file(file).items()}
        save_file(halves, file.with_suffix(".fp16.safetensors"), metadata={"format": "pt"})
        file.unlink()


def pickle_weights(folder: Path) -> None:
    """Leave only pickles."""
    for name, pickled in WEIGHT_FILES.items():
        torch.save(load_file(folder / name), folder / pickled)
        (folder / name).unlink()


def shard_unet(folder: Path) -> None:
    """Split the UNet's weights over two files with an index."""
    file = folder / "unet/diffusion_pytorch_model.safetensors"
    tensors = load_file(file)
    names = sorted(tensors)
    shards = {"00001-of-00002": names[::2], "00002-of-00002": names[1::2]}
    weight_map: dict[str, str] = {}
    for number, members in shards.items():
        shard = f"diffusion_pytorch_model-{number}.safetensors"
        save_file({name: tensors[name] for name in members}, file.parent / shard, metadata={"format": "pt"})
        weight_map |= dict.fromkeys(members, shard)
    index = {"metadata": {"total_size": file.stat().st_size}, "weight_map": weight_map}
    file.with_suffix(".safetensors.index.json").write_text(json.dumps(index), encoding="utf-8")
    file.unlink()


def edit_json(file: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    edit(data)
    file.write_text(json.dumps(data), encoding="utf-8")


def new_tokenizer(folder: Path) -> CLIPTokenizer:
    """Trained on WORDS; its files are left in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    trained = Tokenizer(BPE(end_of_word_suffix="</w>"))
    trainer = BpeTrainer(
        vocab_size=200,
        special_tokens=["<|startoftext|>", "<|endoftext|>"],
        end_of_word_suffix="</w>",
        show_progress=False,
    )
    trained.train_from_iterator(WORDS.split(), trainer)
    vocabulary, merges = trained.model.save(str(folder))
    return CLIPTokenizer(vocabulary, merges, model_max_length=TOKENS)


def _text_encoder(tokenizer: CLIPTokenizer) -> CLIPTextModel:
    config = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=DIMS,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=TOKENS,
        projection_dim=DIMS,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    return CLIPTextModel(config)


def _vae() -> AutoencoderKL:
    return AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * 3,
        up_block_types=("UpDecoderBlock2D",) * 3,
        block_out_channels=(4, 8, 8),
        norm_num_groups=2,
        latent_channels=4,
        sample_size=4 * SIDE,
    )
