"""Asks for the name of a point, and for its tags."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from alienlab.app.space.names import Names
from alienlab.domain.concepts import ConceptExpression
from alienlab.domain.errors import AlienLabError
from alienlab.domain.space.named import LONGEST_NAME
from alienlab.ui.elided_label import ElidedLabel

PICTURE = 112
FORM_WIDTH = 328


class NameDialog(QDialog):
    """Once it is accepted, the point has its name. It stays open where the name cannot be kept, and says why."""

    def __init__(
        self,
        names: Names,
        concept: ConceptExpression,
        *,
        computation_id: str = "",
        picture: QImage | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._names, self._concept, self._computation_id = names, concept, computation_id
        self.setWindowTitle("Name a point")
        self.name = _field("Name", "all hat, no cat")
        self.name.setToolTip('In formulas it stands in quotes: = "all hat, no cat" - "a cat"')
        self.name.setMaxLength(LONGEST_NAME)
        self.tags = _field("Tags", "hats, strange")
        self.tags.setToolTip("Words to find the image by in the session strip, separated by commas")
        self.point = ElidedLabel(str(concept) or "nothing")
        self.note = QLabel()
        self.note.setProperty("tone", "small")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note.setMinimumHeight(2 * self.note.fontMetrics().lineSpacing())
        self.name_button = QPushButton("Name")
        self.name_button.setProperty("variant", "primary")
        self.name_button.setDefault(True)
        self.name_button.setToolTip("Keep the name in the session (Enter)")
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.setToolTip("Close without a name (Esc)")
        self._lay_out(picture)
        self.name_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.name.textChanged.connect(self._take_name)
        self._take_name()
        self.name.setFocus()

    def accept(self) -> None:
        try:
            tags = self.tags.text().split(",")
            self._names.add(self.name.text(), self._concept, tags, self._computation_id)
        except AlienLabError as error:
            self._say(str(error), is_wrong=True)
        else:
            super().accept()

    def _lay_out(self, picture: QImage | None) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for caption, editor in (("Name", self.name), ("Tags", self.tags), ("Point", self.point)):
            form.addRow(_caption(caption), editor)
        self.name.setMinimumWidth(FORM_WIDTH)
        body = QHBoxLayout()
        body.setSpacing(16)
        if picture is not None:
            body.addWidget(_picture(picture), alignment=Qt.AlignmentFlag.AlignTop)
        body.addLayout(form, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        for button in (self.cancel_button, self.name_button):
            button.setFixedWidth(88)
            foot.addWidget(button, alignment=Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addLayout(body)
        column.addLayout(foot)

    def _take_name(self) -> None:
        """Say at once where the name is taken."""
        written = self.name.text().strip()
        self.name_button.setEnabled(bool(written))
        try:
            if written:
                self._names.check(written)
        except AlienLabError as error:
            self._say(str(error), is_wrong=True)
        else:
            known = self._names.of_image(self._computation_id)
            self._say(f"This image is named “{known.name}” already; it can have several names." if known else "")

    def _say(self, text: str, *, is_wrong: bool = False) -> None:
        self.note.setText(text)
        for widget, mark, value in (
            (self.note, "tone", "danger" if is_wrong else "small"),
            (self.name, "state", "wrong" if is_wrong else ""),
        ):
            widget.setProperty(mark, value)
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def _field(name: str, example: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(example)
    return field


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "muted")
    return label


def _picture(image: QImage) -> QLabel:
    room, keep, smooth = (
        QSize(PICTURE, PICTURE),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    label = QLabel()
    label.setPixmap(QPixmap.fromImage(image.scaled(room, keep, smooth)))
    label.setFixedWidth(PICTURE)
    return label
