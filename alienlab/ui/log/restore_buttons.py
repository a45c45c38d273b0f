"""Buttons that bring everything back from a render, or one part of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from alienlab.session.log.records import RenderRecord
from alienlab.ui.log.render_commands import RenderCommands

EVERYTHING = "Restore everything"


class RestoreButtons(QWidget):
    """``wanted`` carries what is to be done with the render that is shown."""

    wanted = Signal(object)

    def __init__(self, commands: RenderCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        everything = "Take all settings and lesions from this render, and show its image (Enter)"
        self.buttons = {
            text: self._button(text, tip, command)
            for text, tip, command in (
                (EVERYTHING, everything, commands.restore),
                ("prompt", "Take its prompt alone", commands.restore_prompt),
                ("lesions", "Take its lesions alone", commands.restore_lesions),
                ("seed", "Take its noise alone", commands.restore_seed),
            )
        }
        self._lay_out()

    def _button(self, text: str, tip: str, command: Callable[[RenderRecord], object]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAccessibleName(text if text == EVERYTHING else f"Restore only its {text}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.wanted.emit(command))
        return button

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row.setSpacing(4)
        caption = QLabel("or only its")
        caption.setProperty("tone", "small")
        everything, *parts = self.buttons.values()
        everything.setProperty("variant", "primary")
        column.addWidget(everything)
        column.addLayout(row)
        row.addWidget(caption)
        row.addSpacing(4)
        for button in parts:
            button.setProperty("density", "tight")
            row.addWidget(button, 1)
