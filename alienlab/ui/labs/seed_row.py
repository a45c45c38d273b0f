"""The seed of a laboratory, with dice and lock."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget
from superqt import QLargeIntSpinBox

from alienlab.app.labs.bench import LabBench
from alienlab.domain.recipe import MAX_NOISE_SEED
from alienlab.ui.icons import Icon, themed
from alienlab.ui.theme import Theme


class SeedRow(QWidget):
    def __init__(self, bench: LabBench, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._theme = bench, theme
        self.field = QLargeIntSpinBox()
        self.field.setRange(0, MAX_NOISE_SEED)
        self.field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.field.setAccessibleName("Seed of the laboratory")
        self.field.setToolTip("Decides all that is random here: the same seed, the same picture")
        self.roll = _button("Roll the seed", "Take another seed")
        self.lock = _button("Keep the seed", "Keep this seed; without the lock Run takes another one each time")
        self.lock.setCheckable(True)
        label = QLabel("Seed")
        label.setProperty("tone", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(label, 1)
        row.addWidget(self.field)
        row.addWidget(self.roll)
        row.addWidget(self.lock)
        self.field.valueChanged.connect(lambda value: bench.set_seed(int(value)))
        self.roll.clicked.connect(bench.roll_seed)
        self.lock.toggled.connect(bench.set_seed_locked)
        bench.seed_changed.connect(self._take)
        self._take()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._dress()

    def _take(self) -> None:
        # The line edit too: the box would take the keyboard focus at every change of its text.
        blockers = [QSignalBlocker(one) for one in (self.field, self.field.lineEdit(), self.lock)]
        if self.field.value() != self._bench.seed:
            self.field.setValue(self._bench.seed)
        self.lock.setChecked(self._bench.is_seed_locked)
        del blockers
        self._dress()

    def _dress(self) -> None:
        self.roll.setIcon(themed(Icon.DICE, self._theme))
        self.lock.setIcon(themed(Icon.LOCKED if self._bench.is_seed_locked else Icon.UNLOCKED, self._theme))


def _button(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("variant", "quiet")
    button.setAccessibleName(name)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
