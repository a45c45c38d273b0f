"""Switches, choices and texts."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from alienlab.domain.laboratories.parameters import Parameter, Value
from alienlab.ui.appearance import font_of
from alienlab.ui.labs.editors.editor import Editor, caption_of
from alienlab.ui.theme import MONO, Type

TYPING_MS = 300
"""How long a text is left alone before it is taken."""
LONG_TEXT = 40
"""Letters of a first value from which a text gets several lines."""
LINES_HEIGHT = 96


class SwitchEditor(Editor):
    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self.box = QCheckBox(parameter.name)
        self._dress(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        row.addStretch(1)
        self.box.toggled.connect(lambda on: self.changed.emit(on))

    def show_value(self, value: Value) -> None:
        blocker = QSignalBlocker(self.box)
        self.box.setChecked(bool(value))
        del blocker


class ChoiceEditor(Editor):
    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self.box = QComboBox()
        self.box.setMinimumContentsLength(8)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for choice in parameter.choices:
            self.box.addItem(choice.name, choice.id)
        self._dress(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption_of(parameter))
        column.addWidget(self.box)
        self.box.currentIndexChanged.connect(lambda _: self.changed.emit(self.box.currentData()))

    def show_value(self, value: Value) -> None:
        blocker = QSignalBlocker(self.box)
        self.box.setCurrentIndex(self.box.findData(value))
        del blocker


class TextEditor(Editor):
    """A line, or several for what is long; a text is taken when the typing pauses."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        default = str(parameter.default)
        self.field: QLineEdit | QPlainTextEdit = (
            _Lines(self) if "\n" in default or len(default) > LONG_TEXT else QLineEdit()
        )
        self.field.setAcceptDrops(False)  # files that are dropped belong to the window
        self._said = default
        self._timer = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._timer.timeout.connect(self.finish)
        self._dress(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption_of(parameter))
        column.addWidget(self.field)
        self.field.textChanged.connect(lambda *_: self._timer.start())
        if isinstance(self.field, QLineEdit):
            self.field.editingFinished.connect(self.finish)

    @property
    def text(self) -> str:
        return self.field.toPlainText() if isinstance(self.field, QPlainTextEdit) else self.field.text()

    def show_value(self, value: Value) -> None:
        self._said = str(value)
        if self.text != self._said:
            blocker = QSignalBlocker(self.field)
            if isinstance(self.field, QPlainTextEdit):
                self.field.setPlainText(self._said)
            else:
                self.field.setText(self._said)
            del blocker
        self._timer.stop()

    def finish(self) -> None:
        self._timer.stop()
        if self.text != self._said:
            self._said = self.text
            self.changed.emit(self._said)


class _Lines(QPlainTextEdit):
    """Tab goes on to the next control."""

    def __init__(self, owner: TextEditor) -> None:
        super().__init__()
        self._owner = owner
        self.setTabChangesFocus(True)
        self.setFont(font_of(Type.SMALL, families=MONO))
        self.setFixedHeight(LINES_HEIGHT)

    def focusOutEvent(self, e: QFocusEvent) -> None:
        super().focusOutEvent(e)
        self._owner.finish()
