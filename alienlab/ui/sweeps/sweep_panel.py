"""The sweep that is shown: its progress above, its results below."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alienlab.app.open_brain import OpenBrain
from alienlab.app.sweeps.embeddings import EmbeddingAsker
from alienlab.app.sweeps.playback import Playback
from alienlab.app.sweeps.results_model import SweepResults
from alienlab.app.sweeps.runner import SweepRunner
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.sweeps.results_panel import ResultsPanel
from alienlab.ui.sweeps.sweep_bar import SweepBar


class SweepPanel(QWidget):
    """Follows a SweepRunner; ``actions`` are the window's, by id."""

    result_opened = Signal(object)
    """A Result."""
    csv_wanted = Signal()

    def __init__(
        self,
        runner: SweepRunner,
        playback: Playback,
        embeddings: EmbeddingAsker,
        brain: OpenBrain,
        *,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._embeddings, self._brain = runner, embeddings, brain
        self._shown = ""
        self.model = SweepResults(self)
        self.bar = SweepBar(runner, playback, appearance=appearance, actions=actions)
        self.results = ResultsPanel(self.model, appearance)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.results, 1)
        self.results.result_opened.connect(self.result_opened)
        self.results.csv_wanted.connect(self.csv_wanted)
        self.results.embeddings_wanted.connect(lambda keys: embeddings.ask(keys, runner.image))
        embeddings.ready.connect(self.results.set_embeddings)
        embeddings.failed.connect(lambda _: self.results.set_embeddings({}))
        brain.info_changed.connect(self._take_brain)
        runner.changed.connect(self._take)
        runner.progressed.connect(self._take)
        self._take()

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    def finish(self) -> None:
        """Wait for what is done in the background."""
        self.results.finish()

    def _take_brain(self) -> None:
        info = self._brain.info
        self._embeddings.forget()
        self.results.set_offers_families(info is not None and info.recogniser is not None)

    def _take(self) -> None:
        """Show another sweep, or what is new of the one that is shown."""
        sweep, results = self._runner.sweep, self._runner.results()
        identity = "" if sweep is None else sweep.id
        if identity == self._shown and sweep is not None:
            self.model.update(results, sweep)
            return
        self._shown = identity
        self.model.show(sweep, results, image=self._runner.image, title="")  # the bar has the title
