"""The choice of device and floating-point format."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from alienlab.domain.errors import BrainError
from alienlab.domain.recipe import Precision
from alienlab.engine import precision as precision_module
from alienlab.engine.device import Device, converted, find_device
from alienlab.engine.precision import PrecisionChoice, choose_precision, recall_precision, remember_precision
from alienlab.engine.remembered import Remembered

CPU = Device(torch.device("cpu"), "a processor")


class Clock:
    """Stands in for the clock: every look at it moves it on by what the last forward pass cost."""

    def __init__(self, costs: dict[torch.dtype, float]) -> None:
        self.now, self._costs = 0.0, costs

    def perf_counter(self) -> float:
        return self.now

    def probe(self, network: nn.Module, *, error: float = 0.0) -> torch.Tensor:
        """An output of ones, wrong by ``error`` in half precision."""
        dtype = next(network.parameters()).dtype
        self.now += self._costs[dtype]
        return torch.full((10,), 1.0 + (error if dtype is not torch.float32 else 0.0))


@pytest.mark.parametrize(
    ("seconds", "error", "expected"),
    [
        (0.5, 0.01, Precision.BF16),
        (0.95, 0.01, Precision.FP32),  # hardly faster
        (2.0, 0.01, Precision.FP32),  # slower
        (0.5, 0.2, Precision.FP32),  # fast, but too far off
        (0.5, float("nan"), Precision.FP32),  # fast, but not finite
        (0.5, float("inf"), Precision.FP32),
    ],
)
def test_the_fastest_format_that_is_safe_is_taken(monkeypatch, seconds: float, error: float, expected) -> None:
    clock = Clock({torch.float32: 1.0, torch.bfloat16: seconds})
    monkeypatch.setattr(precision_module, "time", clock)
    choice = choose_precision(nn.Linear(2, 2), CPU, lambda network: clock.probe(network, error=error))
    assert choice.precision is expected
    assert "bf16" in choice.reason


def memory(folder: Path, *, brain: str = "a" * 64, device: Device = CPU) -> Remembered:
    return Remembered(folder / "format.json", brain=brain, device=device)


def test_a_choice_is_remembered_for_its_brain_and_device_alone(tmp_path: Path) -> None:
    choice = PrecisionChoice(Precision.BF16, "Measured.")
    assert recall_precision(memory(tmp_path / "new")) is None
    remember_precision(memory(tmp_path / "new"), choice)
    assert recall_precision(memory(tmp_path / "new")) == choice
    assert recall_precision(memory(tmp_path / "new", brain="b" * 64)) is None
    another = Device(torch.device("cpu"), "another processor")
    assert recall_precision(memory(tmp_path / "new", device=another)) is None


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"key": 3}'])
def test_a_damaged_memory_is_measured_anew(tmp_path: Path, damage: str) -> None:
    (tmp_path / "format.json").write_text(damage, encoding="utf-8")
    assert recall_precision(memory(tmp_path)) is None
    remember_precision(memory(tmp_path), PrecisionChoice(Precision.FP32, ""))
    recalled = recall_precision(memory(tmp_path))
    assert recalled is not None
    assert recalled.precision is Precision.FP32


def test_a_converted_network_is_a_copy_in_one_dtype() -> None:
    network = nn.Sequential(nn.Conv2d(4, 8, 3), nn.GroupNorm(2, 8))
    copied = converted(network, torch.device("cpu"), torch.bfloat16)
    assert {parameter.dtype for parameter in copied.parameters()} == {torch.bfloat16}
    assert {parameter.dtype for parameter in network.parameters()} == {torch.float32}
    assert copied[0].weight.is_contiguous(memory_format=torch.channels_last)


def test_a_device_that_is_not_there_is_refused() -> None:
    with pytest.raises(BrainError, match="'quantum' is not available"):
        find_device("quantum")
    assert find_device("cpu").name
