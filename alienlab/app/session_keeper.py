"""The session that is open: its log, and what is written to it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from alienlab.app.archive import Archive, FinishedRender
from alienlab.app.comparison import Tile, TileState
from alienlab.app.messages import Message, Tone
from alienlab.app.preferences import Preferences
from alienlab.app.session_log import SessionLog
from alienlab.domain.errors import AlienLabError, SessionError
from alienlab.domain.recipe import Recipe
from alienlab.session.log.store import RenderRecord, Session
from alienlab.session.paths import AppPaths, session_folder
from alienlab.session.png import write_png

DEFAULT_SESSION = "default"


class SessionKeeper(QObject):
    """Opens sessions, one at a time, and gives them every finished render."""

    changed = Signal()
    """Another session is open, or none."""
    leaving = Signal()
    """Another session is to be opened: what is being written belongs to this one, and can still be kept in it."""
    saved = Signal(object)
    """A RenderRecord of the open session, once it is safely on disk and in the log."""
    message = Signal(object)

    def __init__(
        self,
        *,
        paths: AppPaths,
        preferences: Preferences,
        log: SessionLog,
        archive: Archive,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._paths = paths
        self._preferences = preferences
        self._log = log
        self._archive = archive
        self._session: Session | None = None
        self._warned = False
        archive.saved.connect(self._announce)
        archive.failed.connect(lambda text: self.message.emit(Message(text)))
        archive.done.connect(lambda text: self.message.emit(Message(text, Tone.NOTE)))

    @property
    def session(self) -> Session | None:
        return self._session

    @property
    def name(self) -> str:
        """Of the open session; empty where there is none."""
        return "" if self._session is None else self._session.name

    def open(self, name_or_path: str | Path) -> bool:
        """Open a session in place of the present one, which stays open where that fails."""
        try:
            folder = session_folder(name_or_path, paths=self._paths)
            if self._session is not None and folder == self._session.folder:
                return True
            self.leaving.emit()
            self._save_all()
            self._take(Session.open(folder))
        except AlienLabError as error:
            self.message.emit(Message(str(error)))
            return False
        return True

    def open_at_start(self, name_or_path: str | None) -> None:
        """Open the last session, or the one that is asked for; a new one where that cannot be."""
        wanted = name_or_path or self._preferences.settings.last_session or DEFAULT_SESSION
        if self.open(wanted):
            return
        try:
            self._take(Session.open(self.new_folder()))
        except AlienLabError:
            self._warn_unsaved()

    def new_folder(self) -> Path:
        """A folder for a new session, named by the time."""
        return session_folder(f"{datetime.now():%Y-%m-%d %H-%M-%S}", paths=self._paths)

    def close(self) -> None:
        """Write what is still to be written, and let go of the session."""
        self._archive.settle()
        self._archive.give_up()
        self._log.finish()
        if self._session is not None:
            self._session.close()
            self._session = None

    def save(self, render: FinishedRender) -> None:
        """Log a render. Without a session the user is told, once."""
        if self._session is not None:
            self._archive.save(self._session, render)
        elif not self._warned:
            self._warn_unsaved()

    def find(self, key: str) -> Tile | None:
        """A finished tile of this computation id, where the session has it."""
        record = None if self._session is None else self._session.find(key)
        return None if record is None else self.tile(record)

    def tile_of(self, recipe: Recipe) -> Tile | None:
        """The newest finished tile of exactly this recipe."""
        record = None if self._session is None else self._session.find_recipe(recipe)
        return None if record is None else self.tile(record)

    def tile(self, record: RenderRecord) -> Tile | None:
        """None where the image's file is gone or damaged."""
        if self._session is None:
            return None
        try:
            image = self._session.load_image(record)
        except AlienLabError:
            return None
        return Tile(
            key=record.computation_id,
            recipe=record.recipe,
            state=TileState.FINISHED,
            image=image,
            provenance=record.provenance,
            recognition=record.provenance.recognition,
        )

    def save_image(self, tile: Tile, path: Path) -> None:
        """Write a finished tile as a PNG with its recipe, in the background."""
        image, provenance = tile.image, tile.provenance
        if image is None or provenance is None:
            raise SessionError("This image is not finished yet.")
        self._archive.carry_out(
            lambda: write_png(path, image, tile.recipe, provenance), sentence=f"Image saved as {path}."
        )

    def _save_all(self) -> None:
        """Raise SessionError where the disk is full: what waits would be lost with the session."""
        if self._archive.settle():
            return
        raise SessionError(
            f"The disk is full: {self._archive.unsaved} of the session '{self.name}' could not be saved yet. "
            "Make space before you open another session."
        )

    def _take(self, session: Session) -> None:
        self.close()
        self._session = session
        self._log.open(session)
        for finding in session.findings:
            self.message.emit(Message(finding, Tone.WARNING))
        self._preferences.replace(self._preferences.settings.with_session(str(session.folder)))
        self.changed.emit()

    def _announce(self, record: RenderRecord) -> None:
        """What an earlier session has saved may be told of late: it is not in the log of this one."""
        if self._session is not None and self._session.owns(record):
            self._log.add(record)
            self.saved.emit(record)

    def _warn_unsaved(self) -> None:
        self._warned = True
        text = "No session is open, so renders are not saved. Open one from the File menu."
        self.message.emit(Message(text, Tone.WARNING, ("session.new", "session.open")))
