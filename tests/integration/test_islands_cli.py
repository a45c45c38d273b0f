"""Islands on the command line, also without each part of the brain in turn; in the real brain."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.integration.conftest import Run, refused

FEW = ("--directions", 1, "--steps", 4, "--reach", 1)


def test_the_island_without_each_module(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "each.csv"
    code, out, _ = run("island", "a cat", "--per-module", "conv_out", *FEW, "--json", "--csv", table)
    assert code == 0
    intact, silent = json.loads(out.splitlines()[0])
    assert (intact["name"], intact["change"], intact["lost"]) == ("intact mind", 0.0, False)
    assert (silent["name"], silent["median_ratio"], silent["change"]) == ("conv_out", 0.0, -1.0)
    assert silent["lost"]
    assert silent["edges"] == []
    assert len(intact["edges"]) == 1
    assert out.splitlines()[1] == str(table)
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert [row["name"] for row in rows] == ["intact mind", "conv_out"]
    assert float(rows[0]["median_ratio"]) == pytest.approx(intact["median_ratio"])


def test_a_lost_island_stands_beside_the_intact_one(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "edges.csv"
    lesion = ("--lesion", "conv_out:zero", "--beside-intact")
    code, out, _ = run("island", "a cat", *lesion, *FEW, "--csv", table)
    assert code == 0
    assert "conv_out:zero" in out
    assert "lost" in out
    assert "radius (quartiles)" in out
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert [(row["lesions"], row["direction"]) for row in rows] == [("", "0"), ("conv_out:zero", "")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--per-region", "--per-module", "conv_in"), "Leave out --per-region or --per-module"),
        (("--per-region", "--lesion", "conv_in:zero"), "lesioned alone"),
        (("--per-module", "conv_inn"), "closest are"),
        (("--lesion", "conv_out:zero"), "own centre"),
        (("--concept", "catt"), "Words like it: cat"),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_bad_input_is_one_line(run: Run, words: tuple, said: str) -> None:
    assert said in refused(run("island", "a cat", *words, *FEW))
