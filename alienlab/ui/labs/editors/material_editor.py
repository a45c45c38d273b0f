"""Images, files, folders and brains that a laboratory reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from alienlab.app.labs.images import BLOB
from alienlab.app.pictures import shrunk, to_qimage
from alienlab.domain.events import Image
from alienlab.domain.laboratories.parameters import Material, Parameter, ParameterKind, Value
from alienlab.ui.dropping import files_in
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.labs.editors.editor import Editor, caption_of, tip_of

SIDE = 56
"""Of the picture of an image, in pixels."""
OWN = "The laboratory's own"
EMBEDDED = "The brain that comes with AlienLab"


class MaterialEditor(Editor):
    """Takes what is dropped on it; ``Own`` goes back to what the laboratory brings."""

    choose_wanted = Signal()
    """The user is to be asked for a file or folder."""
    file_given = Signal(object)
    """The Path of an image whose pixels are to be kept."""

    def __init__(
        self, parameter: Parameter, picture_of: Callable[[Material], Image | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parameter, parent)
        self._picture_of = picture_of
        self._value: Material | None = None
        self.picture = QLabel()
        self.picture.setFixedSize(SIDE, SIDE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.hide()
        self.place = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self.choose = QPushButton("Choose…")
        self.choose.setAccessibleName(f"Choose {parameter.name}")
        self.choose.setToolTip(f"{tip_of(parameter)} It can be dropped here as well.")
        self.own = QPushButton("Own")
        self.own.setAccessibleName(f"Take the laboratory's own {parameter.name}")
        self.own.setToolTip(f"Take {self._own_name.lower()} again")
        for button in (self.choose, self.own):
            button.setProperty("density", "tight")
        self.setAcceptDrops(True)
        self._lay_out()
        self.choose.clicked.connect(lambda: self.choose_wanted.emit())
        self.own.clicked.connect(lambda: self.enter(None))

    def show_value(self, value: Value) -> None:
        assert value is None or isinstance(value, Material)
        self._value = value
        self.own.setEnabled(value is not None)
        self.place.set_text(self._words(value))
        image = None
        if value is not None and self.parameter.kind is ParameterKind.IMAGE:
            image = self._picture_of(value)
            if image is None:
                self.place.set_text("This image is gone. Choose another one.")
        self._show_picture(image)

    def take(self, path: Path) -> None:
        """A file or folder that was chosen or dropped."""
        if self.parameter.kind is ParameterKind.IMAGE:
            self.file_given.emit(path)
        else:
            self.enter(Material(str(path)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = files_in(event.mimeData())
        if len(paths) == 1 and self._fits(paths[0]):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._mark(True)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.take(files_in(event.mimeData())[0])

    @property
    def _own_name(self) -> str:
        return EMBEDDED if self.parameter.kind is ParameterKind.BRAIN else OWN

    def _fits(self, path: Path) -> bool:
        wants_folder = self.parameter.kind in (ParameterKind.FOLDER, ParameterKind.BRAIN)
        return path.is_dir() if wants_folder else path.is_file()

    def _words(self, value: Material | None) -> str:
        if value is None:
            return self._own_name
        return "Kept in the session" if value.place.startswith(BLOB) else value.place

    def _mark(self, marked: bool) -> None:
        self.place.set_text("Drop it here" if marked else self._words(self._value))

    def _show_picture(self, image: Image | None) -> None:
        self.picture.setVisible(image is not None)
        if image is not None:
            ratio = self.devicePixelRatioF()
            small = to_qimage(shrunk(image, round(2 * SIDE * ratio))).scaled(
                QSize(SIDE, SIDE) * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            pixmap = QPixmap.fromImage(small)
            pixmap.setDevicePixelRatio(ratio)
            self.picture.setPixmap(pixmap)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.own)
        buttons.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.place)
        words.addLayout(buttons)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.picture)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption_of(self.parameter))
        column.addLayout(row)
