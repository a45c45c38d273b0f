"""A brain of the benchmark's own making, a few channels wide."""

from __future__ import annotations

from pathlib import Path

import pytest

from alienlab.bench.random_brain import NetworkShapes, write_random_brain

TINY = NetworkShapes(
    unet={
        "sample_size": 8,
        "block_out_channels": (8, 16),
        "layers_per_block": 1,
        "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"),
        "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D"),
        "cross_attention_dim": 16,
        "attention_head_dim": 2,
        "norm_num_groups": 4,
    },
    vae={
        "down_block_types": ("DownEncoderBlock2D",) * 2,
        "up_block_types": ("UpDecoderBlock2D",) * 2,
        "block_out_channels": (4, 8),
        "norm_num_groups": 2,
        "latent_channels": 4,
        "sample_size": 16,
    },
    text={
        "hidden_size": 16,
        "intermediate_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "max_position_embeddings": 20,
    },
)


@pytest.fixture(scope="session")
def random_brain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_random_brain(tmp_path_factory.mktemp("brains") / "random", TINY)


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """One for all: what is measured once for a brain is measured once."""
    monkeypatch.setenv("ALIENLAB_HOME", str(tmp_path_factory.getbasetemp() / "bench-home"))
