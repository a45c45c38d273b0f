"""Device, pace, queue, progress, and whether the brain is intact."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from alienlab.app.jobs import duration_text, pace_text
from alienlab.app.open_brain import OpenBrain
from alienlab.app.workload import Workload
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.icons import Icon, themed

PROGRESS_PARTS = 1000


class StatusBar(QStatusBar):
    """One line at the bottom of the window."""

    def __init__(
        self,
        workload: Workload,
        brain: OpenBrain,
        appearance: AppearanceSwitch,
        cancel: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workload = workload
        self._brain = brain
        self._appearance = appearance
        self.setSizeGripEnabled(False)
        self.device = QLabel()
        self.activity = QLabel()
        self.progress = QProgressBar()
        self.progress.setRange(0, PROGRESS_PARTS)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.progress.setAccessibleName("Progress of all renders")
        self.time_left = QLabel()
        self.pace = QLabel()
        self.pace.setToolTip("Denoising steps a second, all images together")
        self.queue = QLabel()
        self.queue.setToolTip("Jobs that wait for their turn")
        self.intact = QLabel()
        self._cancel = QToolButton()
        self._cancel.setDefaultAction(cancel)
        self._cancel.setProperty("variant", "quiet")
        self._cancel.setAccessibleName("Cancel rendering")
        self._parts = (self.activity, self.progress, self.time_left, self._cancel)
        self.addWidget(self.device)
        for part in self._parts:
            self.addWidget(part)
        for part in (self.pace, self.queue, self.intact):
            self.addPermanentWidget(part)
        workload.changed.connect(self._update_work)
        brain.info_changed.connect(self._update_device)
        brain.info_changed.connect(self._update_intact)
        appearance.changed.connect(self._dress)
        self._update_device()
        self._update_work()
        self._dress()

    def _update_device(self) -> None:
        info = self._brain.info
        if info is None:
            self.device.setText("")
            return
        attention = " ⚠" if info.device_reason else ""
        self.device.setText(f"{info.name}  ·  {info.device} · {info.precision}{attention}")
        reasons = (info.device_name, info.device_reason, info.precision_reason)
        self.device.setToolTip("\n".join(reason for reason in reasons if reason))

    def _update_work(self) -> None:
        work, loading = self._workload.work, self._workload.loading
        busy = self._workload.is_rendering
        self.activity.setText(f"{loading.message}…" if loading is not None else "Rendering" if busy else "")
        self.activity.setVisible(loading is not None or busy)
        self.progress.setVisible(loading is not None or busy)
        if loading is not None:
            known = loading.fraction is not None
            self.progress.setRange(0, PROGRESS_PARTS if known else 0)
            self.progress.setValue(round(PROGRESS_PARTS * (loading.fraction or 0)))
        else:
            self.progress.setRange(0, PROGRESS_PARTS)
            self.progress.setValue(round(PROGRESS_PARTS * work.fraction))
        left = work.seconds_left if busy else None
        self.time_left.setText("" if left is None else f"{duration_text(left)} left")
        self.time_left.setVisible(left is not None)
        self._cancel.setVisible(busy)
        self.pace.setText("" if work.rows_per_second is None else pace_text(work.rows_per_second))
        waiting, resting = self._workload.waiting, self._workload.resting
        queue = f"{waiting} waiting" if waiting else "queue empty"
        self.queue.setText(f"{resting}: queue rests, {waiting} waiting" if resting else queue)
        self._update_intact()

    def _update_intact(self) -> None:
        intact = self._workload.intact
        known = self._brain.info is not None
        self.intact.setVisible(known)
        changed = intact is False
        text = "weights changed ✕" if changed else "intact ✓"
        if text != self.intact.text():
            self.intact.setText(text)
            self.intact.setProperty("tone", "danger" if changed else "good")
            self.intact.style().unpolish(self.intact)
            self.intact.style().polish(self.intact)
        self.intact.setToolTip(
            "The brain's weights differ from those on disk. Open the brain again."
            if changed
            else "The brain's weights are those on disk: no lesion outlives its render."
        )

    def _dress(self) -> None:
        self._cancel.setIcon(themed(Icon.STOP, self._appearance.theme))
