"""The coordinator: it wires settings, lesions, brain, session, renders and canvas, and holds no truth of its own."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal

from alienlab.app.beginning import Beginning
from alienlab.app.experiments import Experiment, experiments
from alienlab.app.live import PREVIEW_PATIENCE_MS, PREVIEW_STEPS, Live
from alienlab.app.messages import Message, Tone
from alienlab.app.pairs import Pair
from alienlab.app.parts import Parts
from alienlab.app.preferences import Preferences
from alienlab.app.renders import Purpose
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo
from alienlab.domain.errors import AlienLabError, PatternMatchesNothing
from alienlab.domain.laboratories.declarations import FoundPlugin
from alienlab.domain.laboratories.ports import PluginEngine
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource, Engine
from alienlab.session.paths import AppPaths


class Laboratory(Parts):
    """The parts at work together: what one says reaches the others."""

    message = Signal(object)
    """A Message for the user."""
    settled = Signal()
    """Everything that was asked for is rendered, has failed or was cancelled."""
    first_start = Signal()
    """There is nothing to restore: the first images are on their way."""

    def __init__(
        self,
        *,
        engine: Engine,
        paths: AppPaths,
        preferences: Preferences,
        live: Live,
        found_plugins: tuple[FoundPlugin, ...] = (),
        plugin_engine: PluginEngine | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(
            engine=engine,
            paths=paths,
            preferences=preferences,
            live=live,
            found_plugins=found_plugins,
            plugin_engine=plugin_engine,
            parent=parent,
        )
        self.restore = self.restoration.restore
        self._beginning: Beginning | None = None
        self._render_when_open = False
        self._since_preview = QElapsedTimer()
        self._take_preferences()
        self._connect_events()
        self._connect_changes()
        self._connect_messages()

    def begin(self, source: BrainSource, *, session: str | None, beginning: Beginning) -> None:
        """Open session and brain; show the last comparison, or make the first one."""
        self.generation.start()
        self.session.open_at_start(session)
        restored = not beginning.is_asked_for and self.restoration.restore_last()
        self._beginning = None if restored else beginning
        self.opener.open(source)

    def close(self) -> None:
        """Stop rendering and write what is finished."""
        self.live.rest()
        self.sweeps.close()
        self.generation.stop()
        self.lab_images.finish()
        self.benches.finish()
        self.pinboard.finish()
        self.transfers.finish()
        self.dropping.finish()
        self.session.close()

    def render(self) -> None:
        """Render intact and altered, or take them from the session; with an unlocked seed, another one."""
        if self.brain.info is None or self.opener.is_opening:
            self._render_when_open = True
            return
        if not self.settings.seed_locked and not self.live.enabled:
            self.settings.roll_seed()
        self._render(Purpose.ASKED)

    def cancel(self) -> None:
        """Stop everything that was asked for."""
        self._render_when_open = False
        self.live.rest()
        self.renders.cancel_all()

    def experiments(self) -> tuple[Experiment, ...]:
        """Things to try on the open brain."""
        return () if self.brain.anatomy is None else experiments(self.brain.anatomy)

    def try_out(self, experiment: Experiment) -> None:
        """Replace the lesions by the experiment's, and render."""
        self.lesions.replace_all((experiment.lesion,))
        self.render()

    def open_session(self, name_or_path: str) -> None:
        """Change to another session, and show its last comparison."""
        self.renders.cancel_all()
        if self.session.open(name_or_path):
            self.comparison.clear()
            self.restoration.restore_last()

    def _connect_events(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        followers = (
            self.workload.follow,
            self.opener.follow,
            self.renders.follow,
            self.recognitions.follow,
            self.sweeps.follow,
            self.embeddings.follow,
            self.replay.follow,
            self.space.follow,
        )
        for follow in followers:
            self.generation.happened.connect(follow, queued)
        self.generation.queue_changed.connect(self._count_waiting, queued)
        self.opener.opening.connect(self.workload.start_loading)
        self.opener.opened.connect(self._take_brain)
        self.opener.opened.connect(self.recognitions.begin_anew)
        self.opener.not_opened.connect(self._stay_as_before)
        self.renders.finished.connect(self.session.save)
        self.renders.settled.connect(self.settled)
        self.renders.weights_changed.connect(self._warn_of_weights)

    def _connect_changes(self) -> None:
        self.preferences.changed.connect(self._take_preferences)
        self.session.changed.connect(self._take_session)
        self.dropping.session_wanted.connect(self.open_session)
        self.dropping.lab_wanted.connect(self.restoration.open_lab)
        self.bin.emptied.connect(self.labels.forget_gone)
        self.space.names.changed.connect(self._take_names)
        self.settings.changed.connect(self.live.touch)
        self.lesions.changed.connect(self.live.touch)
        self.live.touched.connect(self._recall)
        self.live.preview_due.connect(self._preview)
        self.live.render_due.connect(self._render_live)

    def _connect_messages(self) -> None:
        for part in (
            self.opener,
            self.full_disk,
            self.replay,
            self.session,
            self.transfers,
            self.dropping,
            self.restoration,
            self.sweeps,
            self.space,
            self.pinboard,
            self.bin,
            self.labels,
            self.plugins,
            self.benches,
        ):
            part.message.connect(self.message)
        self.renders.noted.connect(lambda text: self.message.emit(Message(text, Tone.WARNING)))
        self.lab_images.failed.connect(lambda text: self.message.emit(Message(text, Tone.WARNING)))
        self.recognitions.failed.connect(self._offer_another_recogniser)
        self.embeddings.failed.connect(self._offer_another_recogniser)
        for failed in (self.generation.broken, self.renders.failed, self.preferences.failed):
            failed.connect(self._tell)

    def _count_waiting(self) -> None:
        self.workload.set_waiting(self.generation.waiting)

    def _tell(self, text: str) -> None:
        self.message.emit(Message(text))

    def _offer_another_recogniser(self, text: str) -> None:
        self.message.emit(Message(text, Tone.WARNING, ("recogniser.choose",)))

    def _take_preferences(self) -> None:
        blurs = self.preferences.settings.blur_flagged
        self.renders.set_checks_safety(blurs)
        self.space.set_checks_safety(blurs)
        self.log.set_blurs_flagged(blurs)

    def _take_session(self) -> None:
        self.labels.take_session(self.session.session)
        self.bin.take_session(self.session.session)

    def _take_names(self) -> None:
        """The prompt bar understands names, and the session strip finds them."""
        names = self.space.names
        self.settings.set_named(names.named)
        self.log.set_labels(names.labels)

    def _take_brain(self, before: BrainInfo | None, info: BrainInfo) -> None:
        if before is None or before.hash == info.hash:
            self.settings.adopt(info)
        else:
            self.settings.take_defaults(info)
        self._drop_foreign_lesions()
        self.sweeps.recall_last()
        self.painter.take_brain(info)
        beginning, self._beginning = self._beginning, None
        wants_render, self._render_when_open = self._render_when_open, False
        if beginning is not None:
            self.restoration.begin_anew(beginning, info)
            self.first_start.emit()
            self._render(Purpose.ASKED)
        elif wants_render:
            self.render()
        else:
            self.live.touch()

    def _stay_as_before(self) -> None:
        self._render_when_open = False
        self.workload.stop_loading()
        self.settled.emit()

    def _recall(self) -> None:
        """Settings changed: show what is known already; else say that the canvas is behind."""
        pair = self._quiet_pair()
        if pair is None:
            return
        if self.live.enabled:
            self.renders.cancel(Purpose.LIVE, keep=pair.keys)
        if self.pairs.are_known(pair):
            self.live.rest()
            self.renders.cancel(Purpose.PREVIEW)
            self.pairs.compare(pair)
        else:
            self.comparison.set_stale(bool(self.comparison.pair) and not self.pairs.are_shown(pair))
        self._say_if_settled()

    def _preview(self) -> None:
        if self.renders.is_previewing and self._since_preview.elapsed() < PREVIEW_PATIENCE_MS:
            self.live.postpone_preview()
            return
        self._since_preview.start()
        pair = self._quiet_pair()
        if pair is not None:
            self.make_way()
            self.renders.preview(self.pairs.compare(pair), steps=PREVIEW_STEPS)

    def _render_live(self) -> None:
        self._render(Purpose.LIVE)

    def _render(self, purpose: Purpose) -> None:
        self.live.rest()
        try:
            pair = self.pairs.present()
        except AlienLabError as error:
            self._tell(str(error))
            pair = None
        if pair is not None and (missing := self.pairs.compare(pair)):
            self.make_way()
            self.renders.render(missing, purpose=purpose)
        self._say_if_settled()

    def _say_if_settled(self) -> None:
        if not self.renders.is_busy and not self.live.is_pending:
            self.settled.emit()

    def _quiet_pair(self) -> Pair | None:
        """None also while what is being typed makes no sense yet."""
        try:
            return self.pairs.present()
        except AlienLabError:
            return None

    def _drop_foreign_lesions(self) -> None:
        """Remove the lesions that match nothing in this brain, and say so."""
        anatomy = self.brain.anatomy
        if anatomy is None:
            return
        self.selection.retain(anatomy.paths)
        foreign = [place for place, entry in enumerate(self.lesions.entries) if not _acts_on(entry.spec, anatomy)]
        if foreign:
            self.lesions.remove(foreign)
            text = f"Lesions that match no module of this brain were removed: {len(foreign)}. Undo brings them back."
            self.message.emit(Message(text, Tone.WARNING))

    def _warn_of_weights(self) -> None:
        text = "The brain's weights are not what they were before this render. Open the brain again to restore them."
        self.message.emit(Message(text, Tone.ERROR, ("brain.reopen",)))


def _acts_on(spec: LesionSpec, anatomy: Anatomy) -> bool:
    try:
        return bool(spec.expand(anatomy))
    except PatternMatchesNothing:
        return False
