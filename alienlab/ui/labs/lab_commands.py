"""What the window's actions do in a laboratory."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from alienlab.app.laboratory import Laboratory as Window
from alienlab.app.labs.command import command_of
from alienlab.app.labs.images import KeptImage
from alienlab.app.labs.writing import kinds_of, write_result
from alienlab.app.messages import Message, Tone
from alienlab.domain.events import Image
from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.domain.laboratories.parameters import ParameterKind
from alienlab.domain.laboratories.shelf import PluginError
from alienlab.session.log.store import RenderRecord
from alienlab.ui.dialogs import Dialogs

NOTHING = "There is no result to export yet. Press Run."


class LabCommands(QObject):
    """Tells the bench that is looked at."""

    def __init__(self, lab: Window, dialogs: Dialogs, finish_typing: Callable[[], object], parent: QObject) -> None:
        """``finish_typing`` takes what stands in fields of the page and was not confirmed yet."""
        super().__init__(parent)
        self._lab, self._dialogs, self._finish_typing = lab, dialogs, finish_typing
        lab.lab_images.came.connect(self._look_at)

    def by_action(self) -> Mapping[str, Callable[[], object]]:
        return {
            "labs.run": self.run,
            "labs.stop": self.stop,
            "labs.roll": self.roll,
            "labs.keep": self.keep,
            "labs.export": self.export,
            "labs.command": self.copy_command,
            "labs.reset": self.reset,
            "labs.close": self._lab.benches.close_current,
        }

    def run(self) -> None:
        bench = self._lab.benches.current
        if bench is not None:
            self._finish_typing()
            bench.run()

    def stop(self) -> None:
        bench = self._lab.benches.current
        if bench is not None:
            bench.stop()

    def roll(self) -> None:
        bench = self._lab.benches.current
        if bench is not None:
            bench.roll_seed()

    def keep(self) -> None:
        bench = self._lab.benches.current
        if bench is not None:
            self._lab.benches.keep(bench)

    def export(self) -> None:
        bench = self._lab.benches.current
        carried = None if bench is None else bench.carried
        if bench is None or carried is None:
            self._tell(NOTHING)
            return
        start = Path.home() / f"{bench.laboratory.id} {bench.experiment.id}.png"
        file = self._dialogs.result_file(start, kinds_of(carried.exhibit))
        if file is not None:
            self._lab.archive.carry_out(lambda: write_result(carried, file), sentence=f"Saved as {file}.")

    def copy_command(self) -> None:
        bench = self._lab.benches.current
        if bench is None:
            return
        self._finish_typing()
        session = self._lab.session.session
        text = command_of(
            bench.recipe,
            bench.laboratory,
            name=self._short_name(bench.laboratory),
            session="" if session is None else str(session.folder),
        )
        QGuiApplication.clipboard().setText(text)
        self._tell("Command copied.")

    def reset(self) -> None:
        bench = self._lab.benches.current
        if bench is not None:
            bench.reset()

    def image_menu(self, image: Image | None, menu: QMenu) -> None:
        """Add ``Look at it in a laboratory`` to a menu, with those that take an image; nothing where there are none."""
        if image is not None:
            self._add_menu(lambda: image, menu)

    def record_menu(self, record: RenderRecord, menu: QMenu) -> None:
        """The same for a render of the log, whose image is read where it is wanted."""

        def image() -> Image | None:
            tile = self._lab.session.tile(record)
            return None if tile is None else tile.image

        self._add_menu(image, menu)

    def _add_menu(self, image_of: Callable[[], Image | None], menu: QMenu) -> None:
        laboratories = [one for one in self._lab.benches.laboratories if _takes_image(one)]
        submenu = menu.addMenu("Look at it in a laboratory") if laboratories else menu
        for laboratory in laboratories:
            submenu.addAction(
                laboratory.name, lambda laboratory=laboratory: self.look_at(image_of(), laboratory)
            ).setToolTip(laboratory.summary)

    def look_at(self, image: Image | None, laboratory: Laboratory) -> None:
        """Open a laboratory with an image, once its pixels are kept in the session."""
        if image is not None:
            self._lab.lab_images.keep(laboratory, image)

    def _look_at(self, asker: object, kept: KeptImage) -> None:
        if isinstance(asker, Laboratory):
            self._lab.benches.look_at_image(asker, kept.material)

    def _short_name(self, laboratory: Laboratory) -> str:
        """The id alone where one plugin has it."""
        with contextlib.suppress(PluginError):
            if self._lab.plugins.shelf.find(Laboratory, laboratory.id) is laboratory:
                return laboratory.id
        return laboratory.key

    def _tell(self, text: str) -> None:
        self._lab.message.emit(Message(text, Tone.NOTE))


def _takes_image(laboratory: Laboratory) -> bool:
    return any(parameter.kind is ParameterKind.IMAGE for parameter in laboratory.parameters)
