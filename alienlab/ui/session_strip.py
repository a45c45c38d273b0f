"""The session's renders as a strip of thumbnails, newest first."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.log.row_data import LogRole
from alienlab.app.log.rows import LogRows
from alienlab.app.session_log import SessionLog
from alienlab.session.log.store import RenderRecord
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.icons import Icon, themed
from alienlab.ui.log.counting import counted
from alienlab.ui.log.render_commands import RenderCommands
from alienlab.ui.log.strip_view import CELL, StripView


class SessionStrip(QWidget):
    """Shows a SessionLog. A click brings a render back; the menu brings back parts of it."""

    def __init__(
        self,
        log: SessionLog,
        appearance: AppearanceSwitch,
        commands: RenderCommands,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._log = log
        self._appearance = appearance
        self._commands = commands
        self.filtered = LogRows(log, self)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setToolTip(
            "Show only renders about which these words are written: name, tags, notes, prompt, lesions, settings. "
            "Keys as in the log, such as tag:good"
        )
        self.filter.setAccessibleName("Filter of the session strip")
        self._magnifier = self.filter.addAction(
            themed(Icon.SEARCH, appearance.theme), QLineEdit.ActionPosition.LeadingPosition
        )
        self._count = QLabel()
        self._count.setProperty("tone", "small")
        self._problem = ElidedLabel()
        self._problem.setProperty("tone", "small")
        self.list = StripView(self.filtered, appearance)
        self._nothing = QLabel()
        self._nothing.setProperty("tone", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self.list)
        self._lay_out()
        self._connect()
        self._update()

    def sizeHint(self) -> QSize:
        return QSize(900, CELL.height() + 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, CELL.height() + 24)

    def records(self) -> tuple[RenderRecord, ...]:
        """Those that the filter lets through, newest first."""
        return self.filtered.records()

    def menu_for(self, record: RenderRecord) -> QMenu:
        """What can be done with a render."""
        return self._commands.menu_for([record], self)

    def finish(self) -> None:
        """Wait for what is being looked up."""
        self.filtered.finish()

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.filtered.set_text)
        self.filtered.refused.connect(self._take_problem)
        self.filtered.arranged.connect(self._update)
        self._log.numbers_changed.connect(self._update)
        self.list.record_chosen.connect(self._commands.restore)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self._appearance.changed.connect(self._dress)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        self.filter.setFixedWidth(168)
        side.addWidget(self.filter)
        side.addWidget(self._problem)
        side.addWidget(self._count)
        side.addStretch(1)
        self._problem.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 4)
        row.setSpacing(12)
        row.addLayout(side)
        row.addWidget(self._pages, 1)

    def _take_problem(self, text: str) -> None:
        self._problem.set_text(text)
        self._problem.setVisible(bool(text))
        self.filter.setProperty("state", "wrong" if text else "")
        self.filter.style().polish(self.filter)

    def _update(self) -> None:
        shown, total = len(self.filtered.numbers), len(self._log.numbers)
        self._count.setText(counted(shown, total, in_bin=self.filtered.wish.query.binned))
        self._nothing.setText("Every render is kept here." if not total else "No render holds these words.")
        self._pages.setCurrentWidget(self.list if shown else self._nothing)

    def _open_menu(self, position: QPoint) -> None:
        index = self.list.indexAt(position)
        if index.isValid() and index.data(LogRole.RECORD) is not None:
            self.menu_for(index.data(LogRole.RECORD)).popup(self.list.viewport().mapToGlobal(position))

    def _dress(self) -> None:
        self._magnifier.setIcon(themed(Icon.SEARCH, self._appearance.theme))
        self.list.viewport().update()
