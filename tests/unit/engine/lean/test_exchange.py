"""A lean UNet against diffusers' own."""

from __future__ import annotations

import copy
from collections import Counter

import pytest
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL

from alienlab.engine.lean.exchange import make_lean
from alienlab.engine.lesions.integrity import weight_hash
from tests.fakes.tiny_unet import forward, inputs, tiny_unet


def kinds(network: torch.nn.Module) -> Counter[str]:
    return Counter(type(module).__name__ for module in network.modules())


@pytest.mark.parametrize("linear", [False, True])
def test_a_lean_unet_computes_what_diffusers_does(linear) -> None:
    unet = tiny_unet(use_linear_projection=linear)
    lean = copy.deepcopy(unet)
    make_lean(lean)
    torch.testing.assert_close(forward(lean, inputs(2)), forward(unet, inputs(2)), rtol=1e-4, atol=1e-5)
    assert kinds(lean)["LeanTransformer"] == (0 if linear else 16)
    assert kinds(lean)["LeanAttention"] == 32
    assert kinds(lean)["LeanResnet"] == 22
    assert kinds(lean)["LeanBlock"] == kinds(lean)["LeanGatedUnit"] == 16


def test_in_half_precision_it_is_as_near_to_the_truth_as_diffusers_is() -> None:
    unet = tiny_unet()
    truth = forward(unet, inputs(2))
    half = copy.deepcopy(unet).bfloat16()
    lean = copy.deepcopy(half)
    make_lean(lean)
    arguments = inputs(2)
    halved = arguments | {name: arguments[name].bfloat16() for name in ("sample", "encoder_hidden_states")}
    errors = [(forward(network, halved).float() - truth).norm() / truth.norm() for network in (half, lean)]
    assert errors[1] < 1.2 * errors[0]


def test_names_and_weights_stay() -> None:
    unet = tiny_unet()
    lean = copy.deepcopy(unet)
    make_lean(lean)
    assert [path for path, _ in lean.named_modules()] == [path for path, _ in unet.named_modules()]
    assert weight_hash(lean) == weight_hash(unet)


def test_every_module_with_weights_is_still_called() -> None:
    """Lesions act in hooks, so what is lean must not pass a module by."""
    lean = tiny_unet()
    make_lean(lean)
    weighty = {path: module for path, module in lean.named_modules() if module._parameters}
    called: set[str] = set()
    for path, module in weighty.items():
        module.register_forward_hook(lambda *_, path=path: called.add(path))
    forward(lean, inputs(2))
    assert called == weighty.keys()


def test_what_computes_otherwise_keeps_its_class() -> None:
    """The autoencoder's attention normalises and its residual blocks know no time."""
    network = AutoencoderKL(block_out_channels=(8,), norm_num_groups=4)
    make_lean(network)
    assert not {"LeanAttention", "LeanResnet", "LeanTransformer"} & kinds(network).keys()
