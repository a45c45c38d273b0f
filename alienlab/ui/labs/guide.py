"""What to look for in a laboratory: a paragraph that can be folded."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from alienlab.ui.theme import Theme


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
        self.text = QLabel("\n\n".join(paragraphs))
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setProperty("tone", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        self.button.clicked.connect(self._toggle)
        self.set_folded(False)

    @property
    def is_folded(self) -> bool:
        return self.text.isHidden()

    def set_folded(self, folded: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.RightArrow if folded else Qt.ArrowType.DownArrow)
        self.text.setHidden(folded)

    def _toggle(self) -> None:
        self.set_folded(not self.is_folded)
        self.folded.emit(self.is_folded)
