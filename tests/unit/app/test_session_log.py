"""The log's model: lazy records, rows, groups, order, labels, bin."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from alienlab.app.archive import Archive, FinishedRender
from alienlab.app.binning import Bin
from alienlab.app.labels import Labels
from alienlab.app.log.grouping import Group, grouped, rows_of, sections_of
from alienlab.app.log.row_data import LogRole
from alienlab.app.log.rows import LogRows
from alienlab.app.log.suggestions import KEYS, Vocabulary, suggestions, term_at
from alienlab.app.log.telling import command_line
from alienlab.app.log.thumbnails import MOST_WAITING
from alienlab.app.open_brain import OpenBrain
from alienlab.app.preferences import Preferences
from alienlab.app.session_keeper import SessionKeeper
from alienlab.app.session_log import SessionLog
from alienlab.domain.effects import Effect
from alienlab.domain.log_query import LogQuery
from alienlab.domain.sweeps.sweep import Axis, Kind, Sweep, Value
from alienlab.session.log.order import Order
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepLog
from alienlab.session.paths import AppPaths
from tests.fakes.recipes import make_image, make_lab_recipe, make_provenance, make_recipe
from tests.fakes.sessions import make_session

COUNT = 230
TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "many"
    make_session(folder, COUNT, measured=True)
    return folder


@pytest.fixture
def session(made: Path, tmp_path: Path) -> Iterator[Session]:
    shutil.copytree(made, tmp_path / "many")
    with Session.open(tmp_path / "many") as opened:
        yield opened


@pytest.fixture
def log(qapp, session: Session) -> Iterator[SessionLog]:
    opened = SessionLog()
    opened.open(session)
    yield opened
    opened.finish()


@pytest.fixture
def rows(log: SessionLog) -> Iterator[LogRows]:
    made = LogRows(log)
    yield made
    made.finish()


class Reads(list[int]):
    """How many records were read at once, each time."""

    def __init__(self, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        read = session.records_of

        def spy(numbers: Any) -> Any:
            self.append(len(numbers))
            return read(numbers)

        monkeypatch.setattr(session, "records_of", spy)
        for everything in ("records",):
            monkeypatch.setattr(session, everything, lambda *_, **__: pytest.fail("all records were read"))


def settled(qtbot: QtBot, rows: LogRows) -> None:
    qtbot.waitUntil(lambda: not rows.is_waiting)


def texts(rows: LogRows) -> list[str]:
    return [str(record.recipe.prompt) for record in rows.records()]


def test_a_log_reads_numbers_alone_and_records_by_the_page(
    qapp, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = Reads(session, monkeypatch)
    log = SessionLog()
    log.open(session)
    rows = LogRows(log)
    assert (rows.rowCount(), list(reads)) == (COUNT, [])
    assert rows.index(0, 0).data(LogRole.RECORD).number == COUNT
    assert rows.index(COUNT - 1, 0).data(LogRole.RECORD).number == 1
    assert len(reads) == 2
    assert sum(reads) < 2 * 66
    rows.index(1, 0).data(LogRole.RECORD)
    assert len(reads) == 2


def test_the_entries_that_are_held_are_bounded(log: SessionLog, rows: LogRows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alienlab.app.log.entries.ROOM", 100)
    for row in range(COUNT):
        assert rows.entry(row).record.number == COUNT - row
    assert len(log.entries._held) == 100
    assert rows.entry(0).record.number == COUNT


def test_verdicts_stand_with_their_renders(session: Session, rows: LogRows) -> None:
    for number in (COUNT, 104, 101):
        entry = rows.entry(rows.row_of(number))
        if number == 101:  # the intact one is what others are measured against
            assert entry.effect is None
        else:
            assert isinstance(entry.effect, Effect)
            assert entry.effect.measures.noise == (0.95 if number % 4 == 0 else 0.3)


def test_a_render_appears_at_the_front_without_a_reset(qtbot: QtBot, session: Session, log: SessionLog, rows: LogRows):
    resets: list[int] = []
    rows.modelReset.connect(lambda: resets.append(1))
    record = session.save(make_recipe("a new one"), make_image(), make_provenance(), recipe_id="r", computation_id="c")
    with qtbot.waitSignal(rows.rowsInserted) as inserted:
        log.add(record)
    assert inserted.args[1:] == [0, 0]
    assert rows.index(0, 0).data(LogRole.RECORD) == record
    assert rows.index(1, 0).data(LogRole.RECORD).number == COUNT
    assert resets == []


def test_a_filter_gives_what_an_independent_one_gives(qtbot: QtBot, session: Session, rows: LogRows) -> None:
    everything = session.records()
    rows.set_text("dog op:scale")
    settled(qtbot, rows)
    assert rows.numbers == []
    rows.set_text("dog op:zero")
    settled(qtbot, rows)
    assert list(rows.numbers) == [
        one.number
        for one in everything
        if "dog" in str(one.recipe.prompt) and any(":zero" in str(lesion) for lesion in one.recipe.lesions)
    ]
    rows.set_text("")
    assert list(rows.numbers) == [one.number for one in everything]


def test_a_filter_without_sense_is_refused_in_words_and_changes_nothing(qtbot: QtBot, rows: LogRows) -> None:
    with qtbot.waitSignal(rows.refused, check_params_cb=bool) as refused:
        rows.set_text("colour:red")
    assert "“colour:” is not known" in refused.args[0]
    assert len(rows.numbers) == COUNT
    with qtbot.waitSignal(rows.refused, check_params_cb=lambda text: text == ""):
        rows.set_text("red")


@pytest.mark.parametrize(
    ("order", "key"),
    [
        (Order.SEED, lambda record: record.recipe.seed),
        (Order.PROMPT, lambda record: str(record.recipe.prompt)),
        (Order.STEPS, lambda record: record.recipe.steps),
    ],
)
@pytest.mark.parametrize("falls", [True, False])
def test_renders_are_ordered_by_what_they_were_made_of(
    qtbot: QtBot, session: Session, rows: LogRows, order: Order, key, falls: bool
) -> None:
    rows.set_wish(order=order, is_falling=falls)
    settled(qtbot, rows)
    expected = sorted(session.records(), key=key, reverse=falls)
    assert [key(record) for record in rows.records()] == [key(record) for record in expected]
    assert sorted(rows.numbers) == list(range(1, COUNT + 1))


def test_the_oldest_can_come_first(qtbot: QtBot, rows: LogRows) -> None:
    rows.set_wish(is_falling=False)
    settled(qtbot, rows)
    assert list(rows.numbers) == list(range(1, COUNT + 1))


def test_renders_of_a_sweep_stand_together_and_others_under_their_day(
    qtbot: QtBot, session: Session, log: SessionLog, rows: LogRows
) -> None:
    records = session.records_of([50, 60, 70])
    axis = Axis(Kind.SEEDS, tuple(Value(str(one.number), one.number, seed=one.recipe.seed) for one in records))
    sweep = Sweep(id="one", title="Many seeds", base=records[0].recipe, axes=(axis,))
    SweepLog(session).add(sweep, keys=[record.computation_id for record in records])
    rows.set_wish(is_grouped=True)
    settled(qtbot, rows)
    assert [group.title for group in rows.groups if group.is_sweep] == ["Many seeds"]
    assert rows.groups[1].numbers == (70, 60, 50)
    assert sum(len(group.numbers) for group in rows.groups) == COUNT
    first, second = rows.sections
    assert rows.group(first.row) == rows.groups[0]
    assert rows.number(second.first) == 70
    assert rows.flags(rows.index(second.row, 0)) & Qt.ItemFlag.ItemIsSelectable == Qt.ItemFlag.NoItemFlags
    rows.toggle(rows.groups[0])
    assert rows.rowCount() == 2 + 3
    assert len(rows.numbers) == COUNT
    rows.fold_all(False)
    assert rows.rowCount() == COUNT + 2


def test_groups_stand_where_their_first_render_would() -> None:
    days = {number: TODAY - timedelta(days=number == 1) for number in range(1, 6)}
    groups = grouped((5, 4, 3, 2, 1), sweeps={4: "s", 2: "s"}, titles={"s": "Seeds"}, days=days, today=TODAY)
    assert [(group.title, group.numbers) for group in groups] == [
        ("Today", (5, 3)),
        ("Seeds", (4, 2)),
        ("Yesterday", (1,)),
    ]
    rows = rows_of(groups, {"s"})
    assert [row.title if isinstance(row, Group) else row for row in rows] == ["Today", 5, 3, "Seeds", "Yesterday", 1]
    assert [(one.row, one.first, one.count) for one in sections_of(groups, {"s"}, count=5)] == [
        (0, 1, 2),
        (3, 4, 0),
        (4, 5, 1),
    ]


def test_labels_and_the_bin_reach_the_rows(qtbot: QtBot, session: Session, log: SessionLog, rows: LogRows) -> None:
    stack, archive = QUndoStack(), Archive()
    labels, binned, brain = Labels(stack, archive), Bin(stack, archive), OpenBrain()
    log.follow(labels, binned, brain)
    labels.take_session(session)
    binned.take_session(session)
    assert rows.entry(3).label.star is False
    with qtbot.waitSignal(rows.dataChanged):
        labels.set([COUNT - 3], star=True)
    assert rows.entry(3).label.star is True
    rows.set_text("is:starred")
    settled(qtbot, rows)
    assert list(rows.numbers) == [COUNT - 3]
    stack.undo()
    qtbot.waitUntil(lambda: list(rows.numbers) == [])
    rows.set_text("")
    binned.discard([COUNT, 7])
    qtbot.waitUntil(lambda: len(rows.numbers) == COUNT - 2)
    assert rows.row_of(7) is None
    assert log.is_in_bin(7)
    assert not log.is_in_bin(8)
    rows.set_text("in:bin")
    qtbot.waitUntil(lambda: list(rows.numbers) == [COUNT, 7])
    stack.undo()
    qtbot.waitUntil(lambda: list(rows.numbers) == [])
    assert len(log.numbers) == COUNT
    archive.finish()


def test_thumbnails_come_and_what_scrolled_away_is_not_read(qtbot: QtBot, log: SessionLog, rows: LogRows) -> None:
    entry = rows.entry(0)
    with qtbot.waitSignal(log.pictured):
        assert log.picture(entry.record) is None
    image = log.picture(entry.record)
    assert image is not None
    pixels = log.session.load_image(entry.record)
    assert image.pixelColor(3, 5).getRgb()[:3] == tuple(pixels[5, 3])
    thumbnails = log.thumbnails
    thumbnails._is_at_work = True  # as if a slow disk held it up
    for number in range(1000, 1000 + MOST_WAITING + 50):
        thumbnails._ask(SimpleNamespace(number=number, file=entry.record.file))
    assert thumbnails.waiting == MOST_WAITING
    assert thumbnails._next()[1].number == 1000 + MOST_WAITING + 49, "what was asked for last comes first"
    assert 1000 + 49 not in thumbnails._waiting
    thumbnails.finish()


def test_thumbnails_that_were_shown_longest_ago_go_first(
    qtbot: QtBot, log: SessionLog, rows: LogRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alienlab.app.log.thumbnails.ROOM", 10 * 16 * 16 * 3)
    for row in range(30):
        log.picture(rows.entry(row).record)
    qtbot.waitUntil(lambda: log.thumbnails.waiting == 0 and not log.thumbnails._is_at_work)
    qtbot.waitUntil(lambda: 0 < len(log.thumbnails._images) <= 10)


def test_files_are_dragged_out_as_copies(rows: LogRows) -> None:
    data = rows.mimeData([rows.index(0, 0), rows.index(0, 1), rows.index(4, 0)])
    assert [Path(url.toLocalFile()).name for url in data.urls()] == [f"{COUNT:06d}.png", f"{COUNT - 4:06d}.png"]
    assert rows.supportedDragActions() == Qt.DropAction.CopyAction


def test_a_session_that_was_closed_shows_nothing_and_breaks_nothing(session: Session, log: SessionLog, rows: LogRows):
    session.close()
    assert rows.entry(100) is None
    assert log.records == ()
    assert rows.index(100, 0).data(LogRole.RECORD) is None


@pytest.mark.parametrize(
    ("term", "offered"),
    [
        ("", []),
        ("is", ["is:starred"]),
        ("zz", []),
        ("op:ze", ["op:zero"]),
        ("verdict:no", ["verdict:noise", "verdict:nothing"]),
        ("tag:", ["tag:good", 'tag:"very good"']),
        ("sweep:mod", ['sweep:"each module"']),
        ("before:2026-11-2", ["before:2026-11-26", "before:2026-11-25"]),
        ("in:", ["in:bin"]),
        ("module:mid", []),
    ],
)
def test_suggestions_go_on_from_what_is_written(term: str, offered: list[str]) -> None:
    known = Vocabulary(tags=("good", "very good"), sweeps=("each module",), today=TODAY)
    assert sorted(suggestions(term, known)) == sorted(offered)


def test_everything_that_is_offered_is_understood() -> None:
    known = Vocabulary(tags=('so "good"', "a\\b"), sweeps=("x: y",), today=TODAY)
    for key in KEYS:
        for term in suggestions(key, known) or [key]:
            if not term.endswith(":"):
                LogQuery.parse(term)
    assert LogQuery.parse(suggestions("tag:so", known)[0]).tags == ('so "good"',)
    assert LogQuery.parse(suggestions("tag:a", known)[0]).tags == ("a\\b",)


@pytest.mark.parametrize(
    ("text", "cursor", "term"),
    [
        ("party tag:go", 12, "tag:go"),
        ("party tag:go", 3, "party"),
        ('sweep:"each mod', 15, 'sweep:"each mod'),
        ("a ", 2, ""),
    ],
)
def test_the_term_at_the_cursor(text: str, cursor: int, term: str) -> None:
    start, end = term_at(text, cursor)
    assert text[start:end] == term


def test_the_command_line_makes_the_same_recipe_again() -> None:
    recipe = make_recipe("it's a cat", "mid_block.*:zero", "conv_in:scale=0.5", negative="a dog", seed=9, steps=7)
    line = command_line(recipe, "")
    assert line.startswith("alienlab render 'it'\"'\"'s a cat' --negative 'a dog' --seed 9 --steps 7")
    assert "--lesion 'mid_block.*:zero' --lesion conv_in:scale=0.5" in line
    assert "--brain somewhere" in command_line(recipe, "somewhere")


def test_times_are_those_of_the_record(rows: LogRows) -> None:
    record = rows.entry(0).record
    assert record.created == datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=COUNT - 1)
    assert f"{record.created.astimezone():%d %B %Y, %H:%M:%S}" in rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_render_that_is_known_already_is_not_shown_twice(session: Session, log: SessionLog, rows: LogRows) -> None:
    record = session.save(make_recipe("a new one"), make_image(), make_provenance(), recipe_id="r", computation_id="c")
    log.refresh()  # the bin was written to meanwhile
    log.add(record)
    assert list(log.numbers) == list(range(COUNT + 1, 0, -1))
    assert rows.rowCount() == COUNT + 1


def test_what_an_earlier_session_saved_is_not_shown_in_the_next(qtbot: QtBot, tmp_path: Path) -> None:
    log, archive = SessionLog(), Archive()
    preferences = Preferences(tmp_path / "settings.json")
    keeper = SessionKeeper(paths=AppPaths.below(tmp_path), preferences=preferences, log=log, archive=archive)
    assert keeper.open("one")
    keeper.save(
        FinishedRender(
            recipe=make_recipe(), image=make_image(), provenance=make_provenance(), recipe_id="r", computation_id="c"
        )
    )
    with qtbot.waitSignal(archive.saved):
        assert keeper.open("two")  # before the render of the first is told of
    assert (list(log.numbers), keeper.session.numbers()) == ([], [])
    assert keeper.open("one")
    assert list(log.numbers) == [1]
    keeper.close()


def test_what_changes_of_many_renders_is_told_at_once(log: SessionLog, rows: LogRows) -> None:
    told: list[tuple[int, int]] = []
    rows.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    log.changed.emit(frozenset(range(11, COUNT + 1)))
    assert told == [(0, COUNT - 11)]
    log.changed.emit(frozenset({COUNT, COUNT - 5}))
    assert told[1:] == [(0, 0), (5, 5)]
    log.changed.emit(frozenset({COUNT + 1}))
    assert len(told) == 3


def test_renders_whose_time_makes_no_sense_do_not_hide_the_others(
    qtbot: QtBot, session: Session, rows: LogRows
) -> None:
    session.write("UPDATE renders SET created = ? WHERE number = ?", [("soon", 7), (2**62, 8)])
    rows.set_wish(is_grouped=True)
    settled(qtbot, rows)
    assert sorted(rows.numbers) == [number for number in range(1, COUNT + 1) if number not in (7, 8)]


def test_the_command_line_of_a_laboratory_sets_all_values() -> None:
    kept = {"digest": "ab" * 32, "place": "blob:" + "ab" * 32}
    recipe = make_lab_recipe(a=-0.5, is_soft=True, lesions=["conv1:zero", "conv2:scale=0.5"], image=None, word="a cat")
    words = shlex.split(command_line(recipe, "/sessions/s"))
    assert words[:4] == ["alienlab", "lab", "alienlab-maps/iterated-maps", "density"]
    assert dict(zip(words[4::2], words[5::2], strict=True)) == {
        "--a": "-0.5",
        "--is-soft": "on",
        "--lesions": "conv1:zero,conv2:scale=0.5",
        "--word": "a cat",
        "--seed": "0",
    }
    assert command_line(make_lab_recipe(image=kept), "/sessions/s").endswith("--seed 0 --session /sessions/s")
