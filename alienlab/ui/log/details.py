"""Everything about the render that is chosen, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.labels import Labels
from alienlab.app.log.entries import Entry
from alienlab.app.log.telling import circumstances, command_line, recipe_lines
from alienlab.app.sweeps.columns import headline
from alienlab.domain.differences import SEPARATOR
from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.captions import lab_name
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe, Recipe
from alienlab.session.log.store import RenderRecord
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.brain_map.legend import SWATCH, swatch
from alienlab.ui.icons import Icon
from alienlab.ui.labels.label_editor import LabelEditor
from alienlab.ui.log.recipe_lines import CopyLine, NameValueLines
from alienlab.ui.log.render_commands import RenderCommands
from alienlab.ui.log.render_picture import RenderPicture
from alienlab.ui.log.restore_buttons import RestoreButtons
from alienlab.ui.quiet_buttons import QuietButtons
from alienlab.ui.sweeps.notice import notice

WIDTH = 304
NOTHING = "Choose a render to see everything about it."


class Details(QScrollArea):
    """Shows one render whole, and of several what can be done with all of them."""

    refused = Signal(str)
    """Why a label was not kept."""
    noted = Signal(str)

    def __init__(
        self,
        labels: Labels,
        commands: RenderCommands,
        appearance: AppearanceSwitch,
        *,
        source_of: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        """``source_of`` says where a brain is opened from, by its hash; empty where that is the embedded one."""
        super().__init__(parent)
        self._commands, self._appearance, self._source_of = commands, appearance, source_of
        self._entries: Sequence[Entry] = ()
        self.picture = RenderPicture()
        self.heading = _words("title")
        self.verdict = _words("")
        self._swatch = QLabel()
        self.restore = RestoreButtons(commands)
        self.icons = QuietButtons()
        self.editor = LabelEditor(labels)
        self.prompt = CopyLine("Prompt", appearance)
        self.lesions = CopyLine("Lesions", appearance, tone="mono")
        self.command = CopyLine("Command", appearance, tone="mono")
        self.recipe, self.made = NameValueLines(), NameValueLines()
        self._single = QWidget()
        self._page, self._nothing = QWidget(), notice(NOTHING)
        self._lay_out()
        self._connect(labels)
        self.show_entries(())

    @property
    def records(self) -> list[RenderRecord]:
        return [entry.record for entry in self._entries]

    def show_entries(self, entries: Sequence[Entry], *, selected: int = 0) -> None:
        """``selected`` may be more: what is done here is done with ``entries`` alone, and that is said.

        What is being written about the ones before is kept first.
        """
        numbers = tuple(entry.record.number for entry in entries)
        if numbers != self.editor.numbers:
            self.keep()
            self.editor.show_numbers(numbers)
        self._entries = entries
        self._page.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        self._single.setVisible(len(entries) == 1)
        self._picture_box.setVisible(len(entries) == 1)
        self.restore.setEnabled(len(entries) == 1)
        for button in self._single_buttons:
            button.setEnabled(len(entries) == 1)
        is_lab = len(entries) == 1 and isinstance(entries[0].record.recipe, LabRecipe)
        for button in self._of_minds:
            button.setVisible(not is_lab)
        self.picture.show_record(entries[0].record if len(entries) == 1 else None)
        if len(entries) == 1:
            self._show_one(entries[0])
        elif entries:
            shown = f"{len(entries):,}" if selected <= len(entries) else f"The first {len(entries):,} of {selected:,}"
            self.heading.setText(f"{shown} renders")
            self._show_verdict(None)
        self._take_bin()

    def keep(self) -> None:
        """Keep what is being written."""
        try:
            self.editor.apply()
        except AlienLabError as error:
            self.refused.emit(str(error))

    def set_blurs_flagged(self, blurs: bool) -> None:
        self.picture.set_blurs_flagged(blurs)

    def finish(self) -> None:
        """Keep what is being written, and wait for the picture that is being read."""
        self.keep()
        self.picture.finish()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 480)

    # Laying out

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(272)
        self.setAccessibleName("Details of the chosen render")
        ground = QFrame()
        ground.setProperty("role", "panel")
        self.setWidget(ground)
        whole = QVBoxLayout(ground)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._nothing)
        whole.addWidget(self._page)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(12, 8, 12, 16)
        column.setSpacing(12)
        self._picture_box = QWidget()
        box = QVBoxLayout(self._picture_box)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.picture)
        column.addWidget(self._picture_box)
        column.addLayout(self._headings())
        column.addWidget(self.restore)
        column.addLayout(self._icon_row())
        column.addWidget(self.editor)
        column.addWidget(self._single)
        column.addStretch(1)
        single = QVBoxLayout(self._single)
        single.setContentsMargins(0, 0, 0, 0)
        single.setSpacing(8)
        for widget in (self.prompt, self.lesions, self.recipe, _rule(), self.made, _rule(), self.command):
            single.addWidget(widget)

    def _headings(self) -> QVBoxLayout:
        column, line = QVBoxLayout(), QHBoxLayout()
        column.setSpacing(4)
        line.setSpacing(6)
        line.addWidget(self._swatch, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.verdict, 1)
        self._swatch.setContentsMargins(0, 3, 0, 0)
        column.addWidget(self.heading)
        column.addLayout(line)
        return column

    def _icon_row(self) -> QHBoxLayout:
        commands, add = self._commands, self.icons.add
        pin = add(Icon.PIN, "Pin to the board", "P", self._pin)
        again = add(Icon.REDO, "Render again and compare", "", lambda: self._with_first(commands.replay))
        name = add(Icon.NAME, "Name the point of concept space…", "", lambda: self._with_first(commands.name))
        film = add(Icon.FILM, "Show the steps of this render…", "", lambda: self._with_first(commands.film))
        save = add(Icon.SAVE, "Save image as…", "", lambda: self._with_first(commands.save))
        copy = add(Icon.COPY, "Copy image", "", lambda: self._with_first(commands.copy))
        self.discard = add(Icon.REMOVE, "Move to bin", "Del", lambda: commands.discard(self.records))
        self.take_back = add(Icon.UNDO, "Put back", "Del", lambda: commands.take_back(self.records))
        self._single_buttons = (again, name, film, save, copy)
        self._of_minds = (name, film)
        pin.setVisible(commands.pin is not None)
        again.setVisible(commands.replay is not None)
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in (pin, again, name, film, save, copy):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.take_back)
        row.addWidget(self.discard)
        self.icons.dress(self._appearance.theme)
        return row

    def _connect(self, labels: Labels) -> None:
        self.editor.edited.connect(self.keep)
        self.restore.wanted.connect(self._with_first)
        self.editor.notes.installEventFilter(self)
        self._appearance.changed.connect(self._dress)
        for line in (self.prompt, self.lesions, self.command):
            line.copied.connect(self.noted)

    # Following

    def _show_one(self, entry: Entry) -> None:
        recipe = entry.record.recipe
        self.heading.setText(entry.label.name or _subject(entry) or f"Render {entry.record.number}")
        self._show_verdict(entry)
        is_imagined = isinstance(recipe, DiffusionRecipe)
        source = self._source_of(recipe.brain) if is_imagined else str(entry.record.file.parent.parent)
        self.restore.set_is_lab(not is_imagined)
        self.prompt.set_text(str(recipe.prompt) if is_imagined else "")
        self.lesions.set_text("\n".join(str(lesion) for lesion in recipe.lesions))
        self.recipe.show_lines(recipe_lines(entry))
        self.made.show_lines((("Number", str(entry.record.number)), *circumstances(entry)))
        self.command.set_text(command_line(recipe, source))

    def _show_verdict(self, entry: Entry | None) -> None:
        effect = None if entry is None else entry.effect
        said = "" if entry is None else _done_to(entry.record.recipe)
        self.verdict.setText(headline(effect).capitalize() if effect is not None else said)
        self.verdict.setVisible(entry is not None)
        self._swatch.setVisible(effect is not None)
        if effect is not None:
            colour = self._appearance.theme.verdicts[effect.verdict]
            self._swatch.setPixmap(swatch(colour, self.devicePixelRatioF()).pixmap(SWATCH, SWATCH))

    def _take_bin(self) -> None:
        is_binned = bool(self._entries) and self._commands.is_in_bin(self._entries[0].record)
        self.discard.setVisible(not is_binned)
        self.take_back.setVisible(is_binned)

    def _dress(self) -> None:
        self.icons.dress(self._appearance.theme)
        self._show_verdict(self._entries[0] if len(self._entries) == 1 else None)

    # What the user does

    def _with_first(self, command: Callable[[RenderRecord], object] | None) -> None:
        if self._entries and command is not None:
            command(self._entries[0].record)

    def _pin(self) -> None:
        if self._commands.pin is not None and self._entries:
            self._commands.pin(self.records)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor.notes and event.type() is QEvent.Type.FocusOut:
            self.keep()
        return super().eventFilter(watched, event)


def _done_to(recipe: Recipe) -> str:
    """Whether the mind was altered; of a laboratory's picture, what it shows."""
    if isinstance(recipe, LabRecipe):
        return lab_name(recipe)
    return "Altered" if recipe.lesions else "Intact"


def _subject(entry: Entry) -> str:
    recognition = entry.record.provenance.recognition
    return "" if recognition is None else SEPARATOR.join(part.replace(" ", "\u00a0") for part in recognition.parts)


def _words(tone: str) -> QLabel:
    label = QLabel()
    label.setProperty("tone", tone)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def _rule() -> QFrame:
    rule = QFrame()
    rule.setFrameShape(QFrame.Shape.HLine)
    rule.setFixedHeight(1)
    return rule
