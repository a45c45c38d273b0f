from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alienlab.session.log.records import RenderRecord
from alienlab.session.log.store import Session
from tests.fakes.recipes import make_image, make_provenance, make_recipe

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cats"


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    with Session.open(folder) as opened:
        yield opened


@pytest.fixture
def save() -> Callable[..., RenderRecord]:
    """Save a render of ``make_recipe(...)`` with random pixels of ``seed`` into a session."""

    def save_render(session: Session, *lesions: str, seed: int = 7, prompt: str = "a cat", side: int = 16):
        recipe = make_recipe(prompt, *lesions, seed=seed, size=(side, side))
        return session.save(
            recipe,
            make_image(seed, width=side, height=side),
            make_provenance(),
            recipe_id=f"recipe {prompt} {lesions} {seed}",
            computation_id=f"computation {prompt} {lesions} {seed}",
        )

    return save_render


@pytest.fixture
def without_write_access() -> Callable[[Path], contextlib.AbstractContextManager[None]]:
    """Take away the right to write into a folder; as root, become an ordinary user for as long."""
    if sys.platform == "win32":
        pytest.skip("folders cannot be made read-only by mode")

    @contextlib.contextmanager
    def taken(folder: Path) -> Iterator[None]:
        opened_up = [parent for parent in folder.parents if parent.owner() == folder.owner() and parent != Path("/")]
        modes = {path: path.stat().st_mode for path in [*folder.rglob("*"), folder, *opened_up]}
        for path in opened_up:
            path.chmod(modes[path] | 0o011)
        for path in [*folder.rglob("*"), folder]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        is_root = os.geteuid() == 0
        try:
            if is_root:
                os.seteuid(NOBODY)
            yield
        finally:
            if is_root:
                os.seteuid(0)
            for path, mode in modes.items():
                path.chmod(mode)

    return taken
