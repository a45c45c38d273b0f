"""What is done with exporters, sweeps and measures of plugins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from alienlab.app.laboratory import Laboratory
from alienlab.app.messages import Message, Tone
from alienlab.app.offers.exporting import exported_renders, write_with
from alienlab.app.offers.measuring import column_of, pairs_of, take_measure
from alienlab.app.offers.sweeping import make_sweep
from alienlab.app.sweeps.results_model import SweepResults
from alienlab.domain.counting import counted
from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.declarations import Exporter, LesionOperation, Measure, Offer, SweepKind
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.exports.export_commands import NOTHING, start_of
from alienlab.ui.offers.offer_dialog import OfferDialog

Chosen = Callable[[], tuple[Sequence[int], str]]
"""Numbers of renders, and in words where they are chosen."""


class OfferCommands(QObject):
    """Asks where an offer has parameters, then has it carried out beside the window, with progress and Stop."""

    def __init__(
        self, lab: Laboratory, dialogs: Dialogs, *, results: SweepResults, chosen: Chosen, window: QWidget
    ) -> None:
        super().__init__(window)
        self._window, self._lab, self._dialogs = window, lab, dialogs
        self._results, self._chosen = results, chosen
        self.dialog: OfferDialog | None = None
        """The last one that was opened."""

    def export(self, exporter: Exporter) -> None:
        """Of the renders that are selected in the log, or else that it or the session strip shows."""
        numbers, where = self._chosen()
        if self._lab.session.session is None or not numbers:
            self._tell(NOTHING)
            return
        note = f"It takes {counted(len(numbers), 'render')}: {where}."
        self._ask(exporter, "Export…", lambda values: self._export(exporter, numbers, values), note=note)

    def sweep(self, kind: SweepKind) -> None:
        """Have a plugin make a sweep of the present settings, and start it."""
        if self._lab.brain.anatomy is None or self._lab.session.session is None:
            self._tell("Sweeps need an open brain and an open session.")
            return
        self._ask(kind, "Start", lambda values: self._sweep(kind, values))

    def take_measure(self, measure: Measure) -> None:
        """Of all images of the sweep that is shown."""
        sweeps, anatomy = self._lab.sweeps, self._lab.brain.anatomy
        pairs = {} if anatomy is None else pairs_of(sweeps.results(), anatomy)
        if sweeps.sweep is None or not pairs:
            self._tell("There is nothing to measure yet: no image of this sweep is there.")
            return
        ask, guarded = self._lab.offers.asker, self._lab.offers.guarded
        shown, model = sweeps.sweep.id, self._results

        def then(taken: Any) -> None:
            if model.sweep is not None and model.sweep.id == shown:
                model.add_measure(column_of(measure, taken))
                self._lab.painter.take_measure(measure, taken)
                self._tell(f"{measure.name} was measured of {counted(len(taken), 'image')}: {self._where(measure)}.")

        self._lab.transfers.carry_out(
            f"Measuring {measure.name}",
            lambda step, stop: guarded(
                lambda: take_measure(measure, pairs, sweeps.image, ask(None, stop), step=step, is_stopped=stop)
            ),
            then,
        )

    def _where(self, measure: Measure) -> str:
        """What shows a measure that was taken."""
        painting = self._lab.map_paint.painting
        is_on_map = painting is not None and any(one.measure == measure for one in painting.measured)
        return "the table has it as a column" + (", and the map can be painted by it" if is_on_map else "")

    def _export(self, exporter: Exporter, numbers: Sequence[int], values: dict[str, Any]) -> None:
        session = self._lab.session.session
        file = self._dialogs.result_file(start_of(self._lab.session.name, exporter.suffix), (exporter.suffix,))
        if file is None or session is None:
            return
        ask, guarded = self._lab.offers.asker, self._lab.offers.guarded
        self._lab.transfers.write(
            f"Exporting with {exporter.name}",
            lambda step, stop: guarded(
                lambda: write_with(
                    exporter,
                    exported_renders(session, session.records_of(numbers)),
                    values,
                    file,
                    ask(step, stop),
                )
            ),
            sentence=f"{counted(len(numbers), 'render')} exported as {file}.",
        )

    def _sweep(self, kind: SweepKind, values: dict[str, Any]) -> None:
        anatomy = self._lab.brain.anatomy
        try:
            base = self._lab.sweep_display.base()
        except AlienLabError as error:
            self._lab.message.emit(Message(str(error)))
            return
        if anatomy is None or base is None:
            return
        ask, guarded = self._lab.offers.asker, self._lab.offers.guarded
        operations = self._lab.offers.of_kind(LesionOperation)
        self._lab.transfers.carry_out(
            f"Asking {kind.name}",
            lambda step, stop: guarded(
                lambda: make_sweep(kind, values, base, anatomy, ask(step, stop), operations=operations)
            ),
            self._lab.sweeps.start,
        )

    def _ask(self, offer: Offer, doing: str, run: Callable[[dict[str, Any]], None], *, note: str = "") -> None:
        """For the values of the offer's parameters, where it has any."""
        if not offer.parameters:
            run({})
            return
        dialog = OfferDialog(offer, doing, self._window, note=note)
        dialog.accepted.connect(lambda: run(dialog.values))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _tell(self, text: str) -> None:
        self._lab.message.emit(Message(text, Tone.NOTE))
