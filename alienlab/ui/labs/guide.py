"""What to look for in a laboratory: a paragraph that can be folded."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from alienlab.ui.theme import Theme


class Guide(QWidget):
    folded = Signal(bool)
    """Whether only its title is seen."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton()
        self.button.setText("What to look for")
        self.button.setCheckable(True)
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
        self.button.toggled.connect(self._take)
        self._take(False)

    def set_folded(self, folded: bool) -> None:
        self.button.setChecked(not folded)

    @property
    def is_folded(self) -> bool:
        return not self.button.isChecked()

    def _take(self, shown: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self.text.setVisible(shown)
        self.folded.emit(not shown)
