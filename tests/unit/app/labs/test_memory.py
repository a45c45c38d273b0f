"""What laboratories were set to is remembered, whatever has become of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from alienlab.app.labs.memory import LabMemory, Remembered
from tests.fakes.plugin_engine import LABORATORY


def test_what_is_kept_is_there_again(tmp_path: Path):
    memory = LabMemory(tmp_path / "new" / "laboratories.json")
    kept = Remembered(experiment="wall", values={"level": 0.25, "spot": [0.1, 0.2]}, seed=7, is_seed_locked=False)
    memory.keep("a/b", kept)
    memory.folds_guide = True
    memory.save()
    again = LabMemory(tmp_path / "new" / "laboratories.json")
    assert again.get("a/b") == kept
    assert again.folds_guide
    assert again.get("a/c") == Remembered()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"laboratories": 3}',
        '{"laboratories": {"a/b": 3}}',
        '{"laboratories": {"a/b": {"seed": -1, "values": []}}}',
        '{"laboratories": {"a/b": {"seed": "x", "values": {"level": {}}}}}',
        "\0",
    ],
)
def test_a_damaged_file_is_no_matter(tmp_path: Path, text: str):
    (tmp_path / "laboratories.json").write_text(text, encoding="utf-8")
    remembered = LabMemory(tmp_path / "laboratories.json").get("a/b")
    assert remembered.seed == 0
    assert remembered.checked(LABORATORY.parameters)["level"] == 0.5


def test_values_that_do_not_fit_any_more_give_way_to_the_first_ones():
    remembered = Remembered(values={"level": 7.0, "size": 3, "spot": "x", "picture": {"place": 3, "digest": "x"}})
    values = remembered.checked(LABORATORY.parameters)
    assert (values["level"], values["size"], values["spot"], values["picture"]) == (0.5, 3, (0.5, 0.5), None)


def test_a_folder_that_cannot_be_written_to_is_no_matter(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    LabMemory(tmp_path / "file" / "laboratories.json").save()
