"""The session's store of a sweep, read at once and written in the background."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alienlab.app.archive import Archive
from alienlab.domain.effects import Measures, Yardsticks
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image, Latents
from alienlab.domain.sweeps.sweep import Sweep
from alienlab.session.log.store import RenderRecord, Session
from alienlab.session.log.sweep_log import SweepLog, SweepRecord, SweepState


class KeptResults:
    """Implements ``alienlab.domain.sweeps.running.Store``. An image is held until it is on disk."""

    def __init__(self, session: Session, archive: Archive) -> None:
        self._session, self._archive = session, archive
        self._log = SweepLog(session)
        self._fresh: dict[str, Image] = {}

    def hold(self, key: str, image: Image) -> None:
        """An image that is on its way to the disk."""
        self._fresh[key] = image

    def let_go(self, record: RenderRecord) -> None:
        """The image of a record is on the disk."""
        self._fresh.pop(record.computation_id, None)

    def has(self, key: str) -> bool:
        """Whether there is an image, on the disk or on its way there."""
        return key in self._fresh or self._session.has(key)

    def image(self, key: str) -> Image | None:
        """May be called from any thread; None also once the session is closed."""
        fresh = self._fresh.get(key)
        try:
            return self._log.image(key) if fresh is None else fresh
        except AlienLabError:
            return None

    def latents(self, key: str) -> Latents | None:
        return self._log.latents(key)

    def measures(self, reference: str) -> Mapping[str, Measures]:
        return self._log.measures(reference)

    def yardsticks(self, reference: str) -> Yardsticks | None:
        return self._log.yardsticks(reference)

    def records(self) -> list[SweepRecord]:
        return self._log.records()

    def keep_latents(self, key: str, latents: Latents) -> None:
        self._archive.carry_out_silently(lambda: self._log.keep_latents(key, latents))

    def keep_measures(self, reference: str, measures: Mapping[str, Measures]) -> None:
        self._archive.carry_out_silently(lambda: self._log.keep_measures(reference, measures))

    def keep_yardsticks(self, reference: str, yardsticks: Yardsticks) -> None:
        self._archive.carry_out_silently(lambda: self._log.keep_yardsticks(reference, yardsticks))

    def keep_sweep(self, sweep: Sweep, keys: Sequence[str]) -> None:
        self._archive.carry_out_silently(lambda: self._log.keep_sweep(sweep, keys))

    def add(self, sweep: Sweep, keys: Sequence[str]) -> None:
        self._archive.carry_out_silently(lambda: self._log.add(sweep, SweepState.RUNNING, keys=keys))

    def set_state(self, sweep: str, state: SweepState) -> None:
        self._archive.carry_out_silently(lambda: self._log.set_state(sweep, state))
