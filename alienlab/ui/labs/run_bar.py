"""Runs an experiment, stops it, and says how far it is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from alienlab.app.labs.bench import LabBench
from alienlab.ui.icons import Icon, themed
from alienlab.ui.labs.pushing import pushing
from alienlab.ui.plain_text import PlainLabel
from alienlab.ui.theme import Theme

TELLING_MS = 300
"""What takes less time is not told of: a slider that is dragged would make it flicker."""
TICK_MS = 250
UNTIL_ESTIMATE = 0.02
"""Share done from which the time that is left is told."""


class RunBar(QFrame):
    """``actions`` are the window's: labs.run and labs.stop."""

    def __init__(
        self, bench: LabBench, theme: Theme, *, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._bench, self._theme, self._actions = bench, theme, actions
        self.run = pushing(actions["labs.run"], variant="primary")
        self.stop = pushing(actions["labs.stop"])
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the computation is")
        self.state = PlainLabel()
        self.state.setWordWrap(True)
        self.state.setProperty("tone", "small")
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tell)
        self._patience = QTimer(self, singleShot=True, interval=TELLING_MS)
        self._patience.timeout.connect(self._tell)
        self._lay_out()
        for changed in (bench.work_changed, bench.exhibit_changed, bench.experiment_changed):
            changed.connect(self._take)
        self.set_theme(theme)
        self._take()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.run.setIcon(themed(Icon.RENDER, theme, theme.on_accent))
        self.stop.setIcon(themed(Icon.STOP, theme))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.run)
        row.addWidget(self.stop)
        row.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.state)

    def _take(self) -> None:
        bench = self._bench
        if not bench.is_busy:
            self._patience.stop()
            self._timer.stop()
            self._tell()
        elif bench.is_asked:
            self._timer.start()
            self._tell()
        elif not self._timer.isActive() and not self._patience.isActive():
            self._patience.start()

    def _tell(self) -> None:
        bench = self._bench
        busy = bench.is_busy
        if busy and not self._timer.isActive():
            self._timer.start()
        self.run.setVisible(not busy)
        self.stop.setVisible(busy)
        self.bar.setVisible(busy)
        fraction = bench.fraction
        self.bar.setRange(0, 0 if fraction is None else 1000)
        self.bar.setValue(round(1000 * (fraction or 0.0)))
        is_wrong = bool(bench.error) and not busy
        self.state.setText(self._words())
        self.state.setVisible(bool(self.state.text()))
        if self.state.property("tone") != ("danger" if is_wrong else "small"):
            self.state.setProperty("tone", "danger" if is_wrong else "small")
            self.state.style().polish(self.state)

    def _words(self) -> str:
        bench = self._bench
        if not bench.is_busy:
            if bench.error:
                return bench.error
            run = self._actions["labs.run"].shortcut().toString()
            if bench.waits_for_run:
                return f"These values wait for Run ({run})." if bench.carried else f"Press Run ({run}) to compute."
            if bench.is_behind:
                return f"Stopped. Run ({run}) computes it."
            return "Follows every change." if bench.experiment.is_live else ""
        if not bench.is_running:
            return f"Waits until {bench.others} is done." if bench.others else "Begins …"
        parts = [bench.said, f"{bench.seconds:.0f} s"]
        if bench.fraction and bench.fraction > UNTIL_ESTIMATE:
            left = bench.seconds * (1 - bench.fraction) / bench.fraction
            parts += [f"{100 * bench.fraction:.0f} %", f"about {left:.0f} s left"]
        return " · ".join(part for part in parts if part)
