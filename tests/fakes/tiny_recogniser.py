"""A tiny seeded CLIP in a folder, with or without words of its own."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from transformers import CLIPConfig, CLIPImageProcessorPil, CLIPModel

from alienlab.engine.brains.quiet import quiet_libraries
from tests.fakes.tiny_brain import TOKENS, new_tokenizer

DIMS, SIDE = 8, 16
"""Of its embeddings, and of the images that it sees."""

VOCABULARY = {
    "subjects": ["cat", "dog", "robot", "nothing I know"],
    "attributes": ["party hat", "red", "no attribute"],
    "backgrounds": ["blue", "party"],
    "nothing": "nothing I know",
}


def write_tiny_recogniser(folder: Path, *, vocabulary: object = VOCABULARY, seed: int = 0) -> Path:
    """Write a CLIP with random weights; without ``vocabulary.json`` where ``vocabulary`` is None."""
    folder.mkdir(parents=True, exist_ok=True)
    with quiet_libraries(), torch.random.fork_rng():
        torch.manual_seed(seed)
        tokenizer = new_tokenizer(folder)
        _model(len(tokenizer), tokenizer.bos_token_id, tokenizer.eos_token_id).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        processor = CLIPImageProcessorPil(size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE})
        processor.save_pretrained(folder)
    if vocabulary is not None:
        (folder / "vocabulary.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    return folder


def _model(words: int, start: int | None, end: int | None) -> CLIPModel:
    small = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    tokens = {"vocab_size": words, "max_position_embeddings": TOKENS, "bos_token_id": start, "eos_token_id": end}
    return CLIPModel(
        CLIPConfig(
            text_config={**small, **tokens, "pad_token_id": end, "projection_dim": DIMS},
            vision_config={**small, "image_size": SIDE, "patch_size": 8, "projection_dim": DIMS},
            projection_dim=DIMS,
        )
    )
