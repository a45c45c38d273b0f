"""What files do that are dropped onto the window: images give back how they were made, sessions are opened."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from alienlab.app.archive import Archive, FinishedRender
from alienlab.app.arrivals import Arrival, Kind, images_in, kind_of, read_arrivals
from alienlab.app.brain_opener import BrainOpener
from alienlab.app.comparison import Comparison, Tile, TileState
from alienlab.app.foreign_values import left_out, taken_from
from alienlab.app.lesion_list import LesionList
from alienlab.app.messages import Message, Tone
from alienlab.app.open_brain import OpenBrain
from alienlab.app.pairs import Pairs
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.session_keeper import SessionKeeper
from alienlab.app.transfers import SessionTransfers
from alienlab.domain.brain import BrainInfo
from alienlab.domain.errors import AlienLabError, PatternMatchesNothing
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe
from alienlab.session.brains.places import BrainPlaces
from alienlab.session.log.indexing import recipe_hash
from alienlab.session.outside.foreign_png import ForeignRecipe
from alienlab.session.png import StampedImage

TOPIC = "dropped files"
_HASH_SHOWN = 10


@dataclass(frozen=True, slots=True, eq=False)
class _Imagined:
    """An image that a brain made, with its recipe."""

    stamped: StampedImage
    recipe: DiffusionRecipe


class Dropping(QObject):
    """Takes files one drop after another; images are read beside the UI thread."""

    shown = Signal()
    """There is something new on the canvas."""
    lab_wanted = Signal(object)
    """A LabRecipe whose laboratory is to be opened with its values."""
    session_wanted = Signal(str)
    """The folder of a session that is to be opened."""
    message = Signal(object)
    _read = Signal(object)

    def __init__(
        self,
        *,
        brain: OpenBrain,
        opener: BrainOpener,
        settings: PromptSettings,
        lesions: LesionList,
        comparison: Comparison,
        session: SessionKeeper,
        archive: Archive,
        pairs: Pairs,
        transfers: SessionTransfers,
        places: BrainPlaces,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._brain, self._opener, self._settings, self._lesions = brain, opener, settings, lesions
        self._comparison, self._session, self._archive, self._pairs = comparison, session, archive, pairs
        self._transfers, self._places = transfers, places
        self._maker: _Imagined | None = None
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        queued = Qt.ConnectionType.QueuedConnection
        self._read.connect(self._take_images, queued)
        opener.opened.connect(self._take_brain, queued)
        transfers.imported.connect(self._open_imported)

    def take(self, paths: Sequence[Path]) -> None:
        """Do with files what ``promise`` says."""
        match kind_of(paths):
            case Kind.IMAGES:
                images = images_in(paths)
                self._pool.start(lambda: self._tell_images(read_arrivals(images)))
            case Kind.ARCHIVE:
                self._transfers.take_in(paths[0])
            case Kind.SESSION:
                self.session_wanted.emit(str(paths[0]))
            case Kind.NOTHING:
                self._say(_refusal(paths))

    def open_maker(self) -> None:
        """Open the brain that the last image was made with, and restore the image there."""
        location = None if self._maker is None else self._places.location(self._maker.recipe.brain)
        if location is not None:
            self._opener.open(BrainSource(location=location))

    def finish(self) -> None:
        """Wait for what is being read."""
        self._pool.clear()
        self._pool.waitForDone()

    def _tell_images(self, arrivals: tuple[Arrival, ...]) -> None:
        with contextlib.suppress(RuntimeError):  # the window may be gone by then
            self._read.emit(arrivals)

    def _take_images(self, arrivals: tuple[Arrival, ...]) -> None:
        own = [arrival.stamped for arrival in arrivals if arrival.stamped is not None]
        if own:
            added = sum(self._keep(stamped) for stamped in own)
            first = next(arrival for arrival in arrivals if arrival.stamped is not None)
            told = self._told_of_own(first.path.name, own[0], len(own), added, len(arrivals) - len(own))
            self._bring_back(own[0], told)
            return
        foreign = next((arrival for arrival in arrivals if arrival.foreign is not None), None)
        if foreign is not None and foreign.foreign is not None:
            self._take_foreign(foreign.path.name, foreign.foreign)
        else:
            self._say(arrivals[0].failure, Tone.WARNING)

    def _keep(self, stamped: StampedImage) -> bool:
        """Take an image into the session; False where it is there already, or no session is open."""
        session, (recipe_id, key) = self._session.session, self._ids(stamped)
        if session is None or (session.has(key) if key else session.find_recipe(stamped.recipe) is not None):
            return False
        self._archive.save(
            session,
            FinishedRender(
                recipe=stamped.recipe,
                image=stamped.image,
                provenance=stamped.provenance,
                recipe_id=recipe_id,
                computation_id=key,
            ),
        )
        return True

    def _ids(self, stamped: StampedImage) -> tuple[str, str]:
        """Made anew where that can be: what the file says of itself need not be true."""
        info, anatomy, recipe = self._brain.info, self._brain.anatomy, stamped.recipe
        if isinstance(recipe, LabRecipe):
            return recipe.id(), recipe.id()
        if info is None or anatomy is None or info.hash != recipe.brain:
            return stamped.stamp.recipe_id, stamped.stamp.computation_id
        try:
            return recipe.id(anatomy), recipe.computation_id(anatomy)
        except AlienLabError:
            return "", ""

    def _bring_back(self, stamped: StampedImage, told: str) -> None:
        """What the image was made of, and say so; of a laboratory's picture that is its laboratory."""
        recipe = stamped.recipe
        if isinstance(recipe, LabRecipe):
            self._maker = None
            self._comparison.add([self._tile(stamped)])
            self._say(told)
            self.lab_wanted.emit(recipe)
            return
        imagined = _Imagined(stamped, recipe)
        self._restore(imagined)
        self._say_of_brain(told, imagined)

    def _restore(self, imagined: _Imagined) -> None:
        """Settings, lesions and seed; and the image itself on the canvas."""
        recipe, info = imagined.recipe, self._brain.info
        self._settings.restore(recipe)
        if info is not None and info.hash != recipe.brain:
            self._settings.adopt(info)
        self._lesions.replace_all(self._possible(recipe))
        tile = self._tile(imagined.stamped)
        self._comparison.compare(self._pairs.intact_of(tile), tile)
        self.shown.emit()

    def _tile(self, stamped: StampedImage) -> Tile:
        return Tile(
            key=self._ids(stamped)[1] or f"file:{recipe_hash(stamped.recipe)}",
            recipe=stamped.recipe,
            state=TileState.FINISHED,
            image=stamped.image,
            provenance=stamped.provenance,
            recognition=stamped.provenance.recognition,
        )

    def _possible(self, recipe: DiffusionRecipe) -> tuple[LesionSpec, ...]:
        """The lesions that match something in the open brain."""
        anatomy, info = self._brain.anatomy, self._brain.info
        if anatomy is None or info is None or info.hash == recipe.brain:
            return recipe.lesions
        possible: list[LesionSpec] = []
        for spec in recipe.lesions:
            with contextlib.suppress(PatternMatchesNothing):
                possible += [spec] if spec.expand(anatomy) else []
        return tuple(possible)

    def _told_of_own(self, name: str, stamped: StampedImage, number: int, added: int, others: int) -> str:
        is_lab = isinstance(stamped.recipe, LabRecipe)
        if number == 1:
            kept = ", and the image is now in the session" if added else ""
            taken = "The laboratory's values and its seed" if is_lab else "Settings, lesions and seed"
            text = f"{taken} are taken from {name}{kept}."
        else:
            there = f"; {number - added} were there already" if added < number else ""
            taken = "The laboratory's values" if is_lab else "Settings and lesions"
            text = f"Images taken into the session: {added} of {number}{there}. {taken} are those of {name}."
        if others:
            text += f" Left alone, as they hold no recipe of AlienLab or are too many at once: {others}."
        if self._session.session is None:
            text += " No session is open, so nothing is kept."
        return text

    def _say_of_brain(self, text: str, imagined: _Imagined) -> None:
        """Add what is to be known where another brain made the image."""
        info, maker = self._brain.info, imagined.recipe.brain
        self._maker = None
        if info is None or info.hash == maker:
            self._say(text)
            return
        text += f" Another brain made it: {info.name} would imagine something else."
        left = len(imagined.recipe.lesions) - len(self._possible(imagined.recipe))
        if left:
            text += f" Lesions that match nothing in this brain are left out: {left}."
        if self._places.location(maker) is None:
            self._say(f"{text} That brain ({maker[:_HASH_SHOWN]}…) is not at hand.", Tone.WARNING)
        else:
            self._maker = imagined
            self._say(text, Tone.WARNING, ("brain.open_maker",))

    def _take_foreign(self, name: str, recipe: ForeignRecipe) -> None:
        values = taken_from(recipe, self._settings.values, self._brain.info)
        self._settings.set_values(values)
        self._say(left_out(name, recipe, values))

    def _take_brain(self, before: BrainInfo | None, info: BrainInfo) -> None:
        """Remember where it is; restore the image that it was opened for."""
        self._archive.cache(lambda: self._places.remember(info.hash, info.source))
        wanted, self._maker = self._maker, None
        if wanted is not None and wanted.recipe.brain == info.hash:
            self._restore(wanted)

    def _open_imported(self, folder: Path) -> None:
        self.session_wanted.emit(str(folder))
        self._say(f"Imported as the session “{folder.name}”.")

    def _say(self, text: str, tone: Tone = Tone.NOTE, offers: tuple[str, ...] = ()) -> None:
        self.message.emit(Message(text, tone, offers, TOPIC))


def _refusal(paths: Sequence[Path]) -> str:
    takes = "Drop PNG images with a recipe, an exported session (a ZIP file) or the folder of a session."
    if not paths:
        return f"There is no file in it. {takes}"
    if len(paths) > 1:
        return f"Of these files AlienLab can take none in. {takes}"
    if paths[0].is_dir():
        return f"There is no session in the folder {paths[0].name}. {takes}"
    return f"AlienLab cannot tell from {paths[0].name} how it was made. {takes}"
