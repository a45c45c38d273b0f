"""The bench command: what it refuses. What it measures is tested beside the package."""

from __future__ import annotations

import pytest
import torch

from tests.integration.conftest import refused


@pytest.mark.skipif(torch.cuda.is_available(), reason="needs a machine without a CUDA device")
@pytest.mark.parametrize("more", [(), ("--stable-diffusion",), ("--json",)])
def test_a_gpu_that_is_not_there_is_one_line(run, more) -> None:
    assert "The device 'cuda' is not available here" in refused(run("bench", "atlas", "--device", "cuda", *more))


@pytest.mark.parametrize("options", [("--device", "cpu"), ("--stable-diffusion",)])
def test_only_an_atlas_has_a_choice_of_brain_and_device(run, options) -> None:
    assert "alienlab bench atlas" in refused(run("bench", "app", *options))


def test_subjects_that_cannot_be_measured_are_named(run) -> None:
    assert "app, space, log, labs, atlas" in refused(run("bench", "weather"))
