"""``alienlab session``: sessions come, go and are told of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alienlab.session.log.labels import Label, LabelLog
from alienlab.session.log.store import Session
from alienlab.session.paths import session_folder
from tests.fakes.recipes import make_image, make_provenance, make_recipe
from tests.integration.conftest import refused


@pytest.fixture
def cats(run) -> Path:
    """A session of three renders: one with a star, one in the bin."""
    with Session.open(session_folder("cats")) as session:
        for seed in range(3):
            recipe = make_recipe(f"a cat of seed {seed}", seed=seed)
            session.save(recipe, make_image(seed), make_provenance(), recipe_id="", computation_id=f"c{seed}")
        LabelLog(session).keep(1, Label(star=True, tags=("good",)))
        session.discard([3])
        return session.folder


def facts(run, session: str) -> dict[str, str]:
    code, out, _ = run("session", "info", session)
    assert code == 0
    return dict(line.split("\t") for line in out.splitlines())


def test_list_and_info(run, cats: Path):
    (cats.parent / "broken").mkdir()
    (cats.parent / "broken" / "session.sqlite").write_bytes(b"not a database at all" * 100)
    code, out, err = run("session", "list")
    assert (code, err) == (0, "")
    broken, listed = out.splitlines()
    assert broken.startswith("broken\tcannot be read: ")
    assert listed.startswith("cats\t2 renders\t20")
    told = facts(run, "cats")
    assert (told["renders"], told["in the bin"], told["labelled"], told["sweeps"]) == ("2", "1", "1", "0")
    assert told["brains"] == "ab" * 5
    assert float(told["size"].removesuffix(" MB")) > 0


def test_a_session_goes_and_comes_back(run, cats: Path, tmp_path: Path):
    assert run("session", "export", "cats", "-o", "cats.zip") == (0, "cats.zip", "")
    code, out, _ = run("session", "import", "cats.zip")
    assert (code, Path(out)) == (0, cats.parent / "cats 2")
    code, out, _ = run("session", "import", "cats.zip", "--to", "deep/other")
    assert (code, Path(out)) == (0, tmp_path / "deep" / "other")
    assert facts(run, "deep/other")["renders"] == "2"
    assert "is there already" in refused(run("session", "import", "cats.zip", "--to", "deep/other"))


def test_dump_of_all_and_of_some(run, cats: Path, tmp_path: Path):
    code, out, _ = run("session", "dump", "cats", "-o", "-")
    assert code == 0
    assert [json.loads(line)["number"] for line in out.splitlines()] == [1, 2, 3]
    assert run("session", "dump", "cats", "-o", "some.jsonl", "--filter", "tag:good is:starred") == (
        0,
        "some.jsonl",
        "",
    )
    assert [json.loads(line)["number"] for line in (tmp_path / "some.jsonl").read_text().splitlines()] == [1]
    code, out, _ = run("session", "dump", "cats", "-o", "-", "--filter", "in:bin")
    assert [json.loads(line)["binned"] for line in out.splitlines()] == [True]


def test_the_bin_is_emptied(run, cats: Path):
    assert run("session", "empty-bin", "cats") == (0, "1 render deleted", "")
    assert run("session", "empty-bin", "cats") == (0, "0 renders deleted", "")
    assert sorted(file.name for file in (cats / "images").iterdir()) == ["000001.png", "000002.png"]


def test_what_cannot_be_done_is_said_in_one_line(run, cats: Path, tmp_path: Path):
    (tmp_path / "notes.zip").write_bytes(b"no archive")
    assert "There is no session in" in refused(run("session", "info", "nowhere"))
    assert "There is no session in" in refused(run("session", "export", "nowhere", "-o", "x.zip"))
    assert "There is no session in" in refused(run("session", "dump", "nowhere", "-o", "-"))
    assert "There is no session in" in refused(run("session", "empty-bin", "nowhere"))
    assert "There is no archive" in refused(run("session", "import", "gone.zip"))
    assert "is damaged" in refused(run("session", "import", "notes.zip"))
    assert "sounds:" in refused(run("session", "dump", "cats", "-o", "-", "--filter", "sounds:loud"))
    with Session.open(cats):
        assert "open in another window" in refused(run("session", "empty-bin", "cats"))
        assert run("session", "export", "cats", "-o", "cats.zip")[0] == 0
    assert not (cats.parent / "nowhere").exists()


def test_without_sessions_the_list_is_empty(run):
    assert run("session", "list") == (0, "", "")
