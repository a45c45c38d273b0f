"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from alienlab.training.workplace import Workplace

# A deadline would test the machine.
settings.register_profile("alienlab", deadline=None)
settings.load_profile("alienlab")

# Before anything imports Qt or the hub's client: tests open no window and ask no server.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(scope="session")
def tiny_brain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a brain of 391 tiny modules. Shared by all tests: copy it before changing it."""
    from tests.fakes.tiny_brain import write_tiny_brain  # noqa: PLC0415 - loads torch, which most tests do without

    return write_tiny_brain(tmp_path_factory.mktemp("brains") / "tiny")


@pytest.fixture(scope="session")
def tiny_recogniser(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a tiny CLIP with a vocabulary. Shared by all tests: copy it before changing it."""
    from tests.fakes.tiny_recogniser import write_tiny_recogniser  # noqa: PLC0415 - loads torch

    return write_tiny_recogniser(tmp_path_factory.mktemp("recognisers") / "tiny")


@pytest.fixture(scope="session")
def trained_place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """Where a tiny brain was trained: bank, checkpoints, and the finished ``brain``. Copy it before changing it."""
    from tests.fakes.tiny_training import train_tiny_brain  # noqa: PLC0415 - loads torch

    return train_tiny_brain(tmp_path_factory.mktemp("training"))


@pytest.fixture(scope="session")
def homunculus() -> Path:
    """Folder of the embedded brain."""
    return Path(__file__).parents[1] / "resources/brains/homunculus"
