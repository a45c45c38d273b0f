"""One line about the sweep that is shown: how far it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from alienlab.app.jobs import duration_text
from alienlab.app.sweeps.playback import Playback
from alienlab.app.sweeps.runner import SweepRunner
from alienlab.session.log.sweep_log import SweepState
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.icons import Icon, themed

PARTS = 1000


class SweepBar(QFrame):
    """``actions`` are the window's, by id."""

    def __init__(
        self,
        runner: SweepRunner,
        playback: Playback,
        *,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._runner, self._playback = runner, playback
        self._appearance, self._actions = appearance, actions
        self.title = ElidedLabel()
        self.progress = QProgressBar()
        self.progress.setRange(0, PARTS)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.progress.setAccessibleName("Progress of the sweep")
        self.figures = QLabel()
        self.figures.setProperty("tone", "small")
        self._lay_out()
        runner.changed.connect(self._update)
        runner.progressed.connect(self._update)
        playback.playing_changed.connect(self._update)
        appearance.changed.connect(self._update)
        self._update()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.title, 1)
        row.addWidget(self.figures)
        row.addWidget(self.progress)
        for name in ("sweep.pause", "sweep.resume", "sweep.cancel", "sweep.play"):
            button = QToolButton()
            button.setDefaultAction(self._actions[name])
            button.setProperty("variant", "quiet")
            button.setAccessibleName(self._actions[name].text())
            row.addWidget(button)

    def _update(self) -> None:
        runner, plan = self._runner, self._runner.plan
        self.setVisible(plan is not None)
        running, resumable = runner.is_running, runner.is_resumable
        for name, sensible in (
            ("sweep.pause", running),
            ("sweep.resume", resumable),
            ("sweep.cancel", running),
            ("sweep.play", plan is not None),
            ("sweep.csv", plan is not None),
        ):
            self._actions[name].setEnabled(sensible)
        for button in self.findChildren(QToolButton):
            button.setVisible(button.defaultAction().isEnabled())
        playing = self._playback.is_playing
        theme = self._appearance.theme
        self._actions["sweep.play"].setIcon(themed(Icon.STOP if playing else Icon.RENDER, theme))
        self._actions["sweep.play"].setText("Stop playing" if playing else "Play the sweep")
        if plan is None:
            return
        self.title.set_text(plan.sweep.title)
        self.progress.setVisible(running or resumable)
        self.progress.setValue(round(PARTS * runner.fraction))
        self.figures.setText(self._figures())

    def _figures(self) -> str:
        plan = self._runner.plan
        assert plan is not None
        renders = f"{len(plan.trials):,} renders, {plan.distinct:,} distinct"
        match self._runner.state:
            case SweepState.RUNNING:
                left = self._runner.seconds_left
                done = round(self._runner.fraction * len(plan.missing))
                time = "" if left is None else f" · {duration_text(left)} left"
                return f"{done:,} of {len(plan.missing):,}{time}"
            case SweepState.PAUSED:
                return f"paused at {self._runner.fraction:.0%} · {renders}"
            case SweepState.CANCELLED:
                return f"cancelled at {self._runner.fraction:.0%} · {renders}"
            case _:
                return renders
