"""What to look for in a laboratory: a paragraph that can be folded."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from alienlab.ui.plain_text import PlainLabel
from alienlab.ui.theme import Theme

HEIGHT = 136
"""Of the text at most, in pixels: it scrolls, so that parameters are seen beneath it."""


class Guide(QWidget):
    folded = Signal(bool)
    """The user has folded it to its title, or unfolded it."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton()
        self.button.setText("What to look for")
        self.button.setProperty("variant", "quiet")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setAccessibleName("What to look for")
        self.button.setToolTip("Show or fold away what this laboratory tells")
        paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]
        self.text = PlainLabel("\n\n".join(paragraphs))
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setProperty("tone", "muted")
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.room = _Room(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.room)
        self.button.clicked.connect(self._toggle)
        self.set_folded(False)

    @property
    def is_folded(self) -> bool:
        return self.room.isHidden()

    def set_folded(self, folded: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.RightArrow if folded else Qt.ArrowType.DownArrow)
        self.room.setHidden(folded)

    def _toggle(self) -> None:
        self.set_folded(not self.is_folded)
        self.folded.emit(self.is_folded)


class _Room(QScrollArea):
    """As high as its text, where that is not too high."""

    def __init__(self, text: QLabel) -> None:
        super().__init__()
        self._text = text
        self.setWidget(text)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("What to look for, in words")
        self.viewport().setAutoFillBackground(False)
        text.setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(min(HEIGHT, self._text.heightForWidth(self.viewport().width())))
