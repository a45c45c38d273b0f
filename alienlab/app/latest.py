"""Questions that are computed beside the UI thread, of which only the last one matters."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal


class LatestAnswer(QObject):
    """One computation after another. What is computed must make no Qt values."""

    came = Signal(object)
    """What the last question's computation gave."""
    _computed = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._question = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._computed.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def ask(self, compute: Callable[[], object]) -> None:
        """A question that has not been begun yet is dropped for this one."""
        self.give_up()
        question = self._question
        self._pool.start(lambda: self._answer(question, compute))

    def give_up(self) -> None:
        """Answer no question that was asked so far."""
        self._question += 1
        self._pool.clear()

    def finish(self) -> None:
        """Wait for what is being computed."""
        self._pool.clear()
        self._pool.waitForDone()

    def _answer(self, question: int, compute: Callable[[], object]) -> None:
        answer = compute()
        with contextlib.suppress(RuntimeError):  # the window may be gone by then
            self._computed.emit(question, answer)

    def _take(self, question: int, answer: object) -> None:
        if question == self._question:
            self.came.emit(answer)
