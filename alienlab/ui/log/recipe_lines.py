"""What a render was made of and with, in lines that can be copied."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.icons import Icon, themed

CAPTION_WIDTH = 92
_ZERO_WIDTH = "\u200b"


class CopyLine(QWidget):
    """A caption, a text of some lines, and a button that copies it."""

    copied = Signal(str)
    """What was copied, in words."""

    def __init__(self, caption: str, appearance: AppearanceSwitch, *, tone: str = "") -> None:
        super().__init__()
        self._text = ""
        self._caption = caption
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("tone", tone)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QToolButton()
        self.button.setProperty("variant", "quiet")
        self.button.setToolTip(f"Copy the {caption.lower()}")
        self.button.setAccessibleName(f"Copy the {caption.lower()}")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._copy)
        heading = QLabel(caption)
        heading.setProperty("tone", "small")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(0)
        grid.addWidget(heading, 0, 0)
        grid.addWidget(self.button, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.words, 1, 0)
        grid.setColumnStretch(0, 1)
        appearance.changed.connect(lambda theme: self.button.setIcon(themed(Icon.COPY, theme)))
        self.button.setIcon(themed(Icon.COPY, appearance.theme))

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text
        self.words.setText(_breakable(text))
        self.setVisible(bool(text))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.copied.emit(f"{self._caption} copied.")


class NameValueLines(QWidget):
    """Names and values in two columns."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, CAPTION_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[QLabel, QLabel]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)

    @property
    def text(self) -> str:
        shown = (line for line in self._lines if not line[0].isHidden())
        return "\n".join(f"{name.text()}: {value.text().replace(_ZERO_WIDTH, '')}" for name, value in shown)

    def show_lines(self, lines: Iterable[tuple[str, str]]) -> None:
        told = list(lines)
        while len(self._lines) < len(told):
            self._add_line()
        for place, (name, value) in enumerate(self._lines):
            is_told = place < len(told)
            name.setVisible(is_told)
            value.setVisible(is_told)
            if is_told:
                name.setText(told[place][0])
                value.setText(_breakable(told[place][1]))

    def _add_line(self) -> None:
        name, value = QLabel(), QLabel()
        name.setProperty("tone", "small")
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        name.setContentsMargins(0, 1, 0, 0)
        value.setWordWrap(True)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = len(self._lines)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(value, row, 1)
        self._lines.append((name, value))


def _breakable(text: str) -> str:
    """Paths may go on in the next line after a dot, and what has no place to break after some letters."""
    words = (_ZERO_WIDTH.join(word[at : at + 16] for at in range(0, len(word), 16)) for word in text.split(" "))
    return " ".join(words) if any(len(word) > 24 for word in text.split(" ")) else text
