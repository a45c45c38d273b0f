"""What is selected, beside what is done to it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from alienlab.app.laboratory import Laboratory
from alienlab.ui.appearance import AppearanceSwitch


class LesionSide(QWidget):
    """Selection card and lesion panel in one dock."""

    def __init__(self, lab: Laboratory, appearance: AppearanceSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
