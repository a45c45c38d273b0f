"""A render seen from inside, in a window of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.archive import Archive
from alienlab.app.space.filming import Filming
from alienlab.domain.differences import describe
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.session.sheets.film_sheet import film_sheet
from alienlab.session.sheets.sheet import write_sheet
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.film_view import FilmView
from alienlab.ui.sweeps.notice import notice

FIRST_SIZE = (1220, 796)
BEGINNING = "The render begins with its noise …"


class FilmWindow(QDialog):
    """Shows a Filming beside the main window; closing it stops what is being followed."""

    def __init__(
        self, filming: Filming, archive: Archive, dialogs: Dialogs, appearance: AppearanceSwitch, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._filming, self._archive, self._dialogs = filming, archive, dialogs
        self.setWindowTitle("Denoising, step by step")
        self.view = FilmView(appearance.theme)
        self.notice = notice()
        self.subject = ElidedLabel()
        self.progress = QLabel()
        self.progress.setProperty("tone", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.save = QPushButton("Save sheet…")
        self.save.setToolTip("Write all rows of the strip as a labelled sheet, PNG or PDF (Ctrl+S)")
        self.save.setAutoDefault(False)
        self._stack = QStackedWidget()
        self._lay_out()
        self.save.clicked.connect(self._save)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save.click)
        filming.changed.connect(self._take)
        appearance.changed.connect(lambda: self.view.set_theme(appearance.theme))
        self.resize(*FIRST_SIZE)
        self._take()

    def show_film(self, recipe: DiffusionRecipe) -> None:
        """Follow a render, and show its steps as they come."""
        self.show()
        self.activateWindow()
        self._filming.show(recipe)

    def done(self, result: int) -> None:
        self._filming.stop()
        super().done(result)

    def _lay_out(self) -> None:
        self._stack.addWidget(self.notice)
        self._stack.addWidget(self.view)
        head = QFrame()
        head.setProperty("role", "bar")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.subject)
        foot = QFrame()
        foot.setProperty("role", "panel")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self.bar, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.progress)
        row.addStretch(1)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)

    def _take(self) -> None:
        filming, film = self._filming, self._filming.film
        self.subject.set_text("" if filming.recipe is None else describe(filming.recipe))
        self.notice.setText(filming.trouble or BEGINNING)
        self._stack.setCurrentWidget(self.notice if film is None else self.view)
        self.view.show_film(film, recognises=filming.recognises)
        self.bar.setVisible(filming.is_busy)
        if film is not None:
            self.bar.setRange(0, film.recipe.steps)
            self.bar.setValue(film.frames[-1].step)
        else:
            self.bar.setRange(0, 0)
        self.progress.setText(self._progress_words())
        self.save.setEnabled(film is not None and not filming.is_busy)

    def _progress_words(self) -> str:
        filming, film = self._filming, self._filming.film
        if film is None:
            return ""
        if not filming.is_busy:
            return filming.trouble
        step, steps = film.frames[-1].step, film.recipe.steps
        return f"step {step} of {steps}" if step < steps else "asking what each step is of"

    def _save(self) -> None:
        film = self._filming.film
        path = self._dialogs.sheet_file(Path.home() / "steps.png") if film is not None else None
        if film is not None and path is not None:
            self._archive.carry_out(lambda: write_sheet(film_sheet(film), path), sentence=f"Sheet saved as {path}.")
