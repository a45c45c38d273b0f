"""Buttons that bring everything back from a render, or one part of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from alienlab.session.log.records import RenderRecord
from alienlab.ui.canvas.tile_words import OPEN_LAB
from alienlab.ui.log.render_commands import RenderCommands

EVERYTHING = "Restore everything"
EVERYTHING_TIP = "Take all settings and lesions from this render, and show its image (Enter)"
OPEN_LAB_TIP = "Open the laboratory that made this picture, with its values and its seed (Enter)"


class RestoreButtons(QWidget):
    """``wanted`` carries what is to be done with the render that is shown."""

    wanted = Signal(object)

    def __init__(self, commands: RenderCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {
            text: self._button(text, tip, command)
            for text, tip, command in (
                (EVERYTHING, EVERYTHING_TIP, commands.restore),
                ("prompt", "Take its prompt alone", commands.restore_prompt),
                ("lesions", "Take its lesions alone", commands.restore_lesions),
                ("seed", "Take its noise alone", commands.restore_seed),
            )
        }
        self._parts = QWidget()
        self._lay_out()

    def set_is_lab(self, is_lab: bool) -> None:
        """Of a laboratory's picture there are no parts to bring back: its laboratory opens with all its values."""
        everything = self.buttons[EVERYTHING]
        everything.setText(OPEN_LAB if is_lab else EVERYTHING)
        everything.setAccessibleName(everything.text())
        everything.setToolTip(OPEN_LAB_TIP if is_lab else EVERYTHING_TIP)
        self._parts.setVisible(not is_lab)

    def _button(self, text: str, tip: str, command: Callable[[RenderRecord], object]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAccessibleName(text if text == EVERYTHING else f"Restore only its {text}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.wanted.emit(command))
        return button

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout(self._parts)
        column.setContentsMargins(0, 0, 0, 0)
        row.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row.setSpacing(4)
        caption = QLabel("or only its")
        caption.setProperty("tone", "small")
        everything, *parts = self.buttons.values()
        everything.setProperty("variant", "primary")
        column.addWidget(everything)
        column.addWidget(self._parts)
        row.addWidget(caption)
        row.addSpacing(4)
        for button in parts:
            button.setProperty("density", "tight")
            row.addWidget(button, 1)
