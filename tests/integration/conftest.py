"""The command line, run in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from alienlab import cli

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch, capsys, tmp_path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs ``alienlab ARGUMENTS`` in this process: exit code, standard output, standard error."""
    home, measured_once = tmp_path / "home", tmp_path_factory.getbasetemp() / "measured-once"
    measured_once.mkdir(exist_ok=True)
    home.mkdir()
    (home / "cache").symlink_to(measured_once, target_is_directory=True)
    monkeypatch.setenv("ALIENLAB_HOME", str(home))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["alienlab", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out.strip(), said.err.strip()

    return call


def refused(result: tuple[int, str, str]) -> str:
    """The one line of an error with exit code 2."""
    code, out, err = result
    assert code == 2, (out, err)
    assert out == ""
    assert len(err.splitlines()) == 1, err
    return err
