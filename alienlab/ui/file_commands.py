"""What the window does with whole files: images and sessions that come in, sessions that go out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from alienlab.app.laboratory import Laboratory
from alienlab.app.transfers import SessionTransfers
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.dropping import files_in


class FileCommands(QObject):
    """Asks the user where that is needed, then tells the laboratory."""

    def __init__(self, lab: Laboratory, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lab = lab
        self._dialogs = dialogs

    def by_action(self) -> Mapping[str, Callable[[], object]]:
        return {
            "file.restore": self.restore_from_image,
            "file.paste": self.paste,
            "session.export": self.export_session,
            "session.import": self.import_session,
            "session.dump": self.dump_session,
            "session.stop": self._lab.transfers.cancel,
            "brain.open_maker": self._lab.dropping.open_maker,
        }

    def restore_from_image(self) -> None:
        path = self._dialogs.image_to_open("Restore from image", Path.home())
        if path is not None:
            self._lab.dropping.take([path])

    def paste(self) -> None:
        self._lab.dropping.take(files_in(QGuiApplication.clipboard().mimeData()))

    def export_session(self) -> None:
        path = self._dialogs.archive_file(Path.home() / f"{self._lab.session.name or 'session'}.zip")
        if path is not None:
            self._lab.transfers.export(path)

    def import_session(self) -> None:
        path = self._dialogs.archive_to_open("Import session", Path.home())
        if path is not None:
            self._lab.transfers.take_in(path)

    def dump_session(self) -> None:
        path = self._dialogs.lines_file(Path.home() / f"{self._lab.session.name or 'session'}.jsonl")
        if path is not None:
            self._lab.transfers.dump(path)


class TransferBar(QWidget):
    """What is on its way, how far it is, and a cross to stop it; invisible where nothing is."""

    def __init__(self, transfers: SessionTransfers, stop: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._transfers = transfers
        self.text = QLabel()
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(96)
        button = QToolButton()
        button.setDefaultAction(stop)
        button.setProperty("variant", "quiet")
        button.setAccessibleName("Stop what is on its way")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setStyleSheet("padding: 0 4px;")  # the line is not higher than its words
        button.setIconSize(QSize(12, 12))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.text, self.progress, button):
            row.addWidget(part)
        row.addStretch(1)
        transfers.changed.connect(self._take)
        self._take()

    def _take(self) -> None:
        transfer = self._transfers.transfer
        self.setVisible(transfer is not None)
        if transfer is not None:
            percent = round(100 * transfer.share)
            self.text.setText(f"{transfer.text}: {percent} %")
            self.progress.setValue(percent)
            self.progress.setAccessibleName(transfer.text)
