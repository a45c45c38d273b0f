"""Previews, on a decoder whose answer is known."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from alienlab.engine.preview import LatentPreview

MIX = torch.tensor([[0.10, -0.05, 0.02], [0.03, 0.12, -0.04], [-0.06, 0.02, 0.09], [0.04, 0.04, 0.04]])
OFFSET = torch.tensor([0.1, -0.1, 0.05])


class LinearDecoder(torch.nn.Module):
    """Decodes every latent pixel to a block of 4 × 4 pixels of one colour: a linear map of its channels."""

    config = SimpleNamespace(latent_channels=4, scaling_factor=0.5)

    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(1))
        self.calls = 0

    def decode(self, latents: torch.Tensor) -> SimpleNamespace:
        self.calls += 1
        colours = torch.einsum("bchw,ck->bkhw", latents * self.config.scaling_factor, MIX) + OFFSET.view(1, 3, 1, 1)
        return SimpleNamespace(sample=colours.repeat_interleave(4, 2).repeat_interleave(4, 3))


def test_the_fit_recovers_a_linear_decoder(tmp_path) -> None:
    preview = LatentPreview.of(LinearDecoder(), brain="a" * 64, cache=tmp_path)
    latent = torch.randn(4, 5, 7, generator=torch.Generator().manual_seed(3))
    latent /= latent.std()
    expected = (torch.einsum("chw,ck->hwk", latent, MIX) + OFFSET) / 2 + 0.5
    assert np.abs(preview.picture(latent).astype(float) - 255 * expected.numpy()).max() <= 1.0


def test_the_fit_is_kept_for_its_brain(tmp_path) -> None:
    decoder = LinearDecoder()
    for brain in ("a" * 64, "a" * 64, "b" * 64):
        LatentPreview.of(decoder, brain=brain, cache=tmp_path)
    assert decoder.calls == 2


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e30])
def test_any_latent_has_a_picture(tmp_path, value: float) -> None:
    picture = LatentPreview.of(LinearDecoder(), brain="a" * 64, cache=tmp_path).picture(torch.full((4, 2, 3), value))
    assert (picture.shape, picture.dtype) == ((2, 3, 3), np.uint8)
