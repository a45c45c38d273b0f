"""Three things to try, for somebody who sees the window for the first time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.experiments import Experiment
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.icons import Icon, themed

NARROW = 640
"""Below this width titles stand alone, beside the button that hides them, and leave the canvas its room."""


class TryStrip(QFrame):
    """A card for each experiment; a click performs it."""

    chosen = Signal(object)
    """The Experiment."""
    dismissed = Signal()

    def __init__(self, appearance: AppearanceSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._appearance = appearance
        self._title = QLabel("Three things to try")
        self._title.setProperty("tone", "muted")
        self._shelf = QWidget()
        self._row = QHBoxLayout(self._shelf)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._close = QToolButton()
        self._close.setProperty("variant", "quiet")
        self._close.setToolTip("Hide the things to try; the Help menu brings them back")
        self._close.setAccessibleName("Hide the things to try")
        self._close.clicked.connect(self.dismissed)
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(0, 1)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.addWidget(self._title, 0, 0)
        self._is_narrow = False
        self._cards: list[ExperimentCard] = []
        self._lay_out()
        appearance.changed.connect(self._dress)
        self._dress()

    @property
    def cards(self) -> tuple[ExperimentCard, ...]:
        return tuple(self._cards)

    def show_experiments(self, experiments: Sequence[Experiment]) -> None:
        for card in self._cards:
            self._row.removeWidget(card)
            card.deleteLater()
        self._cards = [ExperimentCard(experiment, is_short=self._is_narrow) for experiment in experiments]
        for place, card in enumerate(self._cards):
            card.clicked.connect(lambda _=False, experiment=card.experiment: self.chosen.emit(experiment))
            self._row.insertWidget(place, card, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.size().width() < NARROW) is not self._is_narrow:
            self._is_narrow = not self._is_narrow
            self._lay_out()

    def _lay_out(self) -> None:
        narrow = self._is_narrow
        self._title.setVisible(not narrow)
        self._grid.setContentsMargins(12, 8 if narrow else 4, 12, 8 if narrow else 12)
        self._grid.addWidget(self._close, 0, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._shelf, 0 if narrow else 1, 0, 1, 1 if narrow else 2)
        for card in self._cards:
            card.set_short(narrow)

    def _dress(self) -> None:
        self._close.setIcon(themed(Icon.CLOSE, self._appearance.theme))


class ExperimentCard(QPushButton):
    """A button that says what to try and why; a short one leaves the reason to its tooltip."""

    def __init__(self, experiment: Experiment, *, is_short: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self._column = column = QVBoxLayout(self)
        column.setSpacing(2)
        self.title = QLabel(experiment.title)
        self.title.setStyleSheet("font-weight: 600;")
        self.explanation = QLabel(experiment.explanation)
        self.explanation.setProperty("tone", "small")
        self.explanation.setWordWrap(True)
        for label in (self.title, self.explanation):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        column.addStretch(1)
        self.setAccessibleName(experiment.title)
        self.setAccessibleDescription(experiment.explanation)
        self.setToolTip(
            f"{experiment.explanation}\nReplaces the lesions by {experiment.lesion} and renders; undo brings them back"
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._is_short = is_short
        self.set_short(is_short)

    def set_short(self, is_short: bool) -> None:
        """Show the title alone, on two lines where it needs them."""
        self._is_short = is_short
        margin = 4 if is_short else 8
        self._column.setContentsMargins(12, margin, 12, margin)
        self.title.setWordWrap(is_short)
        self.explanation.setVisible(not is_short)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(180, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height)

    @property
    def _height(self) -> int:
        return 48 if self._is_short else 64
