"""Labels and the bin change by undoable steps, and are written in the background."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QUndoStack

from alienlab.app.archive import Archive
from alienlab.app.binning import Bin
from alienlab.app.labels import Labels
from alienlab.domain.errors import RecipeError
from alienlab.session.log.labels import Label, LabelLog
from alienlab.session.log.store import Session
from tests.fakes.sessions import make_session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    make_session(tmp_path / "first", 6)
    with Session.open(tmp_path / "first") as opened:
        yield opened


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Session]:
    make_session(tmp_path / "other", 6)
    with Session.open(tmp_path / "other") as opened:
        yield opened


@pytest.fixture
def stack(qapp) -> QUndoStack:
    return QUndoStack()


@pytest.fixture
def archive(qapp) -> Iterator[Archive]:
    opened = Archive()
    yield opened
    opened.finish()


@pytest.fixture
def labels(stack: QUndoStack, archive: Archive, session: Session) -> Labels:
    made = Labels(stack, archive)
    made.take_session(session)
    return made


@pytest.fixture
def bin_(stack: QUndoStack, archive: Archive, session: Session) -> Bin:
    made = Bin(stack, archive)
    made.take_session(session)
    return made


def kept(archive: Archive, session: Session) -> dict[int, Label]:
    archive.finish()
    return LabelLog(session).all()


def test_a_label_is_shown_at_once_and_kept(labels, archive, session, qtbot):
    changed: list[frozenset[int]] = []
    labels.changed.connect(changed.append)
    with qtbot.waitSignal(labels.kept):
        labels.set([2], star=True, name="  the   lamp ", tags=["good", "Good", " far  away"], notes="line\nline")
    label = Label(star=True, name="the lamp", tags=("good", "far away"), notes="line\nline")
    assert labels.of(2) == label and labels.of(3) == Label()
    assert changed == [{2}]
    assert kept(archive, session) == {2: label}
    assert labels.tags() == ("far away", "good")


def test_labels_of_several_renders_are_one_step(labels, stack, archive, session):
    labels.set([1], tags=("a",))
    labels.set([1, 2, 3], star=True)
    assert stack.count() == 2 and stack.undoText() == "label of 3 renders"
    assert labels.of(1) == Label(star=True, tags=("a",)) and labels.of(3) == Label(star=True)
    stack.undo()
    assert kept(archive, session) == {1: Label(tags=("a",))}
    assert labels.of(3) == Label()
    stack.redo()
    assert kept(archive, session) == {1: Label(star=True, tags=("a",)), 2: Label(star=True), 3: Label(star=True)}
    stack.undo()
    stack.undo()
    assert kept(archive, session) == {}


def test_changes_of_the_same_field_stay_steps_of_their_own(labels, stack):
    for name in ("a", "b", "c"):
        labels.set([1], name=name)
    stack.undo()
    assert labels.of(1).name == "b" and stack.count() == 3


def test_what_changes_nothing_is_no_step(labels, stack):
    labels.set([1], star=False)
    labels.set([1], name=" ")
    assert stack.count() == 0


def test_a_tag_that_cannot_be_kept_changes_nothing(labels, stack):
    with pytest.raises(RecipeError, match="without commas"):
        labels.set([1, 2], tags=("a, b",))
    assert stack.count() == 0 and labels.of(1) == Label()


def test_undo_leaves_another_session_alone(labels, bin_, stack, archive, session, other):
    labels.set([1], star=True)
    bin_.discard([2])
    for part in (labels, bin_):
        part.take_session(other)
    stack.undo()
    stack.undo()
    assert not stack.canUndo() and not stack.canRedo()
    assert labels.of(1) == Label()
    assert kept(archive, session) == {1: Label(star=True)} and session.bin_numbers() == [2]
    assert kept(archive, other) == {} and other.bin_numbers() == []


def test_redo_leaves_another_session_alone(labels, bin_, stack, archive, session, other):
    labels.set([1], star=True)
    bin_.discard([2])
    stack.undo()
    stack.undo()
    for part in (labels, bin_):
        part.take_session(other)
    stack.redo()
    stack.redo()
    assert kept(archive, other) == {} and other.bin_numbers() == []
    assert kept(archive, session) == {} and session.bin_numbers() == []
    for part in (labels, bin_):
        part.take_session(None)
    labels.set([1], star=True)
    bin_.discard([1])
    assert labels.of(1) == Label()


def test_renders_go_into_the_bin_and_come_back(bin_, stack, session, qtbot):
    with qtbot.waitSignal(bin_.changed):
        bin_.discard([2, 3])
    assert session.bin_numbers() == [3, 2] and stack.undoText() == "lay 2 renders into the bin"
    with qtbot.waitSignal(bin_.changed):
        stack.undo()
    assert session.bin_numbers() == []
    with qtbot.waitSignal(bin_.changed):
        stack.redo()
    with qtbot.waitSignal(bin_.changed):
        bin_.take_back([3])
    assert session.bin_numbers() == [2]
    with qtbot.waitSignal(bin_.changed):
        stack.undo()
    assert session.bin_numbers() == [3, 2]


def test_undo_takes_out_only_what_the_step_laid_in(bin_, stack, archive, session):
    bin_.discard([2])
    bin_.discard([2, 3])
    stack.undo()
    archive.finish()
    assert session.bin_numbers() == [2]


def test_an_emptied_bin_is_told_and_cannot_be_undone(bin_, labels, stack, archive, session, qtbot):
    bin_.emptied.connect(labels.forget_gone)
    labels.set([2, 3], tags=("gone",))
    bin_.discard([2, 3])
    with qtbot.waitSignal(bin_.message) as told:
        bin_.empty()
    assert told.args[0].text == "2 renders deleted for good."
    assert labels.tags() == ()
    stack.undo()
    stack.undo()
    archive.finish()
    assert session.numbers() == [6, 5, 4, 1] and session.bin_numbers() == []
    assert LabelLog(session).all() == {}


def test_what_is_written_while_the_bin_is_emptied_stays(bin_, labels, archive, session, qtbot):
    bin_.emptied.connect(labels.forget_gone)
    bin_.discard([2])
    with qtbot.waitSignal(bin_.message):
        bin_.empty()
        archive.finish()
        labels.set([3], name="new")  # shown at once; whether it is on the disk when the bin is told of is chance
    assert labels.of(3).name == "new"
    archive.finish()
    assert LabelLog(session).of([3])[3].name == "new"
