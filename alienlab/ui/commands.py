"""What the window's actions do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage

from alienlab import __version__
from alienlab.app.comparison import Arrangement, Tile
from alienlab.app.laboratory import Laboratory
from alienlab.app.messages import Message, Tone
from alienlab.app.pictures import to_qimage
from alienlab.domain.ports import BrainSource
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe
from alienlab.session.log.store import RenderRecord
from alienlab.session.paths import embedded_brain
from alienlab.ui.dialogs import Dialogs

ABOUT = (
    f"<p><b>AlienLab {__version__}</b></p><p>A laboratory for artificial neuroscience on text-to-image diffusion "
    "models.</p><p>MIT licence.</p>"
)


class Commands(QObject):
    """Asks the user where that is needed, then tells the laboratory."""

    def __init__(self, lab: Laboratory, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lab = lab
        self._dialogs = dialogs

    def by_action(self) -> Mapping[str, Callable[[], object]]:
        """Commands by the id of their action; those of checkable actions are connected elsewhere."""
        lab = self._lab
        return {
            "session.new": self.new_session,
            "session.open": self.open_session,
            "session.retry": lab.archive.try_again,
            "brain.open": self.open_brain,
            "brain.open_hub": self.open_hub_brain,
            "brain.open_embedded": lambda: self.open_brain_at(str(embedded_brain())),
            "brain.reopen": self.reopen_brain,
            "brain.open_pickled": lab.opener.open_pickled,
            "recogniser.choose": self.choose_recogniser,
            "recogniser.choose_hub": self.choose_hub_recogniser,
            "recogniser.own": lambda: lab.opener.choose_recogniser(""),
            "export.image": self.save_current_image,
            "image.copy": self.copy_current_image,
            "render.start": lab.render,
            "render.cancel": lab.cancel,
            "replay.stop": lab.replay.stop,
            "seed.roll": lab.settings.roll_seed,
            "canvas.pair": lambda: lab.comparison.arrange(Arrangement.PAIR),
            "canvas.grid": lambda: lab.comparison.arrange(Arrangement.GRID),
            "canvas.clear": lab.comparison.clear,
            "help.about": lambda: self._dialogs.about("About AlienLab", ABOUT),
        }

    def new_session(self) -> None:
        name = self._dialogs.text(
            "New session", "Name of the session, or a folder:", self._lab.session.new_folder().name
        )
        if name is not None:
            self._lab.open_session(name)

    def open_session(self) -> None:
        folder = self._dialogs.folder("Open session", self._sessions_folder())
        if folder is not None:
            self._lab.open_session(str(folder))

    def open_brain(self) -> None:
        folder = self._dialogs.folder("Open brain", Path.home())
        if folder is not None:
            self.open_brain_at(str(folder))

    def open_hub_brain(self) -> None:
        hub_id = self._dialogs.text("Open brain from hub", "Hub id:", "stable-diffusion-v1-5/stable-diffusion-v1-5")
        if hub_id is not None:
            self.open_brain_at(hub_id)

    def open_brain_at(self, location: str) -> None:
        self._lab.opener.open(BrainSource(location=location))

    def reopen_brain(self) -> None:
        info = self._lab.brain.info
        if info is not None:
            self.open_brain_at(info.source)

    def choose_recogniser(self) -> None:
        chosen = Path(self._lab.opener.recogniser)
        folder = self._dialogs.folder("Choose recogniser", chosen if chosen.is_absolute() else Path.home())
        if folder is not None:
            self._lab.opener.choose_recogniser(str(folder))

    def choose_hub_recogniser(self) -> None:
        hub_id = self._dialogs.text("Choose recogniser from hub", "Hub id:", "openai/clip-vit-base-patch32")
        if hub_id is not None:
            self._lab.opener.choose_recogniser(hub_id)

    def save_image(self, tile: Tile | None) -> None:
        if tile is None or tile.image is None:
            self._lab.message.emit(Message("There is no finished image to save yet.", Tone.NOTE))
            return
        path = self._dialogs.image_file(Path.home() / "alienlab.png")
        if path is not None:
            self._lab.session.save_image(tile, path)

    def copy_image(self, tile: Tile | None) -> None:
        if tile is not None and tile.image is not None:
            image: QImage = to_qimage(tile.image)
            QGuiApplication.clipboard().setImage(image)
            self._lab.message.emit(Message("Image copied.", Tone.NOTE))

    def save_current_image(self) -> None:
        self.save_image(self._current())

    def copy_current_image(self) -> None:
        self.copy_image(self._current())

    def save_record(self, record: RenderRecord) -> None:
        self.save_image(self._lab.session.tile(record))

    def copy_record(self, record: RenderRecord) -> None:
        self.copy_image(self._lab.session.tile(record))

    def restore_prompt(self, record: RenderRecord) -> None:
        recipe = record.recipe
        if isinstance(recipe, DiffusionRecipe):
            values = replace(self._lab.settings.values, prompt=str(recipe.prompt), negative=str(recipe.negative))
            self._lab.settings.set_values(values)

    def restore_lesions(self, record: RenderRecord) -> None:
        self._lab.lesions.replace_all(record.recipe.lesions)

    def restore_seed(self, record: RenderRecord) -> None:
        self._lab.settings.set_values(replace(self._lab.settings.values, seed=record.recipe.seed))

    def restore_tile(self, key: str) -> None:
        """Take settings and lesions from a tile, and compare it; or open its laboratory."""
        recipe = self._lab.comparison[key].recipe
        if isinstance(recipe, LabRecipe):
            self._lab.restoration.open_lab(recipe)
            return
        self._lab.settings.restore(recipe)
        self._lab.lesions.replace_all(recipe.lesions)
        self._lab.comparison.choose(key)

    def open_tile(self, key: str) -> None:
        """Look at a tile of the grid beside its intact one; or open its laboratory."""
        self.restore_tile(key)
        if isinstance(self._lab.comparison[key].recipe, DiffusionRecipe):
            self._lab.comparison.arrange(Arrangement.PAIR)

    def _current(self) -> Tile | None:
        return self._lab.comparison.get(self._lab.comparison.current_key)

    def _sessions_folder(self) -> Path:
        session = self._lab.session.session
        return session.folder.parent if session is not None else Path.home()
