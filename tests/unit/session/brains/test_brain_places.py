from pathlib import Path

import pytest

from alienlab.session.brains.places import BrainPlaces


def test_places_are_known_while_they_are_there(tmp_path: Path):
    places, folder = BrainPlaces(tmp_path / "cache"), tmp_path / "brain"
    assert places.location("a") is None
    folder.mkdir()
    places.remember("a", str(folder))
    places.remember("b", "somebody/hub-id")
    assert BrainPlaces(tmp_path / "cache").location("a") == str(folder)
    assert places.location("b") == "somebody/hub-id"
    folder.rmdir()
    assert places.location("a") is None


@pytest.mark.parametrize("text", ["", "[1]", "[" * 100_000, '{"a": 7}', "\x00"])
def test_what_is_broken_counts_as_not_known(tmp_path: Path, text: str):
    places = BrainPlaces(tmp_path)
    (tmp_path / "brain-places.json").write_text(text)
    assert places.location("a") is None
    places.remember("a", "somebody/hub-id")
    assert places.location("a") == "somebody/hub-id"
