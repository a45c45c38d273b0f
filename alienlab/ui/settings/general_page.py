"""What the menus switch, in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from alienlab.app.actions import APPEARANCES

IMAGES = ("view.smooth", "canvas.recognition", "view.blur_flagged")
RENDERING = ("render.live", "brain.compile")


class GeneralPage(QWidget):
    """Each control is the same as the action of its name in the window's menus."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controls: dict[str, QCheckBox | QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 24, 16)
        column.setSpacing(8)
        for title, names in (("Appearance", APPEARANCES), ("Images", IMAGES), ("Rendering", RENDERING)):
            self._add_group(column, title, [actions[name] for name in names], is_choice=names is APPEARANCES)
        column.addStretch(1)

    def _add_group(self, column: QVBoxLayout, title: str, actions: Sequence[QAction], *, is_choice: bool) -> None:
        heading = QLabel(title)
        heading.setProperty("tone", "title")
        column.addWidget(heading)
        for action in actions:
            control = QRadioButton(action.text()) if is_choice else QCheckBox(action.text())
            control.setToolTip(action.toolTip())
            control.setAutoExclusive(False)
            control.setChecked(action.isChecked())
            control.clicked.connect(lambda _=False, action=action, control=control: _follow(action, control))
            action.toggled.connect(control.setChecked)
            self.controls[action.objectName()] = control
            column.addWidget(control)
        column.addSpacing(12)


def _follow(action: QAction, control: QCheckBox | QRadioButton) -> None:
    if action.isChecked() is not control.isChecked():
        action.trigger()
    control.setChecked(action.isChecked())
