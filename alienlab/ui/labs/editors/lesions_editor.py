"""Says which lesions a laboratory's network has; they are made on its map."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from alienlab.domain.counting import counted
from alienlab.domain.laboratories.parameters import Parameter, Value
from alienlab.ui.labs.editors.editor import Editor, caption_of, tip_of
from alienlab.ui.plain_text import PlainLabel

MOST_LINES = 4


class LesionsEditor(Editor):
    network_wanted = Signal(bool)
    """Whether the map and the lesion panel are to be seen."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self.lines = PlainLabel()
        self.lines.setProperty("tone", "small")
        self.lines.setWordWrap(True)
        self.button = QPushButton("Network")
        self.button.setCheckable(True)
        self.button.setProperty("density", "tight")
        self.button.setAccessibleName(f"Show the network for {parameter.name}")
        self.button.setToolTip(f"{tip_of(parameter)} Shows the map of the network and its lesion panel.")
        row = QHBoxLayout()
        row.addWidget(caption_of(parameter), 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.lines)
        self.button.toggled.connect(self.network_wanted)

    def show_value(self, value: Value) -> None:
        texts = [str(text) for text in value] if isinstance(value, tuple) else []
        more = [f"and {counted(len(texts) - MOST_LINES, 'more lesion')}"] if len(texts) > MOST_LINES else []
        self.lines.setText("\n".join([*texts[:MOST_LINES], *more]) if texts else "None is chosen.")
