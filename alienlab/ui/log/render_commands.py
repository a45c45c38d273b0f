"""What can be done with renders of the session: the same in the strip and in the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from alienlab.app.laboratory import Laboratory
from alienlab.app.messages import Message, Tone
from alienlab.domain.counting import counted
from alienlab.domain.recipe import LabRecipe
from alienlab.session.log.store import RenderRecord
from alienlab.ui.canvas.tile_words import OPEN_LAB
from alienlab.ui.commands import Commands
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.space.point_commands import PointCommands

KEEP = "Keep them"
Records = Sequence[RenderRecord]


class RenderCommands(QObject):
    """Asks the user where that is needed, then tells the laboratory. ``extras`` are offered where they are known."""

    def __init__(
        self, lab: Laboratory, commands: Commands, points: PointCommands, dialogs: Dialogs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._lab, self._commands, self._points, self._dialogs = lab, commands, points, dialogs
        self.pin: Callable[[Records], object] | None = None
        """Lays renders on the board."""
        self.sheet: Callable[[Sequence[int]], object] | None = None
        """Puts together a sheet, of the renders with these numbers at first."""
        self.look: Callable[[RenderRecord, QMenu], object] | None = None
        """Adds to a menu what else can be done with a render's image."""
        self.replay: Callable[[RenderRecord], object] | None = None
        """Renders again, and compares."""

    def restore(self, record: RenderRecord) -> None:
        """Take settings and lesions from a render, and show its image; or open its laboratory."""
        self._lab.restore(record)

    def restore_prompt(self, record: RenderRecord) -> None:
        self._commands.restore_prompt(record)

    def restore_lesions(self, record: RenderRecord) -> None:
        self._commands.restore_lesions(record)

    def restore_seed(self, record: RenderRecord) -> None:
        self._commands.restore_seed(record)

    def name(self, record: RenderRecord) -> None:
        self._points.name_record(record)

    def film(self, record: RenderRecord) -> None:
        self._points.film_record(record)

    def save(self, record: RenderRecord) -> None:
        self._commands.save_record(record)

    def copy(self, record: RenderRecord) -> None:
        self._commands.copy_record(record)

    def star(self, records: Records) -> None:
        """Give all of them a star; where all have one, take it away."""
        labels, numbers = self._lab.labels, [record.number for record in records]
        labels.set(numbers, star=not all(labels.of(number).star for number in numbers))

    def discard(self, records: Records) -> None:
        self._lab.bin.discard(record.number for record in records)
        laid = "it" if len(records) == 1 else "them"
        text = f"{counted(len(records), 'render')} laid into the bin. Undo brings {laid} back (Ctrl+Z)."
        self._lab.message.emit(Message(text, Tone.NOTE))

    def take_back(self, records: Records) -> None:
        self._lab.bin.take_back(record.number for record in records)

    def empty_bin(self) -> None:
        """Ask once, then delete for good what is in the bin."""
        session = self._lab.session.session
        number = 0 if session is None else len(session.bin_numbers())
        if not number:
            return
        what = counted(number, "render")
        text = f"{what} will be deleted for good, with image, labels and record. This cannot be undone."
        if self._dialogs.choice("Empty the bin", text, (KEEP, f"Delete {what}")) not in (None, KEEP):
            self._lab.bin.empty()

    def menu_for(self, records: Records, parent: QWidget) -> QMenu:
        """What can be done with them; the first is the one that is restored."""
        menu, first = QMenu(parent), records[0]
        menu.setToolTipsVisible(True)
        is_single, is_lab = len(records) == 1, isinstance(first.recipe, LabRecipe)
        for text, command in self._restoring(is_lab=is_lab):
            menu.addAction(text, lambda command=command: command(first)).setEnabled(is_single)
        menu.addSeparator()
        starred = all(self._lab.labels.of(record.number).star for record in records)
        menu.addAction("Take the star away" if starred else "Give a star", lambda: self.star(records))
        if not is_lab:
            menu.addAction("Name…", lambda: self.name(first)).setEnabled(is_single)
        self._add_extras(menu, records)
        if not is_lab:
            menu.addAction("Show the steps of this render…", lambda: self.film(first)).setEnabled(is_single)
        menu.addSeparator()
        menu.addAction("Save image as…", lambda: self.save(first)).setEnabled(is_single)
        menu.addAction("Copy image", lambda: self.copy(first)).setEnabled(is_single)
        sheet = self.sheet
        if sheet is not None:
            menu.addAction("Export sheet…", lambda: sheet([record.number for record in records]))
        menu.addSeparator()
        if self.is_in_bin(first):
            menu.addAction("Put back", lambda: self.take_back(records))
        else:
            menu.addAction("Move to bin", lambda: self.discard(records))
        return menu

    def _restoring(self, *, is_lab: bool) -> Sequence[tuple[str, Callable[[RenderRecord], object]]]:
        """Names of what brings back a render or parts of it, with what is done."""
        if is_lab:
            return ((OPEN_LAB, self.restore),)
        return (
            ("Restore everything", self.restore),
            ("Restore prompt", self.restore_prompt),
            ("Restore lesions", self.restore_lesions),
            ("Restore seed", self.restore_seed),
        )

    def is_in_bin(self, record: RenderRecord) -> bool:
        return self._lab.log.is_in_bin(record.number)

    def _add_extras(self, menu: QMenu, records: Records) -> None:
        pin, replay, first = self.pin, self.replay, records[0]
        if self.look is not None and len(records) == 1:
            self.look(first, menu)
        if pin is not None:
            menu.addAction("Pin to the board", lambda: pin(records))
        if replay is not None:
            menu.addAction("Render again and compare", lambda: replay(first)).setEnabled(len(records) == 1)
