"""Networks of laboratories: their anatomy, their lesions, and that these are undone."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from alienlab.domain.anatomy import Kind
from alienlab.domain.errors import AlienLabError, EngineDefect
from alienlab.engine.lesions.alteration import random_like
from alienlab.engine.lesions.integrity import weight_hash
from alienlab.extensions.networks import anatomy_of, lesioned


@pytest.fixture
def network() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(6, 4), nn.ReLU(), nn.LayerNorm(4), nn.Sequential(nn.Linear(4, 2)))


def test_any_network_has_an_anatomy_in_a_row(network: nn.Module) -> None:
    anatomy = anatomy_of(network)
    assert anatomy.paths == ("0", "2", "3.0")
    assert [module.kind for module in anatomy] == [Kind.LINEAR, Kind.NORM, Kind.LINEAR]
    assert anatomy.parameters == sum(tensor.numel() for tensor in network.parameters())
    assert [(source, target) for source, target, _ in anatomy.flows] == [("latent", "0"), ("0", "2"), ("2", "3.0")]
    assert anatomy["0"].weights.mean == pytest.approx(float(network[0].weight.detach().mean()), abs=1e-5)


def test_a_unet_of_diffusers_is_read_as_a_brains_is() -> None:
    from alienlab.engine.anatomy.reader import read_anatomy  # noqa: PLC0415 - loads diffusers
    from tests.fakes.tiny_unet import tiny_unet  # noqa: PLC0415

    unet = tiny_unet()
    assert anatomy_of(unet) == read_anatomy(unet)
    assert any(flow == "skip" for _, _, flow in anatomy_of(unet).flows)


def test_lesions_act_within_and_are_undone_bit_for_bit(network: nn.Module) -> None:
    before = weight_hash(network)
    intact = network[0].weight.detach().clone()
    with lesioned(network, ["kind=linear:zero", "2:scale=0.5"]):
        assert not network[0].weight.any() and not network[3][0].bias.any()
        assert (network[2].weight == 0.5).all()
    assert weight_hash(network) == before
    with pytest.raises(ZeroDivisionError), lesioned(network, ["0:randomize@7"]):
        torch.testing.assert_close(network[0].weight, random_like(intact, seed=7, path="0", name="weight"))
        raise ZeroDivisionError
    assert weight_hash(network) == before


def test_a_dose_goes_part_of_the_way(network: nn.Module) -> None:
    intact = network[0].weight.detach().clone()
    with lesioned(network, ["0:zero"], dose=0.25):
        torch.testing.assert_close(network[0].weight, 0.75 * intact)
    with lesioned(network, ["0:zero"], dose=0.0):
        assert torch.equal(network[0].weight, intact)


def test_weights_that_are_changed_within_are_a_defect_and_not_silent(network: nn.Module) -> None:
    with pytest.raises(EngineDefect), lesioned(network, ["0:zero"]), torch.no_grad():
        network[2].weight.add_(1)


@pytest.mark.parametrize("text", ["nowhere:zero", "0:zero;steps=0-5", "0:explode", "zero"])
def test_what_cannot_be_done_is_the_users_to_mend(network: nn.Module, text: str) -> None:
    with pytest.raises(AlienLabError), lesioned(network, [text]):
        pass


def test_no_lesions_change_nothing(network: nn.Module) -> None:
    seen = network(torch.ones(1, 6)).detach().numpy()
    with lesioned(network, []), torch.no_grad():
        np.testing.assert_array_equal(network(torch.ones(1, 6)).numpy(), seen)
