"""The figures of the essay, made by the command with a tiny brain."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from alienlab.cli import opening
from alienlab.figures import FIGURES, Studio, Subject, figure_of
from alienlab.lab import Lab
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.store import Session
from alienlab.session.sheets.sheet import write_sheet
from tests.integration.conftest import refused

NO_EXPERIMENTS: Any = None
"""Figures of brains ask for none."""


@pytest.fixture
def minds(tiny_brain: Path, tiny_recogniser: Path) -> tuple[str | Path, ...]:
    return "--brain", tiny_brain, "--recogniser", tiny_recogniser, "--dtype", "fp32", "--device", "cpu", "--quick"


def test_a_figure_is_made_by_one_command(run, minds, tmp_path) -> None:
    chosen = ("--prompt", "a dog", "--seed", 3, "--session", "mine")
    assert run("figure", "g1", *minds, *chosen, "-o", "dog.png")[:2] == (0, "dog.png")
    with Image.open(tmp_path / "dog.png") as picture:
        assert picture.width > 300
    with SessionReader.open_read_only(opening.folder_of_session("mine")) as session:
        (record,) = session.records()
    assert (str(record.recipe.prompt), record.recipe.seed, record.recipe.lesions) == ("a dog", 3, ())
    assert record.provenance.recognition is not None


def test_what_is_wrong_is_said_before_the_brain_is_opened(run) -> None:
    assert "G1, G2" in refused(run("figure", "Z9", "-o", "x.png"))
    assert "-o M5.png" in refused(run("figure", "M5"))
    assert ".png" in refused(run("figure", "M5", "-o", "x.gif"))
    assert "folder" in refused(run("figure", "all"))


def test_the_list_names_every_figure(run) -> None:
    code, out, _ = run("figure", "list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == [figure.id for figure in FIGURES]


@pytest.fixture(scope="module")
def studio(tiny_brain: Path, tiny_recogniser: Path, tmp_path_factory):
    home = tmp_path_factory.mktemp("studio")
    with (
        pytest.MonkeyPatch.context() as patch,
        Session.open(home / "session") as session,
    ):
        patch.setenv("ALIENLAB_HOME", str(home))
        with Lab(tiny_brain, device="cpu", precision="fp32", recogniser=tiny_recogniser) as lab:
            yield Studio(lab, session, Subject(is_quick=True), experiments=NO_EXPERIMENTS)


def test_silenced_modules_stand_in_order_with_their_effect_and_place(studio) -> None:
    sheet = figure_of("M1").sheet(studio)
    assert sheet.title.startswith("M1")
    assert all(cell.value is not None and cell.strip for cell in sheet.cells)
    starts = [cell.strip[0].start for cell in sheet.cells]
    assert starts == sorted(starts)
    assert starts[0] == 0.0
    assert sheet.scale is not None

    before = len(studio.session.numbers())
    for other in ("M2", "M3", "M4"):
        figure_of(other).sheet(studio)
    assert len(studio.session.numbers()) == before


def test_a_grid_of_distance_and_dose_has_a_label_for_each_row_and_column(studio) -> None:
    sheet = figure_of("R1").sheet(studio)
    (section,) = sheet.sections
    assert section.axes is not None
    assert len(section.axes.columns) == sheet.columns
    assert len(section.axes.columns) * len(section.axes.rows) == len(section.cells)


def test_a_line_is_taken_with_two_noises_and_rendered_once(studio, tmp_path) -> None:
    write_sheet(figure_of("C1").sheet(studio), tmp_path / "line.png")
    numbers = studio.session.numbers()
    drawn = studio.session.records(limit=8)
    assert {record.recipe.seed for record in drawn} == {7, 8}
    assert {str(record.recipe.prompt) for record in drawn} >= {"a dog", "a cat"}
    write_sheet(figure_of("C1").sheet(studio), tmp_path / "line.pdf")
    assert studio.session.numbers() == numbers
    assert (tmp_path / "line.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_all_figures_make_a_gallery(run, minds, tmp_path) -> None:
    code, out, err = run("figure", "all", *minds, "-o", "gallery")
    assert code == 0
    page = Path(out).read_text(encoding="utf-8")
    troubled = re.findall(r"alienlab: (\w+) could not be made", err)
    assert set(troubled) <= {"C7"}  # nothing that a tiny brain imagines is recognised
    for figure in FIGURES:
        assert f'id="{figure.id}"' in page
        assert figure.id in troubled or (tmp_path / "gallery" / f"{figure.id}.png").is_file()
