import json
from dataclasses import replace
from pathlib import Path

import pytest

from alienlab.domain.effects import Effect, Measures, Yardsticks
from alienlab.domain.errors import StoppedByUser
from alienlab.domain.sweeps import kinds
from alienlab.domain.sweeps.sweep import Sweep
from alienlab.session.bundles.dump import dump_session, every_number, lines
from alienlab.session.log.labels import Label, LabelLog
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepLog
from tests.fakes.recipes import make_image, make_provenance, make_recipe

SAME = Measures(perceptual=0.0, ssim=1.0, pixel=0.0, latent_cosine=1.0, noise=0.25, flatness=0.25)
FAR = replace(SAME, perceptual=0.75, ssim=0.125)
YARDSTICKS = Yardsticks(
    floor_perceptual=0.01, floor_structural=0.01, spread_perceptual=0.5, spread_structural=0.5, seeds=4
)


@pytest.fixture
def session(tmp_path: Path):
    """An intact render, a labelled and measured one that belongs to a sweep, and one in the bin."""
    with Session.open(tmp_path / "session") as session:
        for key, lesions in (("intact", ()), ("altered", ("mid_block.*:zero",)), ("binned", ("conv_in:zero",))):
            recipe = make_recipe("ein Kätzchen", *lesions)
            session.save(recipe, make_image(), make_provenance("a note"), recipe_id=f"r-{key}", computation_id=key)
        LabelLog(session).keep(2, Label(star=True, name="No middle", tags=("good", "odd"), notes='a "quote"\nand more'))
        log = SweepLog(session)
        log.add(Sweep(id="s1", title="Two", base=make_recipe(), axes=(kinds.seeds(range(2)),)), keys=("x", "altered"))
        log.keep_measures("intact", {"intact": SAME, "altered": FAR})
        log.keep_yardsticks("intact", YARDSTICKS)
        session.discard([3])
        yield session


def entries(session: SessionReader) -> list[dict]:
    return [json.loads(line) for line in lines(session, every_number(session))]


def test_everything_that_is_known_is_told(session: Session):
    intact, altered, binned = entries(session)
    record = session.record(2)
    assert record is not None
    assert altered["number"] == 2
    assert altered["created"] == record.created.isoformat()
    assert altered["created"].endswith("+00:00")
    assert (altered["file"], altered["missing"]) == ("images/000002.png", False)
    assert (altered["recipe_id"], altered["computation_id"]) == ("r-altered", "altered")
    assert altered["recipe"] == record.recipe.to_json()
    assert altered["provenance"] == record.provenance.to_json()
    assert altered["label"] == {
        "star": True,
        "name": "No middle",
        "tags": ["good", "odd"],
        "notes": 'a "quote"\nand more',
    }
    assert altered["sweeps"] == [{"id": "s1", "title": "Two"}]
    assert altered["measures"] == FAR.to_json()
    assert altered["spreads"] == 1.5
    assert altered["verdict"] == str(Effect(FAR, SAME, YARDSTICKS).verdict) == "another image"
    assert (intact["label"]["star"], intact["sweeps"], intact["measures"], intact["verdict"]) == (False, [], None, None)
    assert [entry["binned"] for entry in (intact, altered, binned)] == [False, False, True]


def test_the_keys_come_in_one_order(session: Session):
    keys = {tuple(entry) for entry in entries(session)}
    assert keys == {
        (
            *("version", "number", "created", "file", "missing", "binned", "recipe_id", "computation_id", "label"),
            *("sweeps", "recipe", "provenance", "measures", "spreads", "verdict"),
        )
    }


def test_the_file_has_a_line_for_each_render(session: Session, tmp_path: Path):
    path = tmp_path / "out" / "session.jsonl"
    steps: list[tuple[int, int]] = []
    dump_session(session, path, progress=lambda done, total: steps.append((done, total)))
    text = path.read_text(encoding="utf-8")
    assert text.splitlines() == list(lines(session, [1, 2, 3]))
    assert "Kätzchen" in text
    assert steps == [(1, 3), (2, 3), (3, 3)]
    dump_session(session, path, numbers=[2])
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1


def test_cancelling_leaves_the_file_as_it_was(session: Session, tmp_path: Path):
    path = tmp_path / "session.jsonl"
    path.write_text("before")
    with pytest.raises(StoppedByUser):
        dump_session(session, path, is_cancelled=lambda: True)
    assert path.read_text() == "before"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["session", "session.jsonl"]


def test_a_session_that_is_open_for_reading_alone(session: Session):
    with SessionReader.open_read_only(session.folder) as reader:
        assert entries(reader) == entries(session)
