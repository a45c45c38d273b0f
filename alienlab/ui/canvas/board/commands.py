"""What the window's actions do with the board."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from alienlab.app.actions import BOARD_MENU, SEPARATOR
from alienlab.app.comparison import Arrangement, Tile
from alienlab.app.laboratory import Laboratory
from alienlab.app.messages import Message, Tone
from alienlab.domain.board import BoardArrangement, Pin
from alienlab.domain.outside import OutsideRecipe
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe
from alienlab.session.log.store import RenderRecord
from alienlab.ui.canvas.board.page import BoardPage
from alienlab.ui.canvas.tile_words import OPEN_LAB
from alienlab.ui.labels.label_editor import LabelDialog

PIN = "Pin to the board"
PIN_KEY = "P"
LABEL = "Star, name, tags, notes…"
ONLY_RENDERS = "Only renders of this session can be starred and named. Images from outside keep their files' names."
NOTHING_POINTED_AT = "There is no image here to pin. Point at one, or go to one with the arrow keys."
NOT_IN_FULL = "Of this image too little is known to open it on the canvas."


def board_menu(actions: Mapping[str, QAction], parent: QWidget) -> QMenu:
    """Everything that concerns the board."""
    menu = QMenu("Board", parent)
    menu.setToolTipsVisible(True)
    for name in BOARD_MENU:
        if name == SEPARATOR:
            menu.addSeparator()
        else:
            menu.addAction(actions[name])
    return menu


class BoardCommands(QObject):
    """Tells the laboratory what is wanted. The page of the board is given once it is there."""

    def __init__(self, lab: Laboratory, parent: QWidget) -> None:
        super().__init__(parent)
        self._lab, self._window = lab, parent
        self._page: BoardPage | None = None
        self.label_dialog: LabelDialog | None = None
        """The last one that was opened."""
        self.look: Callable[[RenderRecord, QMenu], object] | None = None
        """Adds to the menu of a pin the laboratories in which its image can be looked at."""

    def by_action(self) -> Mapping[str, Callable[[], object]]:
        """Commands by the id of their action."""
        board = self._lab.pinboard.board
        return {
            "canvas.board": self.show_board,
            "board.pin": self.pin_current,
            "board.unpin": self.unpin,
            "board.label": self.label,
            "board.clear": board.clear,
            "board.snap": lambda: board.set_snaps(not board.state.snaps),
            **{
                f"board.{arrangement}": lambda arrangement=arrangement: board.arrange(arrangement)
                for arrangement in BoardArrangement
            },
        }

    def take_page(self, page: BoardPage) -> None:
        self._page = page
        view = page.view
        page.files_dropped.connect(self._lab.pinboard.pin_files)
        view.pin_opened.connect(self.open)
        view.star_wanted.connect(self.star)
        view.name_wanted.connect(self.label)
        view.menu_requested.connect(self._open_menu)
        view.selection_changed.connect(self._choose_two)

    # Pinning

    def pin_records(self, records: Sequence[RenderRecord]) -> None:
        self._lab.pinboard.pin_records(records)

    def pin_current(self) -> None:
        """Pin the current image of the canvas."""
        self.pin_key(self._lab.comparison.current_key)

    def pin_key(self, key: str) -> None:
        """Pin a tile of the canvas."""
        self._lab.pinboard.pin_tile(self._lab.comparison.get(key))

    def pin_tiles(self, tiles: Sequence[Tile | None]) -> None:
        for tile in tiles:
            if tile is not None:
                self._lab.pinboard.pin_tile(tile)

    def pin_recipe(self, recipe: DiffusionRecipe | None) -> None:
        """Pin what a recipe gives; without one, say what is missing."""
        if recipe is None:
            self._lab.message.emit(Message(NOTHING_POINTED_AT, Tone.NOTE))
        else:
            self._lab.pinboard.pin_recipe(recipe)

    def add_key(self, view: QWidget, recipe_of: Callable[[], DiffusionRecipe | None]) -> None:
        """Let P pin what ``recipe_of`` gives while ``view`` has the keyboard."""
        self.add_shortcut(view, lambda: self.pin_recipe(recipe_of()))

    def add_shortcut(self, view: QWidget, command: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(PIN_KEY), view)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(command)

    def pin_action(self, menu: QMenu, tile: Tile | None) -> None:
        """Add to the menu of a tile what pins it, and what labels its render."""
        action = menu.addAction(PIN, lambda: self._lab.pinboard.pin_tile(tile))
        action.setEnabled(tile is not None and tile.image is not None)
        session = self._lab.session.session
        record = None if session is None or tile is None else session.find(tile.key)
        label = menu.addAction(LABEL, lambda: self.label_numbers(() if record is None else (record.number,)))
        label.setEnabled(record is not None)

    # The board

    def show_board(self) -> None:
        self._lab.two_images.close()
        self._lab.comparison.arrange(Arrangement.PINNED)
        self._choose_two()
        if self._page is not None:
            self._page.take_focus()

    def unpin(self) -> None:
        self._lab.pinboard.board.unpin([pin.key for pin in self._selected()])

    def open(self, key: str) -> None:
        """Compare a pin with its intact image, and take its settings where it is a render of this session.

        Of a laboratory's picture its laboratory is opened.
        """
        pinboard, pin = self._lab.pinboard, self._lab.pinboard.board.state.find(key)
        if pin is not None and isinstance(pin.recipe, LabRecipe):
            self._lab.restoration.open_lab(pin.recipe)
            return
        record = None if pin is None else pinboard.record_of(pin)
        if record is not None:
            self._lab.restore(record)
        elif pin is None or not pinboard.open(pin):
            self._lab.message.emit(Message(NOT_IN_FULL, Tone.NOTE))
            return
        self._lab.comparison.arrange(Arrangement.PAIR)

    def star(self) -> None:
        """Give all that is selected a star; where all have one, take it away."""
        numbers, labels = self._numbers(), self._lab.labels
        if numbers:
            labels.set(numbers, star=not all(labels.of(number).star for number in numbers))

    def label(self) -> None:
        """Ask for name, tags and notes of what is selected."""
        self.label_numbers(self._numbers())

    def label_numbers(self, numbers: Sequence[int]) -> None:
        """The same of these renders."""
        if numbers:
            self.label_dialog = LabelDialog(self._lab.labels, numbers, self._window)
            self.label_dialog.finished.connect(self.label_dialog.deleteLater)
            self.label_dialog.open()

    def menu_for(self, pin: Pin) -> QMenu:
        """What can be done with a pin, and with all that is selected."""
        menu = QMenu(self._window)
        text = OPEN_LAB if isinstance(pin.recipe, LabRecipe) else "Open on the canvas"
        is_known = not isinstance(pin.recipe, OutsideRecipe)
        menu.addAction(text, lambda: self.open(pin.key)).setEnabled(is_known)
        record = self._lab.pinboard.record_of(pin)
        if self.look is not None and record is not None:
            self.look(record, menu)
        menu.addSeparator()
        starred = [number for number in self._numbers_of(self._selected()) if self._lab.labels.of(number).star]
        menu.addAction("Take the star away" if starred else "Give a star", self.star).setEnabled(pin.number is not None)
        menu.addAction(LABEL, self.label).setEnabled(pin.number is not None)
        menu.addSeparator()
        menu.addAction("Unpin", self.unpin)
        return menu

    def _open_menu(self, key: str, position: QPoint) -> None:
        pin = self._lab.pinboard.board.state.find(key)
        if pin is not None:
            self.menu_for(pin).popup(position)

    def _choose_two(self) -> None:
        """Two selected pins are A and B for the tools that look at two images."""
        selected = () if self._page is None else self._page.view.selected
        tiles = [self._lab.pinboard.tile_of(pin) for pin in selected] if len(selected) == 2 else []
        chosen = [tile for tile in tiles if tile is not None]
        if len(chosen) == 2:
            self._lab.two_images.choose(*chosen)
        else:
            self._lab.two_images.unmark_all()

    def _selected(self) -> tuple[Pin, ...]:
        return () if self._page is None else self._page.view.selected

    def _numbers(self) -> tuple[int, ...]:
        numbers = self._numbers_of(self._selected())
        if not numbers:
            self._lab.message.emit(Message(ONLY_RENDERS, Tone.NOTE))
        return numbers

    def _numbers_of(self, pins: Sequence[Pin]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(pin.number for pin in pins if pin.number is not None))
