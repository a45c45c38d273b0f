import json

import pytest

from alienlab.domain.anatomy import Anatomy, Flow, Kind, Module, Role, Stage, WeightStatistics
from alienlab.session.brains.anatomy_cache import load_anatomy, save_anatomy


def make_anatomy(name: str = "conv_in") -> Anatomy:
    module = Module(
        path=name,
        kind=Kind.CONV,
        role=Role.INPUT,
        stage=Stage.ENCODER,
        level=0,
        order=0,
        depth=0,
        shapes={"weight": (4, 4, 3, 3), "bias": (4,)},
        weights=WeightStatistics(0.0, 1.0, -3.0, 3.0, (1,) * 32),
    )
    return Anatomy((module,), (("latent", name, Flow.DIRECT),))


@pytest.fixture
def brain(tmp_path):
    folder = tmp_path / "brain"
    (folder / "unet").mkdir(parents=True)
    (folder / "unet" / "config.json").write_text("{}")
    (folder / "unet" / "weights.safetensors").write_bytes(b"1234")
    return folder


def test_an_anatomy_is_remembered_for_its_brain(tmp_path, brain):
    assert load_anatomy(brain, tmp_path / "cache") is None
    save_anatomy(make_anatomy(), brain, tmp_path / "cache")
    assert load_anatomy(brain, tmp_path / "cache") == make_anatomy()


@pytest.mark.parametrize("change", ["config", "size", "another file"])
def test_another_brain_in_its_place_is_not_taken_for_it(tmp_path, brain, change):
    save_anatomy(make_anatomy(), brain, tmp_path / "cache")
    if change == "config":
        (brain / "unet" / "config.json").write_text('{"a": 1}')
    elif change == "size":
        (brain / "unet" / "weights.safetensors").write_bytes(b"12345")
    else:
        (brain / "unet" / "weights.bin").write_bytes(b"")
    assert load_anatomy(brain, tmp_path / "cache") is None


def test_the_folders_own_anatomy_comes_first(tmp_path, brain):
    save_anatomy(make_anatomy("cached"), brain, tmp_path / "cache")
    (brain / "anatomy.json").write_text(json.dumps(make_anatomy("own").to_json()))
    assert load_anatomy(brain, tmp_path / "cache") == make_anatomy("own")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"version": 99}', '{"version": 1, "modules": 3}', "[" * 99_999, "7"]
)
def test_a_broken_one_counts_as_none(tmp_path, brain, content):
    save_anatomy(make_anatomy(), brain, tmp_path / "cache")
    for file in (tmp_path / "cache").rglob("*.json"):
        file.write_text(content)
    assert load_anatomy(brain, tmp_path / "cache") is None
    (brain / "anatomy.json").write_text(content)
    assert load_anatomy(brain, tmp_path / "cache") is None


def test_a_brain_of_one_file_and_none_at_all(tmp_path):
    file = tmp_path / "brain.safetensors"
    file.write_bytes(b"1234")
    save_anatomy(make_anatomy(), file, tmp_path / "cache")
    assert load_anatomy(file, tmp_path / "cache") == make_anatomy()
    save_anatomy(make_anatomy(), tmp_path / "nowhere", tmp_path / "cache")
    assert load_anatomy(tmp_path / "nowhere", tmp_path / "cache") is None


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path, brain):
    (tmp_path / "cache").write_bytes(b"a file")
    save_anatomy(make_anatomy(), brain, tmp_path / "cache")
    assert load_anatomy(brain, tmp_path / "cache") is None
