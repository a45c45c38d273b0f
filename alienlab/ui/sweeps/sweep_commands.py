"""What the window's actions do with sweeps."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from alienlab.app.laboratory import Laboratory
from alienlab.app.messages import Message, Tone
from alienlab.app.sweeps.columns import Column
from alienlab.domain.effects import THRESHOLDS, Verdict
from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.declarations import LesionOperation, SweepKind
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.sweeps.results import write_csv
from alienlab.domain.sweeps.sweep import Kind
from alienlab.domain.sweeps.wishes import AxisWish, SweepWish
from alienlab.session.files import write_atomically
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.sweeps.sweep_dialog import SweepDialog


class SweepCommands(QObject):
    """Asks the user where that is needed, then tells the runner."""

    sweep_wanted = Signal(object)
    """The SweepKind of a plugin that was chosen for a new sweep."""

    def __init__(self, lab: Laboratory, dialogs: Dialogs, parent: QWidget) -> None:
        super().__init__(parent)
        self._lab, self._dialogs, self._window = lab, dialogs, parent
        self._wish: SweepWish | None = None
        self.measures: Callable[[], tuple[Column, ...]] = tuple
        """Columns that plugins have measured of the sweep that is shown."""
        self.dialog: SweepDialog | None = None
        """The last one that was opened."""

    def by_action(self) -> Mapping[str, Callable[[], object]]:
        """Commands by the id of their action."""
        sweeps = self._lab.sweeps
        return {
            "sweep.atlas": self.knock_out_each_module,
            "sweep.new": self.choose,
            "sweep.pause": sweeps.pause,
            "sweep.resume": sweeps.resume,
            "sweep.cancel": sweeps.cancel,
            "sweep.play": self.play,
            "sweep.csv": self.export_csv,
            "sweep.verdicts": self.explain_verdicts,
        }

    def knock_out_each_module(self) -> None:
        """The atlas of the present prompt and noise, in the intact mind."""
        base, anatomy = self._base(), self._lab.brain.anatomy
        if base is not None and anatomy is not None:
            self._lab.sweeps.start(SweepWish(first=AxisWish(kind=Kind.KNOCKOUT)).to_sweep(base.intact, anatomy, None))

    def choose(self) -> None:
        """Open the dialog in which a sweep is put together."""
        base, anatomy, info = self._base(), self._lab.brain.anatomy, self._lab.brain.info
        session = self._lab.session.session
        if base is None or anatomy is None or info is None or session is None:
            self._lab.message.emit(Message("Sweeps need an open brain and an open session.", Tone.WARNING))
            return
        self.dialog = SweepDialog(
            base,
            anatomy,
            info,
            is_known=session.has,
            effects=self._lab.sweep_display.atlas_effects(base),
            free_bytes=lambda: shutil.disk_usage(session.folder).free,
            selected=sorted(self._lab.selection.paths),
            wish=self._wish,
            operations=self._lab.offers.of_kind(LesionOperation),
            sweeps=self._lab.offers.of_kind(SweepKind),
            parent=self._window,
        )
        self.dialog.sweep_wanted.connect(self.sweep_wanted)
        self.dialog.finished.connect(self._take_choice)
        self.dialog.open()

    def play(self) -> None:
        """Show every result in turn, or stop doing so."""
        if self._lab.playback.is_playing:
            self._lab.playback.stop()
        else:
            self._lab.playback.play(self._lab.sweeps.results())

    def export_csv(self) -> None:
        session, sweep = self._lab.session.session, self._lab.sweeps.sweep
        if session is None or sweep is None:
            return
        path = self._dialogs.table_file(session.folder / f"{sweep.title[:60].replace('/', ' ')}.csv")
        if path is not None:
            rows = self._lab.sweeps.results()
            files = session.files()
            measures = {column.name: column.read for column in self.measures()}
            text = write_csv(rows, files=files, measures=measures)
            self._lab.archive.carry_out(
                lambda: write_atomically(path, text.encode("utf-8")), sentence=f"Table saved as {path}."
            )

    def explain_verdicts(self) -> None:
        rows = "".join(
            f"<tr><td><b>{verdict}</b>&nbsp;&nbsp;</td><td>{THRESHOLDS.explain(verdict)}</td></tr>"
            for verdict in Verdict
        )
        text = (
            "<p>An effect is measured against the intact image of the same prompt and noise. Two yardsticks say what "
            "a distance means: the <b>numerical floor</b>, which rounding alone brings about, and the <b>seed "
            "spread</b>, the median distance to intact images of other seeds. The first verdict that applies is "
            f"given:</p><table cellspacing='4'>{rows}</table>"
        )
        self._dialogs.about("What verdicts mean", text)

    def fill_menu(self, menu: QMenu) -> None:
        """The sweeps of the session, newest first."""
        menu.clear()
        try:
            records = self._lab.sweeps.records()
        except AlienLabError:
            records = []
        for record in records:
            when = record.created.astimezone()
            text = f"{record.sweep.title} ({when:%d %B, %H:%M}, {record.state})".replace("&", "&&")
            menu.addAction(text, lambda record=record: self._lab.sweeps.show(record))
        if not records:
            menu.addAction("No sweep in this session yet").setEnabled(False)

    def _base(self) -> DiffusionRecipe | None:
        """What a sweep varies; None, with a message, where the settings make no sense."""
        try:
            return self._lab.sweep_display.base()
        except AlienLabError as error:
            self._lab.message.emit(Message(str(error)))
            return None

    def _take_choice(self, outcome: int) -> None:
        if self.dialog is None:
            return
        self._wish = self.dialog.wish
        if outcome == QDialog.DialogCode.Accepted and self.dialog.sweep is not None:
            self._lab.sweeps.start(self.dialog.sweep)
        self.dialog.deleteLater()
