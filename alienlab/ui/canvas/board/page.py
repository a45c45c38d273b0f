"""The page of pinned images: a bar of what can be done with the board, and the board."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from alienlab.app.arrivals import Kind
from alienlab.app.board.board import Board
from alienlab.app.board.pictures import PinPictures
from alienlab.app.labels import Labels
from alienlab.domain.board import BoardArrangement
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.canvas.board.view import BoardView
from alienlab.ui.canvas.canvas_button import quiet_button
from alienlab.ui.canvas.shared_view import SharedView
from alienlab.ui.dropping import DropHint
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.sweeps.notice import notice

NOTHING_PINNED = (
    "Nothing is pinned yet.\n"
    "Press P on an image of the canvas, a sweep or concept space, or choose “Pin to the board” in its menu.\n"
    "Image files can be dropped here, from other programs as well."
)
DROP_HERE = "Pin to the board"
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp")
ARRANGEMENTS = ("board.grid", "board.row", "board.free")


class BoardPage(QWidget):
    """``actions`` are the window's, by id."""

    files_dropped = Signal(object)
    """Paths of image files that are to be pinned."""

    def __init__(
        self,
        board: Board,
        pictures: PinPictures,
        labels: Labels,
        *,
        shared: SharedView,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._board = board
        self._actions = actions
        self.view = BoardView(board, pictures, labels, appearance.theme, shared=shared)
        self.said = QLabel()
        self.said.setProperty("tone", "small")
        self.common = ElidedLabel()
        self.notice = notice(NOTHING_PINNED)
        self.notice.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.notice)
        self._stack.addWidget(self.view)
        self.common.setAccessibleName("What all pinned images share")
        self.setAcceptDrops(True)
        self._lay_out()
        self.hint = DropHint(self, appearance)
        appearance.changed.connect(self.view.set_theme)
        board.changed.connect(self._take)
        self.view.selection_changed.connect(self._tell)
        self._take()

    def take_focus(self) -> None:
        """The board's keys work at once."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for name in ARRANGEMENTS:
            row.addWidget(quiet_button(self._actions[name], with_text=True))
        self.snap = quiet_button(self._actions["board.snap"], with_text=True)
        row.addWidget(self.snap)
        row.addSpacing(8)
        row.addWidget(self.said)
        row.addSpacing(8)
        row.addWidget(self.common, 1)
        for name in ("board.label", "board.unpin", "board.sheet", "board.clear"):
            row.addWidget(quiet_button(self._actions[name], with_text=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def _take(self) -> None:
        state = self._board.state
        self._actions[f"board.{state.arrangement}"].setChecked(True)
        self._actions["board.snap"].setChecked(state.snaps)
        self.snap.setVisible(state.arrangement is BoardArrangement.FREE)
        self._stack.setCurrentWidget(self.view if state.pins else self.notice)
        self.common.set_text(self.view.common)
        self._tell()

    def _tell(self) -> None:
        pins, selected = len(self._board.pins), len(self.view.selection.keys)
        for name in ("board.sheet", "board.clear"):
            self._actions[name].setEnabled(pins > 0)
        for name in ("board.label", "board.unpin"):
            self._actions[name].setEnabled(bool(self.view.selected))
        words = "" if not pins else "1 image" if pins == 1 else f"{pins} images"
        self.said.setText(f"{words}, {selected} selected" if selected > 1 else words)

    # What is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if image_files(event.mimeData()):
            event.acceptProposedAction()
            self.hint.tell(Kind.IMAGES, DROP_HERE)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.hint.hide()
        paths = image_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)


def image_files(data: QMimeData) -> tuple[Path, ...]:
    """Files on this machine that look like images by their names."""
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return tuple(path for path in paths if path.suffix.lower() in SUFFIXES)
