"""What is asked of torch on a GPU, without one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from alienlab.bench import machine, rounds, workload
from alienlab.bench.memory import forget_gpu_peak, gpu_peak_figures, leave_room_for_loop, wait_for
from alienlab.domain.recipe import Precision
from alienlab.engine.device import Device
from alienlab.lab import Lab


@pytest.fixture
def asked(monkeypatch) -> dict[str, object]:
    """A GPU of 80 GiB; what was asked of it, by the function's name."""
    asked: dict[str, object] = {}
    cuda = torch.cuda
    monkeypatch.setattr(cuda, "current_device", lambda: 2)
    monkeypatch.setattr(cuda, "get_device_properties", lambda index: SimpleNamespace(total_memory=80 * 2**30))
    monkeypatch.setattr(
        cuda, "set_per_process_memory_fraction", lambda share, index: asked.update(share=share, index=index)
    )
    monkeypatch.setattr(cuda, "synchronize", lambda device: asked.update(synchronized=device))
    monkeypatch.setattr(cuda, "reset_peak_memory_stats", lambda device: asked.update(forgotten=device))
    monkeypatch.setattr(cuda, "max_memory_allocated", lambda device: 3_500_000_000)
    return asked


@pytest.mark.parametrize(("name", "index"), [("cuda", 2), ("cuda:1", 1)])
def test_the_engine_leaves_room_for_the_loop(asked, name, index) -> None:
    leave_room_for_loop(torch.device(name))
    assert asked == {"share": pytest.approx(0.9), "index": index}


def test_a_small_gpu_is_halved(asked, monkeypatch) -> None:
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda index: SimpleNamespace(total_memory=6 * 2**30))
    leave_room_for_loop(torch.device("cuda:0"))
    assert asked["share"] == 0.5


def test_times_wait_for_the_gpu_and_its_memory_is_told(asked) -> None:
    device = torch.device("cuda:0")
    made = rounds.Rounds(lambda modules: {}, 1)
    made.take(["conv_in", "conv_out"], device)
    assert (asked["synchronized"], len(made.seconds)) == (device, 1)
    forget_gpu_peak(device)
    assert asked["forgotten"] == device
    assert gpu_peak_figures(device) == {"peak_gpu_memory_gb": 3.5}


def test_a_cpu_is_asked_nothing(asked) -> None:
    device = torch.device("cpu")
    for ask in (leave_room_for_loop, forget_gpu_peak, wait_for):
        ask(device)
    assert (asked, gpu_peak_figures(device)) == ({}, {})


def test_its_rate_is_that_of_large_products_in_bf16(random_brain: Path, monkeypatch) -> None:
    timed = []
    monkeypatch.setattr(machine, "_product_rate", lambda *asked: timed.append(asked) or 1e12)
    with Lab(random_brain, device="cpu") as lab:
        on_gpu = SimpleNamespace(info=replace(lab.info, device="cuda:0", precision=Precision.FP16), network=lab.network)
        rate = machine.unet_rate(on_gpu, steps=2, guided=True)
    assert timed == [(torch.bfloat16, torch.device("cuda:0"), 8192)]
    assert rate.ideal_seconds == pytest.approx((rate.convolutions + rate.products) / 1e12)
    assert rounds.loop_precision(on_gpu) is Precision.FP16


def test_its_workloads(random_brain: Path, monkeypatch) -> None:
    monkeypatch.setattr(workload, "find_device", lambda wanted: Device(torch.device("cuda:0"), "a GPU"))
    assert workload.embedded_workload("cuda").engine_images == 128
    large = workload.stable_diffusion_workload(random_brain, "cuda")
    assert (large.rounds, large.loop_images, large.engine_images, large.takes_whole_atlas) == (3, 4, 32, False)
