from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from safetensors.torch import load_file
from transformers import CLIPTextConfig

from alienlab.bench.random_brain import STABLE_DIFFUSION, write_random_brain
from alienlab.engine.brains.components import build_on_meta
from alienlab.lab import Lab
from tests.unit.bench.conftest import TINY

UNET_FILE = "unet/diffusion_pytorch_model.safetensors"


def test_it_opens_and_renders(random_brain: Path) -> None:
    with Lab(random_brain, device="cpu") as lab:
        assert (lab.info.width, lab.info.height) == (16, 16)
        assert (lab.info.tokens, lab.info.dims) == (20, 16)
        intact, altered = (lab.render("a cat", steps=2, lesions=text).image for text in ((), "conv_in:zero"))
    assert intact.size == (16, 16)
    assert np.ptp(np.asarray(intact)) > 10
    assert not np.array_equal(np.asarray(intact), np.asarray(altered))


def test_weights_are_in_half_precision_and_hang_on_the_seed(random_brain: Path, tmp_path: Path) -> None:
    first = load_file(random_brain / UNET_FILE)
    assert {tensor.dtype for tensor in first.values()} == {torch.float16}
    for seed, is_same in ((0, True), (1, False)):
        again = load_file(write_random_brain(tmp_path / str(seed), TINY, seed=seed) / UNET_FILE)
        assert all(torch.equal(tensor, again[name]) for name, tensor in first.items()) == is_same


def test_drawing_weights_leaves_the_callers_random_numbers_alone(tmp_path: Path) -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    write_random_brain(tmp_path / "brain", TINY)
    assert torch.equal(torch.rand(3), expected)


def test_stable_diffusion_has_the_numbers_of_version_1_5() -> None:
    unet = build_on_meta(UNet2DConditionModel, STABLE_DIFFUSION.unet)
    vae = build_on_meta(AutoencoderKL, STABLE_DIFFUSION.vae)
    assert sum(parameter.numel() for parameter in unet.parameters()) == 859_520_964
    assert sum(parameter.numel() for parameter in vae.parameters()) == 83_653_863
    text = CLIPTextConfig(**STABLE_DIFFUSION.text)
    assert text.hidden_size == unet.config["cross_attention_dim"]
    assert text.hidden_act == "quick_gelu"
