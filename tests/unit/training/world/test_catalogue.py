"""A world with something missing is refused by name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from alienlab.session.paths import world_folder
from alienlab.training.errors import TrainingError
from alienlab.training.world.catalogue import Catalogue
from alienlab.training.world.held_out import held_out_captions
from alienlab.training.world.sprites import load_sprite, scalp


@pytest.fixture
def small_world(tmp_path: Path) -> Path:
    listed = json.loads((world_folder() / "catalogue.json").read_text(encoding="utf-8"))[:2]
    (tmp_path / "sprites").mkdir()
    (tmp_path / "catalogue.json").write_text(json.dumps(listed))
    for entry in listed:
        shutil.copy(world_folder() / "sprites" / f"{entry['sprite']}.webp", tmp_path / "sprites")
    return tmp_path


def test_a_missing_sprite_is_named(small_world: Path) -> None:
    catalogue = Catalogue(small_world)
    gone = catalogue.sprite_file(next(iter(catalogue)))
    gone.unlink()
    with pytest.raises(TrainingError, match=rf"1 sprites .*{gone.name} \(cat\).*Restore"):
        Catalogue(small_world)


def test_a_missing_catalogue_or_list_of_captions_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"catalogue\.json is missing"):
        Catalogue(tmp_path)
    with pytest.raises(TrainingError, match=r"held_out\.json is missing"):
        held_out_captions(tmp_path)


def test_a_sprite_that_is_no_image_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "1f431.webp"
    broken.write_bytes(b"not an image")
    with pytest.raises(TrainingError, match=r"1f431\.webp cannot be read"):
        load_sprite(broken)


def test_the_scalp_lies_between_the_ears() -> None:
    catalogue = Catalogue(world_folder())
    rabbit, man = (scalp(catalogue.sprite_file(catalogue[name])) for name in ("rabbit", "man"))
    assert 0.2 < rabbit < 0.6, "a rabbit's long ears stand above its scalp"
    assert man < 0.1
