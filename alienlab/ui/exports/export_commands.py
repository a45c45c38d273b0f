"""What the window's actions do to bring sheets and animations out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from alienlab.app.exports.film_draft import FilmDraft, write_film
from alienlab.app.exports.sheet_draft import SheetDraft
from alienlab.app.exports.sources import (
    SheetSource,
    SourceKind,
    board_source,
    canvas_source,
    renders_source,
    sweep_source,
)
from alienlab.app.laboratory import Laboratory
from alienlab.app.messages import Message, Tone
from alienlab.domain.anatomy import Anatomy
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepRecord
from alienlab.session.sheets.sheet import Sheet, SheetOptions, write_sheet
from alienlab.session.sheets.watching import watched
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.exports.export_dialog import ExportDialog
from alienlab.ui.exports.film_dialog import FilmDialog
from alienlab.ui.exports.sheet_dialog import SheetDialog

NOTHING = "There is nothing to export yet. Render an image first."
_UNFIT = re.compile(r"[^\w ,.()-]+")


class ExportCommands(QObject):
    """Asks in dialogs, then lets the archive write."""

    def __init__(
        self,
        lab: Laboratory,
        dialogs: Dialogs,
        appearance: AppearanceSwitch,
        filtered: Callable[[], Sequence[int]],
        parent: QWidget,
    ) -> None:
        """``filtered`` gives the numbers of the renders that the session strip shows, newest first."""
        super().__init__(parent)
        self._lab, self._dialogs, self._appearance, self._window = lab, dialogs, appearance, parent
        self._filtered = filtered
        self.sheet_dialog: SheetDialog | None = None
        """The last one that was opened."""
        self.film_dialog: FilmDialog | None = None
        """The same."""

    def by_action(self) -> Mapping[str, Callable[[], object]]:
        """Commands by the id of their action."""
        return {
            "export.sheet": self.export_sheet,
            "export.animation": self.export_animation,
            "board.sheet": lambda: self.export_sheet(SourceKind.BOARD),
        }

    def export_sheet(self, kind: SourceKind | None = None, numbers: Sequence[int] = ()) -> None:
        """Open the dialog, beginning with one kind of source; ``numbers`` are renders that were selected."""
        if sources := self._some(numbers):
            draft = SheetDraft(sources, begin_with=kind, parent=self)
            dialog = SheetDialog(draft, self._appearance.theme, self._window)
            dialog.wanted.connect(lambda: self._write_sheet(dialog, draft))
            self.sheet_dialog = _opened(dialog, draft)

    def export_animation(self, kind: SourceKind | None = None, numbers: Sequence[int] = ()) -> None:
        """As ``export_sheet``, one image after another."""
        if sources := self._some(numbers):
            draft = FilmDraft(sources, begin_with=kind, parent=self)
            dialog = FilmDialog(draft, self._appearance.theme, self._window)
            dialog.wanted.connect(lambda: self._write_film(dialog, draft))
            self.film_dialog = _opened(dialog, draft)

    def _some(self, numbers: Sequence[int]) -> list[SheetSource]:
        """Sources; where there are none the user is told."""
        sources = self.sources(numbers)
        if not sources:
            self._lab.message.emit(Message(NOTHING, Tone.NOTE))
        return sources

    def sources(self, numbers: Sequence[int] = ()) -> list[SheetSource]:
        """What can be exported now, the likeliest first; what holds no image is left out."""
        session, shown = self._lab.session.session, self._lab.comparison.shown()
        found = [] if session is None else self._of_session(session, numbers)
        return [one for one in (*found, canvas_source(shown, title=self._lab.session.name)) if one.count]

    def _of_session(self, session: Session, numbers: Sequence[int]) -> list[SheetSource]:
        filtered, every = self._filtered(), session.numbers()
        renders = {
            SourceKind.SELECTION: numbers,
            SourceKind.FILTERED: filtered if len(filtered) < len(every) else (),
            SourceKind.SESSION: every,
        }
        sweep, anatomy = self._sweep(), self._lab.brain.anatomy
        return [
            *([] if sweep is None or anatomy is None else [sweep_source(session, sweep, anatomy)]),
            *(renders_source(session, some, kind, anatomy_of=self._anatomy_of) for kind, some in renders.items()),
            board_source(session, self._lab.pinboard.board.state),
        ]

    def _sweep(self) -> SweepRecord | None:
        """The one that is shown."""
        shown = self._lab.sweeps.sweep
        return next((one for one in self._lab.sweeps.records() if shown is not None and one.sweep.id == shown.id), None)

    def _anatomy_of(self, brain: str) -> Anatomy | None:
        info = self._lab.brain.info
        return self._lab.brain.anatomy if info is not None and info.hash == brain else None

    def _write_sheet(self, dialog: SheetDialog, draft: SheetDraft) -> None:
        source, options = draft.source, draft.options
        path = self._dialogs.sheet_file(start_of(options.title or self._lab.session.name, ".png"))
        if path is not None:
            dialog.accept()
            self._write(lambda: source.make(options, None), lambda sheet: write_sheet(sheet, path), "sheet", path)

    def _write_film(self, dialog: FilmDialog, draft: FilmDraft) -> None:
        source, options = draft.source, draft.options
        path = self._dialogs.animation_file(start_of(source.name, ".gif"))
        if path is not None:
            dialog.accept()
            self._write(
                lambda: source.make(SheetOptions(), None),
                lambda sheet: write_film(sheet, options, path),
                "animation",
                path,
            )

    def _write(self, make: Callable[[], Sheet], write: Callable[[Sheet], object], what: str, path: Path) -> None:
        self._lab.transfers.write(
            f"Writing the {what}",
            lambda step, stop: watched(make(), write, progress=step, is_stopped=stop),
            sentence=f"{what.capitalize()} saved as {path}.",
        )


_Dialog = TypeVar("_Dialog", bound=ExportDialog)


def _opened(dialog: _Dialog, draft: QObject) -> _Dialog:
    dialog.finished.connect(dialog.deleteLater)
    dialog.finished.connect(draft.deleteLater)
    dialog.open()
    return dialog


def start_of(title: str, suffix: str) -> Path:
    """A file that a dialog begins with."""
    name = " ".join(_UNFIT.sub(" ", title).split())[:60].strip(" .") or "sheet"
    return Path.home() / f"{name}{suffix}"
