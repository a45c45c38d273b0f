"""A sheet of a sweep, with its axes."""

from __future__ import annotations

from alienlab.domain.anatomy import Anatomy
from alienlab.session.reading import SessionReader
from alienlab.session.sheet_content import Sheet
from alienlab.session.sheet_records import USUAL, SheetOptions, sheet_of
from alienlab.session.sweep_log import SweepRecord


def sweep_sheet(
    session: SessionReader, sweep_record: SweepRecord, *, anatomy: Anatomy, options: SheetOptions = USUAL
) -> Sheet:
    """The images of a sweep along its one axis or two."""
    keys = {trial.recipe.computation_id(anatomy) for trial in sweep_record.sweep.trials()}
    records = [record for record in session.records() if record.computation_id in keys]
    return sheet_of(session, records=records, options=options, anatomy_of=lambda brain: anatomy)
