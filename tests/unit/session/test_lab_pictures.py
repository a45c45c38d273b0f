"""Pictures of laboratories in a session: kept, read back, found, exported, beside images of a mind."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from alienlab.domain.errors import QueryError
from alienlab.domain.log_query import LogQuery
from alienlab.domain.recipe import LabRecipe
from alienlab.session.bundles.bundle import export_session, import_session
from alienlab.session.bundles.dump import lines
from alienlab.session.log.effects import effects_of
from alienlab.session.log.order import Order, ranks
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.records import RenderRecord
from alienlab.session.log.search import LogSearch
from alienlab.session.log.store import Session
from alienlab.session.png import Stamp, encode_png, read_png, read_size
from alienlab.session.sheets.records import sheet_of
from alienlab.session.sheets.sheet import write_sheet
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.recipes import make_image, make_lab_recipe, make_provenance

CAT = {"digest": "ab" * 32, "place": "/home/me/cat.png"}


def keep(session: Session, recipe: LabRecipe, *, seed: int = 0, size: tuple[int, int] = (24, 16)) -> RenderRecord:
    image = make_image(seed, width=size[0], height=size[1])
    return session.save(recipe, image, make_provenance(), recipe_id=recipe.id(), computation_id=recipe.id())


@pytest.fixture
def mixed(session: Session, save: Callable[..., RenderRecord]) -> Session:
    """1 and 2: a cat, intact and altered; 3 to 5: densities and splits of maps; 6: a grain."""
    save(session)
    save(session, "conv_in:zero")
    keep(session, make_lab_recipe(map="logistic", a=2.9), seed=3)
    keep(session, make_lab_recipe(map="sine", a=3.1, seed=77), seed=4)
    keep(session, make_lab_recipe(experiment="splits", a=3.5), seed=5)
    keep(session, make_lab_recipe("grain", "ripening", image=CAT, is_soft=True), seed=6, size=(40, 20))
    return session


def numbers(session: SessionReader, text: str) -> list[int]:
    return sorted(LogSearch(session).numbers(LogQuery.parse(text)))


def test_a_picture_is_read_back_with_all_that_it_was_run_on(session: Session):
    recipe = make_lab_recipe(image=CAT, a=3.1, lesions=["conv1:zero"], on=True, nothing=None, seed=9, revision=4)
    record = keep(session, recipe)
    read = session.record(record.number)
    assert read is not None
    assert read.recipe == recipe
    assert (read.recipe_id, read.computation_id) == (recipe.id(), recipe.id())
    assert np.array_equal(session.load_image(read), make_image(0, width=24, height=16))
    assert session.find(recipe.id()) == session.find_recipe(recipe) == read
    assert read.size() == read_size(read.file) == (24, 16)


def test_its_file_says_the_same_and_other_tools_can_read_it(session: Session):
    record = keep(session, make_lab_recipe(map="logistic", a=3.1, word='a "cat", a dog'))
    stamped = read_png(record.file)
    assert stamped.recipe == record.recipe
    with Pillow.open(record.file) as picture:
        said = picture.info["parameters"]
    assert said.splitlines()[0].startswith("iterated-maps · density · map logistic · a 3.1")
    assert "Laboratory: alienlab-maps/iterated-maps, Experiment: density, Seed: 0, map: logistic, a: 3.1" in said
    assert r'word: "a \"cat\", a dog"' in said


def test_pictures_without_records_are_adopted(folder: Path):
    with Session.open(folder) as session:
        kept = keep(session, make_lab_recipe(a=3.1))
    (folder / "session.sqlite").unlink()
    with Session.open(folder) as session:
        (adopted,) = session.records()
        assert (adopted.recipe, adopted.recipe_id) == (kept.recipe, kept.recipe_id)
        assert numbers(session, "lab:iterated-maps") == [adopted.number]


def test_a_recipe_of_a_kind_to_come_is_left_out_with_a_warning(mixed: Session, folder: Path, caplog):
    mixed.close()
    connection = sqlite3.connect(folder / "session.sqlite")
    connection.execute("UPDATE renders SET recipe = replace(recipe, '\"lab\"', '\"dream\"') WHERE number = 3")
    connection.execute("UPDATE renders SET recipe = replace(recipe, 'grain', '') WHERE number = 6")
    connection.commit()
    connection.close()
    with SessionReader.open_read_only(folder) as session, caplog.at_level(logging.WARNING):
        assert [record.number for record in session.records()] == [5, 4, 2, 1]
    assert "Record 3" in caplog.text
    assert "dream" in caplog.text


def test_pictures_of_one_experiment_are_beside_each_other(mixed: Session):
    def beside(number: int) -> list[int]:
        record = mixed.record(number)
        assert record is not None
        return [other.number for other in mixed.beside(record, limit=9)]

    assert [beside(number) for number in range(1, 7)] == [[2], [1], [4], [3], [], []]


def test_the_newest_image_of_a_mind_is_not_a_picture_of_a_laboratory(mixed: Session):
    newest = mixed.newest_imagined()
    assert newest is not None
    assert newest.number == 2
    mixed.discard([1, 2])
    assert mixed.newest_imagined() is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("iterated", [3, 4, 5]),
        ("iterated-maps", [3, 4, 5]),
        ("splits", [5]),
        ("logistic", [3]),
        ("3.1", [4]),
        ('"a 3.5"', [5]),
        ("cat.png", [6]),
        ("ab" * 32, [6]),
        ('"is soft on"', [6]),
        ('"seed 77"', [4]),
        ("lab:iterated-maps", [3, 4, 5]),
        ("lab:Iterated-Maps", [3, 4, 5]),
        ("lab:iterated-maps/density", [3, 4]),
        ("lab:alienlab-maps/grain", [6]),
        ("lab:alienlab-maps/iterated-maps/splits", [5]),
        ("lab:*", [3, 4, 5, 6]),
        ("lab:grain lab:*/splits", [5, 6]),
        ("lab:iterated", []),
        ("lab:laboratory", []),
        ("lab:iterated-maps sine", [4]),
        ("prompt:logistic", []),
        ("cat", [1, 2, 6]),
        ("prompt:cat", [1, 2]),
        ("intact", [1]),
        ("op:zero", [2]),
        ("module:conv_in", [2]),
        ("verdict:nothing", []),
    ],
)
def test_pictures_are_found_by_what_they_were_run_on(mixed: Session, text: str, expected: list[int]):
    assert numbers(mixed, text) == expected


def test_a_word_of_a_prompt_makes_no_laboratory(session: Session, save: Callable[..., RenderRecord]):
    save(session, prompt="laboratory alienlab-maps/iterated-maps")
    assert numbers(session, "lab:*") == []
    assert LogSearch(session).laboratories() == ()


def test_the_filter_knows_which_laboratories_there_are(mixed: Session):
    assert LogSearch(mixed).laboratories() == ("grain", "iterated-maps")
    assert str(LogQuery.parse('sine lab:"iterated-maps"')) == "sine lab:iterated-maps"
    with pytest.raises(QueryError, match="such as lab:iterated-maps"):
        LogQuery.parse("lab:")


def test_every_order_holds_pictures_too(mixed: Session):
    for order in Order:
        assert sorted(ranks(mixed, order, falling=True)) == [1, 2, 3, 4, 5, 6]
    by_name = ranks(mixed, Order.PROMPT, falling=False)
    assert sorted(by_name, key=by_name.__getitem__) == [2, 1, 6, 4, 3, 5]
    by_seed = ranks(mixed, Order.SEED, falling=True)
    assert min(by_seed, key=by_seed.__getitem__) == 4


def test_nothing_is_measured_of_pictures(mixed: Session):
    assert effects_of(mixed, range(1, 7)) == {}


def test_a_session_with_pictures_goes_out_and_comes_in_again(mixed: Session, tmp_path: Path):
    export_session(mixed, tmp_path / "out.zip")
    folder = import_session(tmp_path / "out.zip", tmp_path / "other")
    with SessionReader.open_read_only(folder) as back:
        assert [record.recipe for record in back.records()] == [record.recipe for record in mixed.records()]
        assert numbers(back, "lab:grain") == [6]
        record = back.record(6)
        assert record is not None
        assert np.array_equal(back.load_image(record), make_image(6, width=40, height=20))


def test_json_lines_hold_pictures(mixed: Session):
    told = [json.loads(line) for line in lines(mixed, [1, 6])]
    assert [line["recipe"]["kind"] for line in told] == ["diffusion", "lab"]
    assert told[1]["recipe"]["values"] == {"image": CAT, "is_soft": True}
    assert told[1]["verdict"] is None


def test_a_sheet_gathers_the_pictures_of_an_experiment(mixed: Session):
    sheet = sheet_of(mixed, anatomy_of=lambda brain: unet_anatomy())
    told = {section.heading: [cell.caption for cell in section.cells] for section in sheet.sections}
    assert told == {
        "“a cat”": [("intact",), ("conv_in:zero",)],
        "iterated-maps · density": [("map logistic", "a 2.9", "seed 0"), ("map sine", "a 3.1", "seed 77")],
        "Single images": [
            ("iterated-maps · splits", "a 3.5", "seed 0"),
            ("grain · ripening", "image cat.png abababab", "is soft on", "seed 0"),
        ],
    }
    others = sheet_of(mixed, records=[record for record in mixed.records() if record.number in (3, 4, 5)])
    assert [section.heading for section in others.sections] == ["iterated-maps · density", "Single images"]
    strips = [cell.strip is not None for cell in sheet.cells]
    assert strips == [True, True, False, False, False, False]
    assert [(cell.width, cell.height) for cell in sheet.cells][-2:] == [(24, 16), (40, 20)]


@pytest.mark.parametrize("suffix", ["png", "pdf", "html"])
def test_mixed_sheets_can_be_written(mixed: Session, tmp_path: Path, suffix: str):
    write_sheet(sheet_of(mixed, anatomy_of=lambda brain: unet_anatomy()), tmp_path / f"sheet.{suffix}")
    assert (tmp_path / f"sheet.{suffix}").stat().st_size > 1000


def test_a_sheet_of_pictures_alone_speaks_of_no_brain(session: Session):
    for number, a in enumerate((2.9, 3.1, 3.5)):
        keep(session, make_lab_recipe(map="logistic", a=a), seed=number)
    sheet = sheet_of(session, anatomy_of=lambda brain: unet_anatomy())
    assert sheet.common == "iterated-maps · density · map logistic · seed 0"
    assert [cell.caption for cell in sheet.cells] == [("a 2.9",), ("a 3.1",), ("a 3.5",)]
    assert sheet.regions == ()


def test_a_picture_whose_file_is_gone_leaves_room_on_the_sheet(mixed: Session, tmp_path: Path):
    record = mixed.record(6)
    assert record is not None
    record.file.unlink()
    assert record.size_if_known() is None
    write_sheet(sheet_of(mixed), tmp_path / "sheet.png")


def test_hostile_values_are_kept_from_doing_harm(session: Session, folder: Path):
    values = {
        "a": "x" * 10_000,
        "b": {"digest": 5, "place": ["no"]},
        "c": [[[1]]],
        "d\n\0": "e\0f",
        "g": float("1e300"),
    }
    recipe = make_lab_recipe(**values)
    data = encode_png(make_image(1, width=8, height=8), Stamp(recipe=recipe, provenance=make_provenance()))
    (folder / "images" / "000009.png").write_bytes(data)
    session.close()
    with Session.open(folder) as opened:
        (record,) = opened.records()
        assert record.recipe == recipe
        assert numbers(opened, "lab:iterated-maps") == [9]
        write_sheet(sheet_of(opened), folder.parent / "sheet.html")
