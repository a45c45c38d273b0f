"""The log is searched by SQL; here every answer is checked against reading all records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.concepts import Prompt
from alienlab.domain.effects import Effect, Verdict, Yardsticks
from alienlab.domain.lesions import LesionSet, LesionSpec
from alienlab.domain.log_query import LogQuery
from alienlab.domain.space.named import NamedPoint
from alienlab.domain.sweeps import kinds
from alienlab.domain.sweeps.sweep import Sweep
from alienlab.session.log.labels import Label, LabelLog
from alienlab.session.log.name_log import NameLog
from alienlab.session.log.records import RenderRecord
from alienlab.session.log.search import LogSearch
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepLog
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.recipes import make_image, make_provenance, make_recipe
from tests.fakes.sessions import GROUP, make_session, measures_of

COUNT = 8 * GROUP + 50
YARDSTICKS = Yardsticks(
    floor_perceptual=1e-5, floor_structural=1e-4, spread_perceptual=0.5, spread_structural=0.5, seeds=16
)
Holds = Callable[[RenderRecord], bool]


@pytest.fixture(scope="module")
def anatomy():
    return unet_anatomy()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("sessions") / "large"
    make_session(folder, COUNT, measured=True)
    with Session.open(folder) as session:
        session.discard(range(1, COUNT, 7))
        yield session


@pytest.fixture
def find(session: Session) -> Callable[[str], list[int]]:
    search = LogSearch(session)
    return lambda text: search.numbers(LogQuery.parse(text))


def says(text: str, word: str) -> bool:
    """Whether a word of a text begins like this."""
    return any(part.startswith(word) for part in re.findall(r"[^\W_]+", text.casefold()))


def prompted(word: str) -> Holds:
    return lambda record: says(str(record.recipe.prompt), word)


def acts_on(anatomy, wanted: Callable[[str], bool]) -> Holds:
    return lambda record: any(wanted(path) for path in LesionSet.of(record.recipe.lesions, anatomy).treatments)


def judged(verdict: Verdict) -> Holds:
    def holds(record: RenderRecord) -> bool:
        effect = Effect(measures_of(record.number), measures_of(1), YARDSTICKS)
        return bool(record.recipe.lesions) and effect.verdict is verdict

    return holds


def every(*conditions: Holds) -> Holds:
    return lambda record: all(holds(record) for holds in conditions)


def operated(operation: str) -> Holds:
    return lambda record: any(spec.treatment.operation == operation for spec in record.recipe.lesions)


def on_days(first: date, last: date) -> Holds:
    return lambda record: first <= record.created.astimezone().date() <= last


def cases(anatomy) -> dict[str, Holds]:
    middle = acts_on(anatomy, lambda path: path.startswith("mid_block."))
    ups = acts_on(anatomy, lambda path: path.startswith("up_blocks.1."))
    queries = acts_on(anatomy, lambda path: anatomy[path].role == "q")
    return {
        "": lambda record: True,
        "fox": prompted("fox"),
        "dog party": every(prompted("dog"), prompted("party")),
        '"party ha"': prompted("party"),
        "prompt:crow": prompted("crow"),
        "intact": lambda record: not record.recipe.lesions,
        "module:mid_block.*": middle,
        "module:mid_block": middle,
        "module:role=q": queries,
        "module:mid_block.* module:up_blocks.1.*": lambda record: middle(record) or ups(record),
        "module:nowhere.*": lambda record: False,
        "op:zero": operated("zero"),
        "op:zero op:scale": lambda record: operated("zero")(record) or operated("scale")(record),
        "op:noise": lambda record: False,
        "verdict:noise": judged(Verdict.NOISE),
        "verdict:altered verdict:noise": lambda record: (
            judged(Verdict.NOISE)(record) or judged(Verdict.ALTERED)(record)
        ),
        "verdict:flat": lambda record: False,
        "after:2026-01-01 before:2026-01-01": on_days(date(2026, 1, 1), date(2026, 1, 1)),
        "after:0001-01-01 before:9999-12-31": lambda record: True,
        "owl module:mid_block.* verdict:noise op:zero": every(
            prompted("owl"), middle, judged(Verdict.NOISE), operated("zero")
        ),
    }


def test_all_filters_agree_with_reading_every_record(large, anatomy):
    search = LogSearch(large, lambda brain: anatomy)
    records, found = large.records(), {}
    assert len(records) == COUNT - len(range(1, COUNT, 7))
    for text, holds in cases(anatomy).items():
        found[text] = search.numbers(LogQuery.parse(text))
        assert found[text] == [record.number for record in records if holds(record)], text
    assert sum(map(bool, found.values())) >= len(found) - 4  # the cases say something
    binned = large.records_of(large.bin_numbers())
    assert search.numbers(LogQuery.parse("fox in:bin")) == [one.number for one in binned if prompted("fox")(one)]


def test_without_an_anatomy_the_texts_of_lesions_are_compared(large, anatomy):
    search = LogSearch(large)
    for text in ("module:mid_block.*", "module:mid_block", "module:up_blocks.1.resnets.?.conv1", "module:conv_in"):
        known = LogSearch(large, lambda brain: anatomy)
        assert search.numbers(LogQuery.parse(text)) == known.numbers(LogQuery.parse(text)) != []


def test_a_pattern_is_found_by_a_module_that_it_matches(session, save, anatomy):
    save(session, "kind=norm:scale=1.2")
    save(session, "mid_block.*:zero", "conv_in:noise=0.5")
    search = LogSearch(session, lambda brain: anatomy if brain == "ab" * 32 else None)
    assert search.numbers(LogQuery.parse("module:conv_norm_out")) == [1]
    assert search.numbers(LogQuery.parse("module:mid_block.resnets.0.norm1")) == [2, 1]
    assert search.numbers(LogQuery.parse("module:mid_block.resnets.0.conv1 op:noise")) == []  # another lesion's
    assert search.numbers(LogQuery.parse("module:conv_in op:noise")) == [2]


@given(text=st.text())
def test_no_text_is_too_odd_to_look_for(large, text):
    search = LogSearch(large)
    query = LogQuery(words=(text,), prompt=(text,), modules=(text,), tags=(text,), sweeps=(text,))
    assert search.numbers(query) in ([], search.numbers(LogQuery()))


def test_everything_written_about_a_render_is_found(session, find):
    recipe = make_recipe("a café at night", "mid_block.*:zero", negative="blurry")
    session.save(recipe, make_image(), make_provenance("dropped words: sea"), recipe_id="r", computation_id="c")
    session.save(make_recipe("other"), make_image(), make_provenance(), recipe_id="r2", computation_id="c2")
    LabelLog(session).keep(1, Label(star=True, name="Größenwahn", tags=("Good", "two words"), notes="remember this"))
    NameLog(session).add(NamedPoint("Lighthouse", Prompt("x"), ("élan",), "c"))
    SweepLog(session).add(Sweep(id="s1", title="Each module", base=recipe, axes=(kinds.seeds([1]),)), keys=["c"])
    words = "cafe night blur mid_block.* zero sea grossenwahn größ Good two remember lighthouse elan each"
    assert {word: find(word) for word in words.split()} == {
        word: [] if word == "grossenwahn" else [1] for word in words.split()
    }
    assert find("tag:good") == find('tag:"TWO WORDS"') == find("is:starred") == find("sweep:s1") == [1]
    assert find('sweep:"module each"') == [1]
    assert find("tag:words") == find("sweep:s") == find("prompt:blurry") == []


def test_what_is_found_follows_every_change(session, save, find):
    for seed in range(3):
        save(session, seed=seed)
    keys = [record.computation_id for record in reversed(session.records())]
    labels, names, sweeps = LabelLog(session), NameLog(session), SweepLog(session)
    labels.keep(2, Label(name="lantern"))
    assert find("lantern") == [2]
    labels.keep(2, Label(notes="candle"))
    assert find("lantern") == [] and find("candle") == [2]
    labels.keep(2, Label())
    assert find("candle") == []
    names.add(NamedPoint("harbour", Prompt("x"), (), keys[0]))
    assert find("harbour") == [1]
    names.add(NamedPoint("harbour", Prompt("x"), (), keys[1]))
    assert find("harbour") == [2]
    names.change("harbour", NamedPoint("quay", Prompt("x"), (), keys[1]))
    assert find("harbour") == [] and find("quay") == [2]
    names.remove("quay")
    assert find("quay") == []
    sweep = Sweep(id="s", title="tide", base=make_recipe(), axes=(kinds.seeds([0, 1]),))
    sweeps.add(sweep, keys=keys[:2])
    assert find("tide") == find("sweep:tide") == [2, 1]
    sweeps.keep_sweep(Sweep(id="s", title="ebb", base=make_recipe(), axes=(kinds.seeds([2]),)), keys[2:])
    assert find("tide") == [] and find("ebb") == find("sweep:ebb") == [3]
    save(session, seed=2)
    assert find("ebb") == [4, 3]


def test_a_render_belongs_to_the_first_of_its_sweeps(session, save):
    records = [save(session, seed=seed) for seed in range(3)]
    log, keys = SweepLog(session), [record.computation_id for record in records]
    for name, members in (("first", keys[:2]), ("second", keys[1:2])):
        log.add(Sweep(id=name, title=name, base=make_recipe(), axes=(kinds.seeds(range(3)),)), keys=members)
    assert LogSearch(session).sweeps_of([3, 2, 1]) == {2: "first", 1: "first"}
    assert log.members("first") == tuple(keys[:2])


def test_an_adopted_image_is_found(folder, save):
    with Session.open(folder) as session:
        save(session, "conv_in:zero", prompt="a lamp")
    for name in ("session.sqlite", "session.sqlite-wal", "session.sqlite-shm"):
        (folder / name).unlink(missing_ok=True)
    with Session.open(folder) as session:
        assert LogSearch(session).numbers(LogQuery.parse("lamp module:conv_in op:zero")) == [1]


def test_labels_that_another_program_wrote_do_not_hide_tags(session, save, find):
    numbers = [save(session, seed=seed).number for seed in range(2)]
    LabelLog(session).keep_all({number: Label(tags=("good",)) for number in numbers})
    session.write("UPDATE labels SET tags = 'good' WHERE number = ?", [(numbers[0],)])
    assert find("tag:good") == [numbers[1]]


def test_dates_are_those_of_the_place(session, save):
    record = save(session)
    day = record.created.astimezone().date()
    search = LogSearch(session)
    for first, last, found in ((0, 0, [1]), (-1, -1, []), (1, 1, []), (-1, 1, [1])):
        query = LogQuery(after=day + timedelta(days=first), before=day + timedelta(days=last))
        assert search.numbers(query) == found


def test_lesion_texts_are_kept_once_each(session, save):
    record = save(session, "conv_in:zero", "conv_in:zero", "conv_out:scale=0.5;weights")
    rows = session.read("SELECT text, pattern, operation FROM lesions WHERE number = ?", record.number)
    expected = {LesionSpec.parse(text) for text in ("conv_in:zero", "conv_out:scale=0.5;weights")}
    assert rows == sorted((str(spec), spec.pattern, str(spec.treatment.operation)) for spec in expected)


def test_a_session_that_is_only_read_is_searched(folder: Path, save):
    with Session.open(folder) as session:
        save(session, prompt="a lamp")
    with Session.open_read_only(folder) as session:
        assert LogSearch(session).numbers(LogQuery.parse("lamp")) == [1]


def test_verdicts_follow_what_is_measured_later(session, save, folder):
    save(session)
    save(session, "conv_in:zero")
    intact, altered = (record.computation_id for record in reversed(session.records()))
    search, log = LogSearch(session), SweepLog(session)
    noise, another = LogQuery(verdicts=(Verdict.NOISE,)), LogQuery(verdicts=(Verdict.ANOTHER, Verdict.ALTERED))
    assert search.numbers(noise) == search.numbers(another) == []
    log.keep_measures(intact, {intact: measures_of(1), altered: measures_of(4)})
    assert search.numbers(noise) == [2] and search.numbers(another) == []
    log.keep_measures(intact, {altered: measures_of(2)})
    assert search.numbers(noise) == search.numbers(another) == []  # without yardsticks it is a nuance
    log.keep_yardsticks(intact, YARDSTICKS)
    assert search.numbers(noise) == [] and search.numbers(another) == [2]
    with Session.open_read_only(folder) as reader:
        looking = LogSearch(reader)
        assert looking.numbers(another) == [2]
        log.keep_measures(intact, {altered: measures_of(4)})
        assert looking.numbers(another) == [] and looking.numbers(noise) == [2]
