"""Where star, name, tags and notes of one render, or of several at once, are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.labels import Labels
from alienlab.domain.errors import AlienLabError
from alienlab.domain.space.named import LONGEST_NAME, checked_tags
from alienlab.session.log.labels import Label
from alienlab.ui.labels.tag_field import TagField

SEVERAL = "several; writing replaces them all"
FIELD_WIDTH = 296
NOTES_HEIGHT = 88


class LabelEditor(QWidget):
    """Shows the labels of some renders; ``apply`` writes what was changed, as one step of undo.

    Of several renders only what is changed here becomes the same; tags that not all of them have are left alone.
    """

    edited = Signal()
    """Something was changed and its field was left: a place that has no buttons calls ``apply`` now."""

    def __init__(self, labels: Labels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = labels
        self._numbers: tuple[int, ...] = ()
        self._shown: tuple[Label, ...] = ()
        self.star = QCheckBox("Starred")
        self.star.setToolTip("Mark what is worth coming back to")
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the render")
        self.name.setToolTip("What the image is called on the board and in the log")
        self.name.setMaxLength(LONGEST_NAME)
        self.tags = TagField()
        self.notes = QPlainTextEdit()
        self.notes.setAccessibleName("Notes")
        self.notes.setToolTip("Anything that is to be remembered; the log is searched for it")
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(NOTES_HEIGHT)
        self._lay_out()
        self.star.clicked.connect(self.edited)
        self.name.editingFinished.connect(self.edited)
        self.tags.editingFinished.connect(self.edited)
        labels.changed.connect(self._take)
        self.show_numbers(())

    @property
    def numbers(self) -> tuple[int, ...]:
        return self._numbers

    def show_numbers(self, numbers: Sequence[int]) -> None:
        """Edit the labels of these renders."""
        self._numbers = tuple(numbers)
        self.setEnabled(bool(self._numbers))
        self._fill()

    def apply(self) -> None:
        """Write what was changed. Raises RecipeError for tags that cannot be kept."""
        tags = checked_tags(self.tags.tags)
        after = {number: self._changed(label, tags) for number, label in zip(self._numbers, self._shown, strict=True)}
        self._labels.replace(after, text="label")

    def _changed(self, label: Label, tags: tuple[str, ...]) -> Label:
        if self.star.checkState() is not Qt.CheckState.PartiallyChecked:
            label = replace(label, star=self.star.isChecked())
        name, notes = " ".join(self.name.text().split()), self.notes.toPlainText().strip()
        if name != _shared([label.name for label in self._shown]):
            label = replace(label, name=name)
        if notes != _shared([label.notes for label in self._shown]):
            label = replace(label, notes=notes)
        gone = {tag for tag in _shared_tags(self._shown) if tag not in tags}
        kept = [tag for tag in label.tags if tag not in gone]
        return replace(label, tags=checked_tags([*kept, *(tag for tag in tags if tag not in kept)]))

    def _take(self) -> None:
        """Show what has become of the labels elsewhere, but for what is being written here."""
        if tuple(map(self._labels.of, self._numbers)) != self._shown:
            self._fill()

    def _fill(self) -> None:
        self._shown = tuple(map(self._labels.of, self._numbers))
        stars = {label.star for label in self._shown}
        self.star.setTristate(len(stars) > 1)
        mixed = Qt.CheckState.PartiallyChecked
        self.star.setCheckState(mixed if len(stars) > 1 else _state(stars == {True}))
        names, notes = [label.name for label in self._shown], [label.notes for label in self._shown]
        self.name.setText(_shared(names))
        self.name.setPlaceholderText(SEVERAL if len(set(names)) > 1 else "all hat, no cat")
        self.notes.setPlainText(_shared(notes))
        self.notes.setPlaceholderText(SEVERAL if len(set(notes)) > 1 else "")
        self.tags.set_tags(_shared_tags(self._shown))
        self.tags.set_known(self._labels.tags())

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for caption, field in (("Name", self.name), ("Tags", self.tags), ("Notes", self.notes)):
            label = QLabel(caption)
            label.setProperty("tone", "muted")
            form.addRow(label, field)
        form.addRow("", self.star)


class LabelDialog(QDialog):
    """Asks for the labels of some renders. It stays open where something cannot be kept, and says why."""

    def __init__(self, labels: Labels, numbers: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Label a render" if len(numbers) == 1 else f"Label {len(numbers)} renders")
        self.editor = LabelEditor(labels)
        self.editor.show_numbers(numbers)
        self.editor.name.setMinimumWidth(FIELD_WIDTH)
        self.note = QLabel()
        self.note.setProperty("tone", "danger")
        self.note.setWordWrap(True)
        self.keep_button = QPushButton("Keep")
        self.keep_button.setProperty("variant", "primary")
        self.keep_button.setDefault(True)
        self.keep_button.setToolTip("Keep what is written, in the session (Enter; in the notes Ctrl+Enter)")
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.setToolTip("Close and leave everything as it was (Esc)")
        self.keep_button.clicked.connect(self.accept)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self._lay_out()
        self.editor.name.setFocus()
        self.editor.name.selectAll()

    def accept(self) -> None:
        try:
            self.editor.apply()
        except AlienLabError as error:
            self.note.setText(str(error))
        else:
            super().accept()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        for button in (self.cancel_button, self.keep_button):
            button.setFixedWidth(88)
            foot.addWidget(button, alignment=Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.editor)
        column.addLayout(foot)


def _shared(texts: Sequence[str]) -> str:
    """Empty where they differ."""
    return texts[0] if len(set(texts)) == 1 else ""


def _shared_tags(labels: Sequence[Label]) -> tuple[str, ...]:
    """Those that all have."""
    return tuple(tag for tag in labels[0].tags if all(tag in label.tags for label in labels)) if labels else ()


def _state(is_on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
