"""One line in which a plane is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.space.choice import PlaneChoice, Way

FORMULAS = "A prompt, or a formula such as = &quot;king&quot; - &quot;man&quot; + &quot;woman&quot;."
_WAY_TIP = (
    "Where the two directions of the plane lead.\n"
    "In random directions: anywhere at all.\n"
    "Through two points: the origin and both of them lie on the plane.\n"
    "Toward two concepts: to the right more of the first, upwards more of the second."
)


class PlaneBar(QFrame):
    """Edits a PlaneChoice; ``actions`` are the window's, by id."""

    def __init__(
        self,
        choice: PlaneChoice,
        settings: PromptSettings,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._choice, self._settings = choice, settings
        self.origin = _field("Origin of the plane", f"The point in the middle of the plane. {FORMULAS}")
        self.way = QComboBox()
        self.way.setAccessibleName("Directions of the plane")
        self.way.setToolTip(_WAY_TIP)
        for way in Way:
            self.way.addItem(str(way), way)
        self.first = _field("First point", f"Lies, or leads, to the right of the origin. {FORMULAS}")
        self.second = _field("Second point", f"Lies, or leads, upwards from the origin. {FORMULAS}")
        self.seed = QLabel()
        self.seed.setProperty("tone", "muted")
        self.seed.setToolTip("The same number gives the same directions.")
        self.dice = QToolButton()
        self.dice.setDefaultAction(actions["space.roll"])
        self.dice.setIconSize(QSize(18, 18))
        self.dice.setAccessibleName("Another plane")
        self._lay_out()
        self._connect()
        self._take()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        caption = QLabel("From")
        caption.setProperty("tone", "muted")
        row.addWidget(caption)
        row.addWidget(self.origin, 1)
        row.addWidget(self.way)
        row.addWidget(self.first, 1)
        row.addWidget(self.second, 1)
        row.addWidget(self.seed)
        row.addWidget(self.dice)

    def _connect(self) -> None:
        for field in (self.origin, self.first, self.second):
            field.editingFinished.connect(self._commit)
        self.way.activated.connect(self._commit)
        self._choice.changed.connect(self._take)
        self._settings.changed.connect(self._take)

    def _commit(self) -> None:
        self._choice.set_values(
            replace(
                self._choice.values,
                origin=self.origin.text(),
                way=Way(self.way.currentData()),
                first=self.first.text(),
                second=self.second.text(),
            )
        )

    def _take(self) -> None:
        values = self._choice.values
        self.origin.setPlaceholderText(self._settings.values.prompt or "Where the plane begins")
        for field, text in ((self.origin, values.origin), (self.first, values.first), (self.second, values.second)):
            if not field.hasFocus():  # what is being typed stays
                field.setText(text)
                field.setCursorPosition(0)
        is_random = values.way is Way.RANDOM
        for field in (self.first, self.second):
            field.setVisible(not is_random)
        self.way.setCurrentIndex(self.way.findData(values.way))
        self.seed.setText(f"plane {values.seed}")
        self.seed.setVisible(is_random)
        style = Qt.ToolButtonStyle
        self.dice.setToolButtonStyle(style.ToolButtonTextBesideIcon if is_random else style.ToolButtonIconOnly)


def _field(name: str, tip: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setToolTip(f"<p>{tip} Enter takes it.</p>")
    field.setMinimumWidth(72)
    return field
