"""The application's end of the line to a process of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from alienlab.engine.process.messages import CancelJob, End
from alienlab.engine.process.spawned import CancelRequest, ProcessLost, SpawnedProcess


def echo(pipe: Connection) -> None:
    """Answer texts with themselves, except ``hang``, which is never answered, and ``end``, which ends the process."""
    while True:
        try:
            request = pipe.recv()
        except EOFError:
            return
        match request:
            case CancelJob() | "hang":
                continue
            case "end":
                raise SystemExit(3)
            case _:
                pipe.send(request)
                pipe.send(End())


@pytest.fixture
def process() -> Iterator[SpawnedProcess]:
    made = SpawnedProcess(echo, (), name="echo")
    yield made
    made.close()


def answers(process: SpawnedProcess, request: str, *, patience: float = 20.0) -> list[str]:
    until = time.monotonic() + patience
    return list(process.exchange(request, job=1, is_hopeless=lambda silence: time.monotonic() > until))


def test_a_stop_covers_a_job_and_those_before_it_and_none_after_it() -> None:
    request = CancelRequest()
    assert not request.covers(1)
    request.ask(3)
    assert [request.covers(job) for job in (2, 3, 4)] == [True, True, False]
    assert request.age(4) == 0.0


def test_what_ended_by_itself_tells_its_exit_code_and_another_takes_over(process: SpawnedProcess) -> None:
    with pytest.raises(ProcessLost) as lost:
        answers(process, "end")
    assert lost.value.exit_code == 3
    assert process.id is None
    assert answers(process, "hello") == ["hello"]


def test_what_does_not_answer_is_ended(process: SpawnedProcess) -> None:
    assert answers(process, "hello") == ["hello"]
    with pytest.raises(ProcessLost):
        answers(process, "hang", patience=0.1)
    assert answers(process, "again") == ["again"]


def test_it_can_be_closed_while_another_thread_waits_for_it(process: SpawnedProcess) -> None:
    assert answers(process, "hello") == ["hello"]
    lost: list[ProcessLost] = []
    is_waiting = threading.Event()

    def go_on(_: float) -> bool:
        is_waiting.set()
        return False

    def wait() -> None:
        try:
            list(process.exchange("hang", job=1, is_hopeless=go_on))
        except ProcessLost as error:
            lost.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert is_waiting.wait(20.0)
    process.close()
    waiting.join(20.0)
    assert not waiting.is_alive()
    assert len(lost) == 1
