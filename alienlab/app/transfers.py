"""Sessions and sheets on their way out and in: in the background, with progress, and to be stopped."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from alienlab.app.messages import Message, Tone
from alienlab.app.session_keeper import SessionKeeper
from alienlab.domain.errors import AlienLabError, StoppedByUser
from alienlab.domain.laboratories.ports import PluginFailed
from alienlab.session.bundles.bundle import export_session, import_session
from alienlab.session.bundles.dump import dump_session
from alienlab.session.log.reading import SessionReader
from alienlab.session.paths import AppPaths

log = logging.getLogger(__name__)

NO_SESSION = "No session is open, so there is nothing to write. Open one from the File menu."
BUSY = "Something is on its way already: the status bar shows it. Wait for it, or stop it."

Task = Callable[[Callable[[int, int], None], Callable[[], bool]], object]
"""Is given what to tell of its progress, of how much how much is done, and what says whether it is to stop."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One that goes on."""

    text: str
    """What is done, for a person."""
    share: float = 0.0
    """0 to 1."""


class SessionTransfers(QObject):
    """One at a time."""

    changed = Signal()
    """``transfer`` is another one now, or further on."""
    imported = Signal(object)
    """The folder of a session that has come in."""
    message = Signal(object)
    _stepped = Signal(float)
    _ended = Signal(object, object)
    """What is done then, with what came about."""

    def __init__(self, *, session: SessionKeeper, paths: AppPaths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._paths = paths
        self._transfer: Transfer | None = None
        self._reads_session = False
        self._stop = threading.Event()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        queued = Qt.ConnectionType.QueuedConnection
        self._stepped.connect(self._step, queued)
        self._ended.connect(self._end, queued)
        session.leaving.connect(self._leave)

    @property
    def transfer(self) -> Transfer | None:
        """None where nothing is going on."""
        return self._transfer

    def export(self, path: Path) -> None:
        """Write the open session into one ZIP file."""
        session = self._session.session
        if session is None:
            self.message.emit(Message(NO_SESSION, Tone.NOTE))
            return
        folder, stop, step = session.folder, self._stop.is_set, self._announcer()
        self._start(
            f"Exporting “{session.name}”",
            lambda: export_session(folder, path, progress=step, is_cancelled=stop),
            lambda _: self._tell(f"Session exported as {path}."),
        )

    def dump(self, path: Path) -> None:
        """Write all that is known of the open session's renders as JSON Lines."""
        session = self._session.session
        if session is None:
            self.message.emit(Message(NO_SESSION, Tone.NOTE))
            return
        folder, stop, step = session.folder, self._stop.is_set, self._announcer()

        def write() -> None:
            with SessionReader.open_read_only(folder) as reader:
                dump_session(reader, path, progress=step, is_cancelled=stop)

        self._start(f"Writing the log of “{session.name}”", write, lambda _: self._tell(f"Log written as {path}."))

    def take_in(self, archive: Path) -> None:
        """Unpack an archive beside the other sessions; ``imported`` follows."""
        sessions, stop, step = self._paths.sessions, self._stop.is_set, self._announcer()
        self._start(
            f"Importing {archive.name}",
            lambda: import_session(archive, sessions, progress=step, is_cancelled=stop),
            self.imported.emit,
        )

    def write(self, text: str, task: Task, *, sentence: str) -> None:
        """Write something of the open session; ``text`` says what is done, ``sentence`` that it was.

        It is stopped where another session is opened.
        """
        stop, step = self._stop.is_set, self._announcer()
        self._reads_session = self._start(text, lambda: task(step, stop), lambda _: self._tell(sentence))

    def carry_out(self, text: str, task: Task, then: Callable[[Any], object]) -> None:
        """As ``write``, and hand over to ``then``, in the window's thread, what came of it."""
        stop, step = self._stop.is_set, self._announcer()
        self._reads_session = self._start(text, lambda: task(step, stop), then)

    def cancel(self) -> None:
        """Stop what goes on; nothing is left of it."""
        self._stop.set()

    def finish(self) -> None:
        """Stop, and wait for the end."""
        self._stop.set()
        self._pool.waitForDone()

    def _leave(self) -> None:
        """The session is closed: what reads it stops."""
        if self._reads_session:
            self.finish()

    def _start(self, text: str, task: Callable[[], object], then: Callable[[object], object]) -> bool:
        """False, with a message, where something is on its way already."""
        if self._transfer is not None:
            self.message.emit(Message(BUSY, Tone.NOTE))
            return False
        self._stop.clear()
        self._reads_session = False
        self._transfer = Transfer(text)
        self.changed.emit()
        self._pool.start(lambda: self._carry_out(task, then))
        return True

    def _carry_out(self, task: Callable[[], object], then: Callable[[object], object]) -> None:
        try:
            result: object = task()
        except AlienLabError as error:
            result = error
        except OSError as error:
            result = AlienLabError(f"That failed: {error.strerror or error}.")
        except Exception as error:  # else the next transfer would wait for this one for ever
            log.exception("A transfer failed")
            result = AlienLabError(f"That failed, as something in AlienLab did: {error!r}")
        with contextlib.suppress(RuntimeError):  # the window may be gone by then
            self._ended.emit(then, result)

    def _announcer(self) -> Callable[[int, int], None]:
        """Tells of each whole percent."""
        told = -1

        def announce(done: int, total: int) -> None:
            nonlocal told
            percent = 100 * done // max(total, 1)
            if percent != told:
                told = percent
                with contextlib.suppress(RuntimeError):
                    self._stepped.emit(percent / 100)

        return announce

    def _step(self, share: float) -> None:
        if self._transfer is not None:
            self._transfer = Transfer(self._transfer.text, share)
            self.changed.emit()

    def _end(self, then: Callable[[object], object], result: object) -> None:
        self._transfer = None
        self.changed.emit()
        if isinstance(result, PluginFailed):
            return  # it is told of where the plugin is switched off
        if isinstance(result, AlienLabError):
            tone = Tone.NOTE if isinstance(result, StoppedByUser) else Tone.ERROR
            self.message.emit(Message(str(result), tone))
        else:
            then(result)

    def _tell(self, text: str) -> None:
        self.message.emit(Message(text, Tone.NOTE))
