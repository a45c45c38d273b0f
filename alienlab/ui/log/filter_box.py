"""Where the filter of the log is written, with what can stand in it; what is wrong with it stands below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.log.rows import LogRows
from alienlab.app.log.suggestions import Vocabulary, suggestions, term_at
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.icons import Icon, themed

HINT = "Filter: words, tag:good, verdict:noise, op:zero, module:mid_block.*, is:starred …"
TIP = (
    "Show only renders about which these words are written.\n"
    "prompt:cat  module:mid_block.*  op:zero  verdict:noise  tag:good  is:starred\n"
    'after:2026-11-01  before:2026-11-30  sweep:"each module"  lab:iterated-maps  in:bin  (Ctrl+F)'
)
PAUSE_MS = 120
"""So long nothing is typed before it is looked up."""


class FilterBox(QWidget):
    """Writes the filter of some rows. ``vocabulary`` says what is offered."""

    def __init__(
        self,
        rows: LogRows,
        menu: QToolButton,
        vocabulary: Callable[[], Vocabulary],
        appearance: AppearanceSwitch,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._appearance = rows, appearance
        self.field = FilterField(vocabulary)
        self._magnifier = self.field.addAction(
            themed(Icon.SEARCH, appearance.theme), QLineEdit.ActionPosition.LeadingPosition
        )
        self.problem = QLabel()
        self.problem.setProperty("tone", "small")
        self.problem.setWordWrap(True)
        self.problem.setContentsMargins(4, 0, 4, 0)
        self.problem.hide()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._filter)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.field.textChanged.connect(lambda: self._pause.start())
        rows.refused.connect(self._take_problem)
        appearance.changed.connect(lambda theme: self._magnifier.setIcon(themed(Icon.SEARCH, theme)))

    @property
    def text(self) -> str:
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Filter by it at once."""
        self.field.setText(text)
        self._filter()

    def _filter(self) -> None:
        self._pause.stop()
        self._rows.set_text(self.field.text())

    def _take_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.field.setProperty("state", "wrong" if text else "")
        self.field.style().polish(self.field)


class FilterField(QLineEdit):
    """Offers keys and values for the word that is being written. Esc empties it first."""

    left = Signal()
    """The keyboard is wanted where the renders are: Down or Enter without a suggestion."""

    def __init__(self, vocabulary: Callable[[], Vocabulary]) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._offered = QStringListModel(self)
        self.suggestions = QCompleter(self._offered, self)
        self.suggestions.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.suggestions.setWidget(self)
        popup = self.suggestions.popup()
        assert popup is not None  # Qt makes it when it is asked for
        self._popup: QAbstractItemView = popup
        self.suggestions.activated.connect(self._take)
        self.setPlaceholderText(HINT)
        self.setClearButtonEnabled(True)
        self.setToolTip(TIP)
        self.setAccessibleName("Filter of the session log")
        self.textEdited.connect(self._offer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if popup.isVisible() and (enter or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab)):
            if event.key() == Qt.Key.Key_Tab and not popup.currentIndex().isValid():
                self._take(self._offered.stringList()[0])
                popup.hide()
            else:
                event.ignore()  # it belongs to the suggestions
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif (enter or event.key() == Qt.Key.Key_Down) and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab takes what is offered before it goes on; Qt would go on first."""
        return not self._popup.isVisible() and super().focusNextPrevChild(next)

    def _offer(self) -> None:
        start, end = term_at(self.text(), self.cursorPosition())
        offered = suggestions(self.text()[start:end], self._vocabulary())
        self._offered.setStringList(offered)
        if offered and self.hasFocus():
            self.suggestions.complete()
        else:
            self._popup.hide()

    def _take(self, term: str) -> None:
        """Put it in place of what is being written; a key waits for its value."""
        start, end = term_at(self.text(), self.cursorPosition())
        rest = self.text()[end:]
        behind = "" if term.endswith(":") or rest.startswith(" ") else " "
        self.setText(f"{self.text()[:start]}{term}{behind}{rest}")
        self.setCursorPosition(start + len(term) + len(behind))
        if term.endswith(":"):
            self._offer()
        else:
            self._popup.hide()
