"""Inquiries through the generation thread, on a fake engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import OpenJob
from alienlab.app.space.inquirer import Inquirer
from alienlab.domain.concepts import Prompt, RandomPoint
from alienlab.domain.errors import SweepError
from alienlab.domain.ports import BrainSource
from alienlab.domain.space.inquiries import Inquiry, locate
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import FakeEngine


@pytest.fixture
def inquirer(qapp) -> Iterator[Inquirer]:
    thread = GenerationThread(FakeEngine(unet_anatomy()))
    made = Inquirer(thread)
    thread.happened.connect(made.follow, Qt.ConnectionType.QueuedConnection)
    thread.start()
    thread.submit(OpenJob(number=thread.next_number(), source=BrainSource(location="fake")))
    yield made
    thread.stop()


def twice() -> Inquiry[float]:
    """Two jobs, the second of which depends on the first one's answer."""
    (cat,) = yield from locate([Prompt("a cat")])
    (again,) = yield from locate([Prompt("a cat")])
    return float(abs(cat - again).max())


def test_an_inquiry_of_several_jobs_is_answered(qtbot: QtBot, inquirer: Inquirer) -> None:
    with qtbot.waitSignal(inquirer.answered, timeout=60_000) as answer:
        inquirer.ask(twice())
        assert inquirer.is_busy
    assert answer.args == [0.0]
    assert not inquirer.is_busy


def test_what_is_asked_anew_takes_the_place_of_the_last_question(qtbot: QtBot, inquirer: Inquirer) -> None:
    answers: list[object] = []
    inquirer.answered.connect(answers.append)
    inquirer.ask(twice())
    with qtbot.waitSignal(inquirer.answered, timeout=60_000):
        inquirer.ask(locate([Prompt("a cat"), Prompt("a dog")]))
    assert [len(answer) for answer in answers if isinstance(answer, list)] == [2] and len(answers) == 1


def test_what_is_wrong_is_a_sentence(qtbot: QtBot, inquirer: Inquirer) -> None:
    def refusing() -> Inquiry[None]:
        yield from locate([RandomPoint(0)])
        raise SweepError("There is no such thing.")

    with qtbot.waitSignal(inquirer.refused, timeout=60_000) as refused:
        inquirer.ask(refusing())
    assert refused.args == ["There is no such thing."]
    assert not inquirer.is_busy


def test_a_defect_does_not_keep_the_next_question_from_being_asked(qtbot: QtBot, inquirer: Inquirer) -> None:
    def broken() -> Inquiry[None]:
        raise ZeroDivisionError
        yield from locate([])

    with pytest.raises(ZeroDivisionError):
        inquirer.ask(broken())
    assert not inquirer.is_busy
    with qtbot.waitSignal(inquirer.answered, timeout=60_000):
        inquirer.ask(twice())
