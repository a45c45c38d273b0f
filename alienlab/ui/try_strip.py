"""Three things to try, for somebody who sees the window for the first time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from alienlab.app.experiments import Experiment
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.icons import Icon, themed


class TryStrip(QFrame):
    """A card for each experiment; a click performs it."""

    chosen = Signal(object)
    """The Experiment."""
    dismissed = Signal()

    def __init__(self, appearance: AppearanceSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._appearance = appearance
        title = QLabel("Three things to try")
        title.setProperty("tone", "muted")
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._close = QToolButton()
        self._close.setProperty("variant", "quiet")
        self._close.setToolTip("Hide the things to try; the Help menu brings them back")
        self._close.setAccessibleName("Hide the things to try")
        self._close.clicked.connect(self.dismissed)
        heading = QHBoxLayout()
        heading.addWidget(title, 1)
        heading.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 12)
        column.setSpacing(4)
        column.addLayout(heading)
        column.addLayout(self._row)
        self._cards: list[ExperimentCard] = []
        appearance.changed.connect(self._dress)
        self._dress()

    @property
    def cards(self) -> tuple[ExperimentCard, ...]:
        return tuple(self._cards)

    def show_experiments(self, experiments: Sequence[Experiment]) -> None:
        for card in self._cards:
            self._row.removeWidget(card)
            card.deleteLater()
        self._cards = [ExperimentCard(experiment) for experiment in experiments]
        for place, card in enumerate(self._cards):
            card.clicked.connect(lambda _=False, experiment=card.experiment: self.chosen.emit(experiment))
            self._row.insertWidget(place, card, 1)

    def _dress(self) -> None:
        self._close.setIcon(themed(Icon.CLOSE, self._appearance.theme))


class ExperimentCard(QPushButton):
    """A button of two lines: what to try, and why."""

    def __init__(self, experiment: Experiment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.experiment = experiment
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        title = QLabel(experiment.title)
        title.setStyleSheet("font-weight: 600;")
        explanation = QLabel(experiment.explanation)
        explanation.setProperty("tone", "small")
        explanation.setWordWrap(True)
        for label in (title, explanation):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        column.addStretch(1)
        self.setAccessibleName(experiment.title)
        self.setAccessibleDescription(experiment.explanation)
        self.setToolTip(f"Replaces the lesions by {experiment.lesion} and renders; undo brings them back")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(180, 64)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 64)
