"""What plugins make of weights in the engine, against what their operations say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from alienlab.domain.laboratories.equipment import Equipment
from alienlab.domain.laboratories.ports import PluginFailed
from alienlab.domain.laboratories.shelf import PluginError
from alienlab.domain.lesions import LesionSpec
from alienlab.engine.lesions.alteration import altered_parameters
from alienlab.engine.offered import AtWork, Offered
from alienlab.extensions.loading import called
from tests.fakes.offering import equipment

INTACT = {"weight": torch.arange(12.0).reshape(3, 4), "bias": torch.tensor([1.0, 2.0, 3.0])}


@pytest.fixture
def offered() -> Offered:
    made = Offered(called)
    made.equip(equipment("every_offer", "bad_offers"))
    return made


@pytest.fixture
def alter(offered: Offered) -> Callable[..., dict[str, torch.Tensor]]:
    def altered(*operations: str, path: str = "conv") -> dict[str, torch.Tensor]:
        chain = [LesionSpec.parse(f"*:{operation}").treatment for operation in operations]
        return altered_parameters(path, INTACT, chain, alter=offered.alter)

    return altered


def test_the_amount_is_given_and_the_default_where_it_is_left_out(alter) -> None:
    half = alter("every-offer/reverse")
    assert torch.equal(half["weight"], torch.full((3, 4), 5.5)), "half of the weights, half of them reversed"
    assert torch.equal(alter("every-offer/reverse=1")["bias"], torch.tensor([3.0, 2.0, 1.0]))
    assert torch.equal(alter("every-offer/reverse=0")["weight"], INTACT["weight"])


def test_it_acts_on_what_the_operations_before_it_have_made(alter) -> None:
    made = alter("scale=2", "every-offer/reverse=1", "scale=0.5;weights")
    assert torch.equal(made["weight"], INTACT["weight"].flip(0, 1))
    assert torch.equal(made["bias"], torch.tensor([6.0, 4.0, 2.0]))


def test_a_seed_decides_what_is_drawn_for_each_tensor(alter) -> None:
    one, again, other = alter("every-offer/shuffle@1"), alter("every-offer/shuffle@1"), alter("every-offer/shuffle@2")
    assert torch.equal(one["weight"], again["weight"])
    assert not torch.equal(one["weight"], other["weight"])
    assert sorted(one["weight"].flatten().tolist()) == list(range(12))
    assert not torch.equal(one["weight"], alter("every-offer/shuffle@1", path="elsewhere")["weight"])


def test_weights_in_half_precision_are_altered_in_fp32(offered: Offered) -> None:
    intact = {"weight": INTACT["weight"].to(torch.bfloat16)}
    chain = [LesionSpec.parse("*:every-offer/reverse=0.5").treatment]
    assert altered_parameters("a", intact, chain, alter=offered.alter)["weight"].dtype is torch.bfloat16


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        ("raises", "ValueError: the weights are heavy .*line"),
        ("shape", r"shape \[1\] for some of the shape \[3, 4\]"),
        ("nan", "not finite"),
        ("nothing", "a NoneType where an array of numbers"),
    ],
)
def test_what_fails_is_named_and_left_alone(alter, offered: Offered, operation: str, said: str) -> None:
    before = INTACT["weight"].clone()
    with pytest.raises(PluginFailed, match=f"bad-offers.*{said}") as failed:
        alter(f"bad-offers/{operation}")
    assert failed.value.plugin == "bad-offers"
    assert torch.equal(INTACT["weight"], before)
    assert [one.plugin for one in offered.take_failures()] == ["bad-offers"]
    with pytest.raises(PluginError, match="bad-offers"):
        offered.check([LesionSpec.parse("*:bad-offers/nan")])
    offered.check([LesionSpec.parse("*:every-offer/shuffle")])
    offered.equip(equipment("bad_offers"))
    offered.check([LesionSpec.parse("*:bad-offers/nan")])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("*:every-offer/melt", "offers no operation 'melt'. Known are every-offer/reverse, every-offer/shuffle"),
        ("*:no-plugin/melt", "needs the plugin no-plugin, which is not here or is switched off"),
        ("*:every-offer/reverse=1.5", "out of range. Take one from 0 to 1"),
        ("*:every-offer/reverse@4", "takes no seed. Leave out @4"),
        ("*:every-offer/shuffle=0.5", "takes no amount. Leave out =0.5"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_computed(offered: Offered, text: str, said: str) -> None:
    with pytest.raises(PluginError) as error:
        offered.check([LesionSpec.parse(text)])
    assert said in str(error.value)


def test_it_is_told_which_plugin_computes() -> None:
    told: list[AtWork] = []
    offered = Offered(called, tell=told.append)
    offered.equip(equipment())
    treatment = LesionSpec.parse("*:every-offer/reverse=1").treatment
    offered.alter(treatment, np.zeros(3, np.float32), np.random.default_rng(0))
    assert told == [AtWork("every-offer"), AtWork("")]


def test_without_plugins_the_operation_is_refused() -> None:
    with pytest.raises(PluginError, match="cannot be used here"):
        altered_parameters("a", INTACT, [LesionSpec.parse("*:every-offer/shuffle").treatment])
    assert Equipment().recogniser("every-offer/brightness") is None
