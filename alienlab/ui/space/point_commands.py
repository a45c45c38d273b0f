"""What the window's actions do with the point and the steps of a render."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from alienlab.app.comparison import Tile
from alienlab.app.laboratory import Laboratory
from alienlab.app.messages import Message, Tone
from alienlab.app.pictures import to_qimage
from alienlab.domain.recipe import DiffusionRecipe, Recipe
from alienlab.domain.space.formula import name_text
from alienlab.domain.space.named import NamedPoint
from alienlab.session.log.store import RenderRecord
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.film_window import FilmWindow
from alienlab.ui.space.name_dialog import NameDialog
from alienlab.ui.space.names_dialog import NamesDialog
from alienlab.ui.space.unit_dialog import UnitDialog

NOTHING_THERE = "There is no image yet. Render one first."
NO_POINT = "A laboratory made this picture: it has no point in concept space."
NO_STEPS = "A laboratory made this picture: it has no denoising steps."


class PointCommands(QObject):
    """Opens the windows in which points are named, the unit is chosen, and a render is seen from inside."""

    def __init__(self, lab: Laboratory, dialogs: Dialogs, appearance: AppearanceSwitch, parent: QWidget) -> None:
        super().__init__(parent)
        self._lab, self._dialogs, self._appearance, self._window = lab, dialogs, appearance, parent
        self.name_dialog: NameDialog | None = None
        """The last one that was opened, as the others."""
        self.names_dialog: NamesDialog | None = None
        self.unit_dialog: UnitDialog | None = None
        self.film_window: FilmWindow | None = None

    def by_action(self) -> Mapping[str, Callable[[], object]]:
        """Commands by the id of their action."""
        return {
            "names.add": lambda: self.name_tile(self._current()),
            "names.show": self.show_names,
            "space.unit": self.choose_unit,
            "film.show": lambda: self.film_tile(self._current()),
        }

    def name_tile(self, tile: Tile | None) -> None:
        """Ask for a name of the point of an image."""
        if tile is None or not isinstance(tile.recipe, DiffusionRecipe):
            self._lab.message.emit(Message(NOTHING_THERE if tile is None else NO_POINT, Tone.NOTE))
            return
        self.name_dialog = NameDialog(
            self._lab.space.names,
            tile.recipe.prompt,
            computation_id=tile.key,
            picture=None if tile.picture is None else to_qimage(tile.picture),
            parent=self._window,
        )
        self.name_dialog.finished.connect(self.name_dialog.deleteLater)
        self.name_dialog.open()

    def name_record(self, record: RenderRecord) -> None:
        self.name_tile(self._lab.session.tile(record) or Tile(key=record.computation_id, recipe=record.recipe))

    def show_names(self) -> None:
        if self.names_dialog is None:
            self.names_dialog = NamesDialog(self._lab.space.names, self._lab.log, self._appearance, self._window)
            self.names_dialog.use_wanted.connect(self._use)
        self.names_dialog.show()
        self.names_dialog.activateWindow()

    def choose_unit(self) -> None:
        """Ask what distances are counted in."""
        self.unit_dialog = UnitDialog(self._lab.space.unit, self._window)
        self.unit_dialog.finished.connect(self.unit_dialog.deleteLater)
        self.unit_dialog.open()

    def film_tile(self, tile: Tile | None) -> None:
        """Show a render step by step."""
        if tile is None:
            self._lab.message.emit(Message(NOTHING_THERE, Tone.NOTE))
        else:
            self._film(tile.recipe)

    def film_record(self, record: RenderRecord) -> None:
        self._film(record.recipe)

    def _film(self, recipe: Recipe) -> None:
        if not isinstance(recipe, DiffusionRecipe):
            self._lab.message.emit(Message(NO_STEPS, Tone.NOTE))
            return
        if self.film_window is None:
            self.film_window = FilmWindow(
                self._lab.space.filming, self._lab.archive, self._dialogs, self._appearance, self._window
            )
        self.film_window.show_film(recipe)

    def _use(self, point: NamedPoint) -> None:
        self._lab.settings.set_prompt(name_text(point.name))

    def _current(self) -> Tile | None:
        return self._lab.comparison.get(self._lab.comparison.current_key)
