"""A render seen from inside, step by step."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from alienlab.app.archive import Archive
from alienlab.app.space.filming import Filming
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.dialogs import Dialogs


class FilmWindow(QDialog):
    """Shows a Filming."""

    def __init__(
        self, filming: Filming, archive: Archive, dialogs: Dialogs, appearance: AppearanceSwitch, parent: QWidget
    ) -> None:
        super().__init__(parent)

    def show_film(self, recipe: DiffusionRecipe) -> None:
        self.show()
