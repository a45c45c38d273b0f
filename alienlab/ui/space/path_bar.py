"""One line about the path on the plane: its name, and walking it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QSpinBox, QWidget

from alienlab.app.space.drawn_path import MOST_FRAMES, DrawnPath
from alienlab.session.log.drawing_log import LONGEST_NAME
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.icons import Icon
from alienlab.ui.quiet_buttons import QuietButtons
from alienlab.ui.space.path_tool import PathTool
from alienlab.ui.theme import Theme

HOW_TO_DRAW = "Click for corners, drag for a curve, double click ends."


class PathBar(QFrame):
    """Shows itself while there is a path, or one is being drawn."""

    def __init__(self, path: DrawnPath, tool: PathTool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._path, self._tool = path, tool
        self._shown = ""
        self._buttons = QuietButtons()
        self.name = QComboBox(editable=True, insertPolicy=QComboBox.InsertPolicy.NoInsert)
        self.name.setAccessibleName("Name of the path")
        self.name.setToolTip("Paths that were drawn on this plane. Write another name and press Enter to rename it.")
        self.name.setMinimumWidth(104)
        field = self.name.lineEdit()
        assert field is not None
        self._field = field
        field.setMaxLength(LONGEST_NAME)
        add = self._buttons.add
        self.fresh = add(Icon.ADD, "Another path", "", path.begin, tip="Begin another path; this one is kept")
        self.undo = add(Icon.UNDO, "Undo", "", path.undo, tip="Take back the last change of the path")
        remove = "Remove the whole path; Undo brings it back"
        self.remove = add(Icon.REMOVE, "Remove the path", "", lambda: path.change(()), tip=remove)
        self.words = ElidedLabel()
        self.frames = frames_box()
        self.walk = walk_button("Imagine what lies along the path, at equal distances")
        self._lay_out()
        self._connect()
        self._take()

    def dress(self, theme: Theme) -> None:
        self._buttons.dress(theme)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 0)
        row.setSpacing(4)
        for part in (self.name, self.fresh, self.undo, self.remove):
            row.addWidget(part)
        row.addSpacing(4)
        row.addWidget(self.words, 1)
        row.addSpacing(4)
        row.addWidget(self.frames)
        row.addWidget(self.walk)

    def _connect(self) -> None:
        self.name.activated.connect(lambda place: self._path.recall(self.name.itemText(place)))
        self._field.editingFinished.connect(self._rename)
        self.frames.valueChanged.connect(self._path.set_frames)
        self.walk.clicked.connect(lambda _=False: self._path.walk())
        self._path.changed.connect(self._take)
        self._tool.switched.connect(self._take)

    def _rename(self) -> None:
        if not self._field.isModified():
            return
        name = self._field.text().strip()
        if name in self._path.names:
            self._path.recall(name)
        else:
            self._path.rename(name)
        self._show_names()

    def _take(self) -> None:
        path = self._path
        if not (self._field.hasFocus() and self._field.isModified()) or path.name != self._shown:
            self._show_names()  # but what is being typed stays
        self.undo.setEnabled(path.can_undo)
        self.remove.setEnabled(bool(path.corners))
        self.fresh.setEnabled(bool(path.corners))
        self.walk.setEnabled(bool(path.corners))
        self.frames.setValue(path.frames)
        self.words.set_text(self._words())
        self.setVisible(path.ground is not None and (self._tool.is_on or bool(path.names) or path.can_undo))

    def _show_names(self) -> None:
        self._shown = self._path.name
        names = self._path.names
        shown = names if self._path.name in names else [self._path.name, *names]
        if shown != [self.name.itemText(place) for place in range(self.name.count())]:
            self.name.clear()
            self.name.addItems(shown)
        self.name.setCurrentText(self._path.name)
        self._field.setText(self._path.name)
        self._field.setCursorPosition(0)

    def _words(self) -> str:
        corners = len(self._path.corners)
        if self._tool.is_on or not corners:
            return HOW_TO_DRAW
        if not self._path.stops:
            return "One corner: another one makes it a path."
        length = self._path.length / self._path.unit
        return f"{corners} corners · {length:.3g} {self._path.unit_words} long"


def frames_box() -> QSpinBox:
    """How many images a walk has."""
    box = QSpinBox()
    box.setRange(2, MOST_FRAMES)
    box.setSuffix(" frames")
    box.setAccessibleName("Frames of the walk")
    box.setToolTip("Images along the way, at equal distances; its ends are among them.")
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setFixedWidth(108)
    return box


def walk_button(tip: str) -> QPushButton:
    button = QPushButton("Walk it")
    button.setProperty("variant", "primary")
    button.setProperty("density", "tight")
    button.setToolTip(tip)
    button.setIconSize(QSize(16, 16))
    return button
