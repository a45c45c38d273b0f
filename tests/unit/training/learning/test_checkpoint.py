"""Checkpoints are whole or not there, and are never taken for another configuration's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch

from alienlab.training.errors import TrainingError
from alienlab.training.learning import checkpoint as module
from alienlab.training.learning.checkpoint import Checkpoint
from alienlab.training.learning.disk import SPARE, require_room

SHAPE = {"pixels": 64, "vae_channels": [32, 64]}


@pytest.fixture
def saved(tmp_path: Path) -> Checkpoint:
    checkpoint = Checkpoint(tmp_path / "vae.pt", SHAPE)
    checkpoint.save({"step": 1, "weights": torch.arange(3)})
    return checkpoint


def test_what_is_saved_is_loaded(saved: Checkpoint) -> None:
    state = saved.load()
    assert state is not None
    assert state["step"] == 1
    assert torch.equal(state["weights"], torch.arange(3))


def test_there_is_none_before_the_first(tmp_path: Path) -> None:
    assert Checkpoint(tmp_path / "vae.pt", SHAPE).load() is None


def test_another_configuration_is_refused_by_what_differs(saved: Checkpoint) -> None:
    other = Checkpoint(saved.file, {**SHAPE, "pixels": 128})
    with pytest.raises(TrainingError, match="pixels is 64 there and 128 here"):
        other.load()


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", b"PK\x03\x04"])
def test_a_broken_one_is_refused(saved: Checkpoint, content: bytes) -> None:
    saved.file.write_bytes(content)
    with pytest.raises(TrainingError, match=r"vae\.pt cannot be read"):
        saved.load()


def test_a_checkpoint_that_would_run_code_is_refused(saved: Checkpoint) -> None:
    torch.save({"shape": SHAPE, "run": Path}, saved.file)
    with pytest.raises(TrainingError, match="cannot be read"):
        saved.load()


def test_a_full_disk_keeps_the_last_good_one(saved: Checkpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(state: object, part: Path) -> None:
        part.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.torch, "save", fail)
    with pytest.raises(TrainingError, match="No space left on device"):
        saved.save({"step": 2})
    monkeypatch.undo()
    state = saved.load()
    assert state is not None
    assert state["step"] == 1
    assert list(saved.file.parent.iterdir()) == [saved.file]


def test_too_little_room_is_said_before_anything_is_written(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    with pytest.raises(TrainingError, match=r"GB free, and .* GB are needed"):
        require_room(tmp_path, free + SPARE)
    require_room(tmp_path, 1)
