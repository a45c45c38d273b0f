"""How the pace of batch classes is measured, remembered and chosen from."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from alienlab.domain.brain import Pace
from alienlab.engine import pace as pace_module
from alienlab.engine.device import Device
from alienlab.engine.pace import measure_paces, recall_paces, remember_paces
from alienlab.engine.remembered import Remembered
from tests.fakes.fake_engine import brain_info

CPU = Device(torch.device("cpu"), "a processor")


class Clock:
    """Moves on by what a step is said to cost."""

    def __init__(self, costs: dict[int, float]) -> None:
        self.now, self.costs, self.steps = 0.0, costs, []

    def perf_counter(self) -> float:
        return self.now

    def step(self, batch_class: int) -> None:
        self.steps.append(batch_class)
        if self.costs[batch_class] < 0:
            raise RuntimeError("out of memory")
        self.now += self.costs[batch_class]


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ({1: 0.1, 8: 0.4, 32: 1.28}, [(1, 0.1), (8, 0.05), (32, 0.04)]),
        ({1: 0.1, 8: 0.4, 32: -1.0}, [(1, 0.1), (8, 0.05)]),  # does not fit
        ({1: 5.0, 8: 40.0, 32: 160.0}, [(1, 5.0)]),  # takes too long to try
    ],
)
def test_classes_are_tried_as_long_as_they_are_quick_and_fit(monkeypatch, costs, expected) -> None:
    clock = Clock(costs)
    monkeypatch.setattr(pace_module, "time", clock)
    found = measure_paces(clock.step, (1, 8, 32))
    assert [(pace.batch_class, pytest.approx(pace.seconds)) for pace in found] == expected


def test_another_defect_is_not_taken_for_a_full_memory() -> None:
    def broken(batch_class: int) -> None:
        raise RuntimeError("shapes do not match")

    with pytest.raises(RuntimeError, match="shapes"):
        measure_paces(broken, (1, 8))


def test_paces_are_remembered(tmp_path: Path) -> None:
    memory = Remembered(tmp_path / "pace.json", brain="a" * 64, device=CPU)
    assert recall_paces(memory) == ()
    paces = (Pace(1, 0.5), Pace(8, 0.25))
    remember_paces(memory, paces)
    assert recall_paces(memory) == paces
    (tmp_path / "pace.json").write_text('{"x": {"paces": 3}}', encoding="utf-8")
    assert recall_paces(memory) == ()


def test_a_larger_class_is_taken_only_where_it_is_worth_it() -> None:
    assert brain_info(paces=(Pace(1, 1.0), Pace(8, 0.5), Pace(32, 0.49))).pace.batch_class == 8
    assert brain_info(paces=(Pace(1, 1.0), Pace(8, 0.5), Pace(32, 0.4))).pace.batch_class == 32
    assert brain_info(paces=()).pace.batch_class == 1
