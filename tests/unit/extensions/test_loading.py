"""Importing a plugin's code: its own, or a sentence."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from alienlab.domain.laboratories.declarations import Code
from alienlab.domain.laboratories.ports import PluginFailed
from alienlab.extensions.loading import load_code


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def code(folder: Path | None, target: str) -> Code:
    return Code("mine", target, folder)


def test_a_function_of_the_folder_is_loaded(folder: Path) -> None:
    (folder / "own_module_1.py").write_text("def twice(x):\n    return 2 * x\n")
    assert load_code(code(folder, "own_module_1:twice"))(4) == 8


def test_an_edited_file_is_imported_anew_and_leaves_no_traces(folder: Path) -> None:
    file, part = folder / "own_module_3.py", folder / "own_part_3.py"
    file.write_text("from own_part_3 import number\n\ndef own():\n    return number\n")
    for number in (1, 2, 3):
        part.write_text(f"number = {number}\n")
        os.utime(part, ns=(number, number))
        assert load_code(code(folder, "own_module_3:own"))() == number
    assert load_code(code(folder, "own_module_3:own")) is load_code(code(folder, "own_module_3:own"))
    assert sorted(folder.iterdir()) == [file, part]


def test_a_library_is_never_replaced_by_a_plugins_module(folder: Path) -> None:
    (folder / "colorsys.py").write_text("def rgb_to_hsv(*_):\n    return 'mine'\n")
    with pytest.raises(PluginFailed, match="another module is called colorsys"):
        load_code(code(folder, "colorsys:rgb_to_hsv"))
    import colorsys  # noqa: PLC0415

    assert colorsys.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = 1 +\n", "SyntaxError: invalid syntax (own_module_2.py, line 1)."),
        ("\nraise OSError('no disk')\n", "OSError: no disk (own_module_2.py, line 2)"),
        ("import no_such_library\n", "ModuleNotFoundError: No module named 'no_such_library'"),
        ("raise SystemExit\n", "SystemExit"),
        ("other = 3\n", "has no function wanted in own_module_2"),
        ("wanted = 3\n", "has no function wanted in own_module_2"),
    ],
)
def test_what_cannot_be_had_is_a_sentence(folder: Path, source: str, said: str) -> None:
    (folder / "own_module_2.py").write_text(source)
    with pytest.raises(PluginFailed) as failed:
        load_code(code(folder, "own_module_2:wanted"))
    assert failed.value.plugin == "mine"
    assert said in str(failed.value)


def test_a_module_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(PluginFailed, match="No module named 'no_such_plugin'"):
        load_code(code(None, "no_such_plugin:f"))
