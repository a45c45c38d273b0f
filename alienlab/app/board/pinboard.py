"""Between the board and the rest of the laboratory: what is pinned, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from alienlab.app.archive import Archive
from alienlab.app.board.board import Board, pin_of
from alienlab.app.board.outside_reader import OutsideFindings, OutsideReader
from alienlab.app.board.pictures import PinPictures, read_picture
from alienlab.app.comparison import Arrangement, Comparison, Tile, TileState
from alienlab.app.messages import Message, Tone
from alienlab.app.open_brain import OpenBrain
from alienlab.app.renders import Purpose, Renders, Wanted
from alienlab.app.session_keeper import SessionKeeper
from alienlab.domain.board import BoardState, Pin
from alienlab.domain.counting import counted
from alienlab.domain.errors import AlienLabError
from alienlab.domain.recipe import DiffusionRecipe, Recipe
from alienlab.session.log.board_log import BoardLog
from alienlab.session.log.records import RenderRecord
from alienlab.session.outside.kept_images import OutsideImage

NO_SESSION = "No session is open, so nothing can be pinned. Open one from the File menu."
NOTHING_THERE = "There is no image to pin yet. Render one first."


class Pinboard(QObject):
    """Keeps the board in the open session, and takes images to it from everywhere."""

    message = Signal(object)

    def __init__(
        self,
        *,
        undo_stack: QUndoStack,
        session: SessionKeeper,
        archive: Archive,
        brain: OpenBrain,
        renders: Renders,
        comparison: Comparison,
        make_way: Callable[[], None],
        is_coming: Callable[[str], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._archive, self._brain = session, archive, brain
        self._renders, self._comparison = renders, comparison
        self._make_way, self._is_coming = make_way, is_coming
        self.board = Board(undo_stack, self)
        self.pictures = PinPictures(session, self)
        self._reader = OutsideReader(self)
        self._kept = BoardState()
        self._awaited: dict[str, Recipe] = {}
        """By computation id, what is to be pinned when it is in the log."""
        session.changed.connect(self._load)
        session.saved.connect(self._take_saved)
        self.board.changed.connect(self._keep)
        self._reader.came.connect(self._take_findings)

    def pin_records(self, records: Sequence[RenderRecord]) -> None:
        """Pin renders of the session."""
        if self._session.session is None:
            self.message.emit(Message(NO_SESSION))
        else:
            self._tell_pinned(self.board.pin_records(records))

    def pin_tile(self, tile: Tile | None) -> None:
        """Pin an image of the canvas: its render in the log, or else the image itself."""
        session = self._session.session
        if session is None or tile is None or tile.image is None:
            self.message.emit(Message(NOTHING_THERE, Tone.NOTE) if session is not None else Message(NO_SESSION))
            return
        record = session.find(tile.key)
        if record is not None:
            self._tell_pinned(self.board.pin([replace(pin_of(record), recipe=tile.recipe)]))
        elif tile.provenance is not None and self._archive.unsaved.images:
            self._awaited[tile.key] = tile.recipe  # it is on its way into the log
        else:
            kept = {"image": tile.image, "recipe": tile.recipe, "computation_id": tile.key}
            self.pin_images([OutsideImage(**kept, is_flagged=tile.is_flagged)])

    def pin_images(self, images: Sequence[OutsideImage]) -> None:
        """Keep images in the session, and pin them."""
        session = self._session.session
        if session is None:
            self.message.emit(Message(NO_SESSION))
        else:
            self._reader.keep(session, images)

    def pin_recipe(self, recipe: DiffusionRecipe) -> None:
        """Pin what a recipe gives; where that is not in the log, it is rendered first."""
        session, anatomy = self._session.session, self._brain.anatomy
        if session is None or anatomy is None:
            self.message.emit(Message(NOTHING_THERE if session is not None else NO_SESSION))
            return
        try:
            wanted = Wanted.of(recipe, anatomy)
        except AlienLabError as error:
            self.message.emit(Message(str(error)))
            return
        record = session.find(wanted.key)
        if record is not None:
            self._tell_pinned(self.board.pin([replace(pin_of(record), recipe=recipe)]))
            return
        self._awaited[wanted.key] = recipe
        if self._is_coming(wanted.key):
            self.message.emit(Message("The sweep renders this image, and then it is pinned.", Tone.NOTE))
            return
        self._make_way()
        self._renders.render([wanted], purpose=Purpose.ASKED)
        self.message.emit(Message("This image is rendered for the log, and then pinned.", Tone.NOTE))

    def pin_files(self, paths: Sequence[Path]) -> None:
        """Pin image files from outside; what they say of how they were made comes with them."""
        session = self._session.session
        if session is None:
            self.message.emit(Message(NO_SESSION))
        else:
            self._reader.read(session, paths)

    def tile_of(self, pin: Pin) -> Tile | None:
        """A pin as a tile to be compared; None where its image is gone. Its recipe may be that of an outside image."""
        session = self._session.session
        if session is None:
            return None
        picture = self.pictures.known(pin.key)
        if picture is None or picture.image is None or picture.image.shape[1] != pin.pixels[0]:
            picture = read_picture(session, pin)  # the board's own picture may be smaller than the image
        if picture.image is None:
            return None
        return Tile(
            key=pin.key,
            recipe=cast(Recipe, pin.recipe),
            state=TileState.FINISHED,
            image=picture.image,
            provenance=picture.provenance,
            recognition=None if picture.provenance is None else picture.provenance.recognition,
        )

    def record_of(self, pin: Pin) -> RenderRecord | None:
        """The render that a pin stands for."""
        session = self._session.session
        return None if session is None or pin.number is None else session.record(pin.number)

    def open(self, pin: Pin) -> bool:
        """Compare a pin with the intact image of the same prompt and noise, where that is there.

        False where its image is gone, or its recipe is not known in full.
        """
        tile = self.tile_of(pin) if isinstance(pin.recipe, DiffusionRecipe) else None
        if tile is None:
            return False
        tile = replace(tile, key=pin.computation_id or pin.key)
        intact = self._intact_of(tile)
        self._comparison.compare(tile if intact is None else intact, tile if intact is not None else None)
        return True

    def finish(self) -> None:
        """Wait for what is done in the background."""
        self._reader.finish()
        self.pictures.finish()

    def _intact_of(self, tile: Tile) -> Tile | None:
        if tile.is_intact:
            return None
        shown = (
            other for other in self._comparison.tiles if other.recipe == tile.recipe.intact and other.image is not None
        )
        return next(shown, None) or self._session.tile_of(tile.recipe.intact)

    def _load(self) -> None:
        session = self._session.session
        self.pictures.begin_anew()
        self._awaited.clear()
        try:
            self._kept = BoardState() if session is None else BoardLog(session).state()
        except AlienLabError as error:
            self._kept = BoardState()
            self.message.emit(Message(str(error)))
        self.board.take_session(self._kept)

    def _keep(self) -> None:
        session, state = self._session.session, self.board.state
        self.pictures.forget_all_but(state.keys)
        if session is not None and state != self._kept:
            self._kept = state
            self._archive.carry_out_silently(lambda: BoardLog(session).keep(state))

    def _take_saved(self, record: RenderRecord) -> None:
        recipe = self._awaited.pop(record.computation_id, None)
        if recipe is not None:
            self._tell_pinned(self.board.pin([replace(pin_of(record), recipe=recipe)]))

    def _take_findings(self, findings: OutsideFindings) -> None:
        if findings.session is not self._session.session:
            return
        if findings.pins:
            self._tell_pinned(self.board.pin(findings.pins))
        if findings.failures:
            first, more = findings.failures[0], len(findings.failures) - 1
            others = f" {more} more {'file was' if more == 1 else 'files were'} not pinned either." if more else ""
            self.message.emit(Message(f"{first}{others}"))

    def _tell_pinned(self, number: int) -> None:
        if not number:
            self.message.emit(Message("That is pinned already.", Tone.NOTE))
        elif self._comparison.arrangement is not Arrangement.PINNED:
            self.message.emit(Message(f"{counted(number, 'image')} pinned. F9 shows the board.", Tone.NOTE))
