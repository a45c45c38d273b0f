"""Connects the window with what takes files in and lets sessions out."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from alienlab.app.laboratory import Laboratory
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.dropping import DropTarget
from alienlab.ui.file_commands import FileCommands, TransferBar
from alienlab.ui.window_actions import WindowActions


class FileArrivals(QObject):
    """The target of drops, the commands about files, and how far a session on its way is."""

    def __init__(
        self,
        window: QMainWindow,
        lab: Laboratory,
        dialogs: Dialogs,
        appearance: AppearanceSwitch,
        actions: WindowActions,
    ) -> None:
        super().__init__(window)
        self._transfers, self._actions = lab.transfers, actions
        self.commands = FileCommands(lab, dialogs, self)
        self.target = DropTarget(window, lab.dropping, appearance)
        self.transfer_bar = TransferBar(lab.transfers, actions["session.stop"])
        window.statusBar().addWidget(self.transfer_bar)
        actions.bind(self.commands.by_action())
        lab.transfers.changed.connect(self._take)
        self._take()

    def _take(self) -> None:
        """One session is on its way at a time."""
        is_going = self._transfers.transfer is not None
        for name in ("session.export", "session.import", "session.dump"):
            self._actions[name].setEnabled(not is_going)
        self._actions["session.stop"].setEnabled(is_going)
