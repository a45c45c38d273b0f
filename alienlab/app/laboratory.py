"""The coordinator: it wires settings, lesions, brain, session, renders and canvas, and holds no truth of its own."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal
from PySide6.QtGui import QUndoStack

from alienlab.app.archive import Archive
from alienlab.app.beginning import Beginning, Restoration
from alienlab.app.binning import Bin
from alienlab.app.board.pinboard import Pinboard
from alienlab.app.brain_opener import BrainOpener
from alienlab.app.comparison import Comparison
from alienlab.app.dropping import Dropping
from alienlab.app.experiments import Experiment, experiments
from alienlab.app.full_disk import FullDisk
from alienlab.app.generation import GenerationThread
from alienlab.app.labels import Labels
from alienlab.app.lesion_list import LesionList
from alienlab.app.live import PREVIEW_PATIENCE_MS, PREVIEW_STEPS, Live
from alienlab.app.messages import Message, Tone
from alienlab.app.open_brain import OpenBrain
from alienlab.app.pairs import Pair, Pairs
from alienlab.app.preferences import Preferences
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.recognitions import Recognitions
from alienlab.app.renders import Purpose, Renders
from alienlab.app.replay import Replay
from alienlab.app.selection import Selection
from alienlab.app.session_keeper import SessionKeeper
from alienlab.app.session_log import SessionLog
from alienlab.app.space.concept_space import ConceptSpace
from alienlab.app.sweeps.display import SweepDisplay
from alienlab.app.sweeps.embeddings import EmbeddingAsker
from alienlab.app.sweeps.map_paint import MapPaint
from alienlab.app.sweeps.painting import Painter
from alienlab.app.sweeps.playback import Playback
from alienlab.app.sweeps.runner import SweepRunner
from alienlab.app.transfers import SessionTransfers
from alienlab.app.two_images import TwoImages
from alienlab.app.workload import Workload
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo
from alienlab.domain.errors import AlienLabError, PatternMatchesNothing
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource, Engine
from alienlab.session.brain_places import BrainPlaces
from alienlab.session.paths import AppPaths, embedded_atlas


class Laboratory(QObject):
    """Everything behind the window. Its parts are public: a panel takes those that it shows."""

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
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.live = live
        self.generation = GenerationThread(engine, self)
        self.archive = Archive(self)
        self.undo_stack = QUndoStack(self)
        self.selection = Selection(self)
        self.lesions = LesionList(self.undo_stack, self)
        self.settings = PromptSettings(self)
        self.brain = OpenBrain(self)
        self.comparison = Comparison(self)
        self.two_images = TwoImages(self.comparison, self)
        self.workload = Workload(self)
        self.full_disk = FullDisk(archive=self.archive, thread=self.generation, workload=self.workload, parent=self)
        self.log = SessionLog(self)
        self.renders = Renders(thread=self.generation, comparison=self.comparison, workload=self.workload, parent=self)
        self._recognitions = Recognitions(
            thread=self.generation, brain=self.brain, comparison=self.comparison, parent=self
        )
        self.session = SessionKeeper(
            paths=paths, preferences=preferences, log=self.log, archive=self.archive, parent=self
        )
        self.labels = Labels(self.undo_stack, self.archive, self)
        self.bin = Bin(self.undo_stack, self.archive, self)
        self.log.follow(self.labels, self.bin, self.brain)
        self.opener = BrainOpener(
            brain=self.brain,
            thread=self.generation,
            preferences=preferences,
            archive=self.archive,
            cache=paths.cache,
            parent=self,
        )
        self._pairs, self._restoration = self._make_restoration()
        self._make_sweeps()
        self._make_space()
        self.pinboard = Pinboard(
            undo_stack=self.undo_stack,
            session=self.session,
            archive=self.archive,
            brain=self.brain,
            renders=self.renders,
            comparison=self.comparison,
            make_way=self._make_way,
            parent=self,
        )
        self._make_arrivals(paths)
        self.replay = Replay(
            thread=self.generation,
            brain=self.brain,
            session=self.session,
            workload=self.workload,
            make_way=self._make_way,
            parent=self,
        )
        self.restore = self._restoration.restore
        self._beginning: Beginning | None = None
        self._render_when_open = False
        self._since_preview = QElapsedTimer()
        self._take_preferences()
        self._connect_events()
        self._connect_changes()
        self._connect_messages()

    def _make_sweeps(self) -> None:
        """What runs sweeps, and what shows them."""
        self.sweeps = SweepRunner(
            thread=self.generation,
            brain=self.brain,
            session=self.session,
            archive=self.archive,
            workload=self.workload,
            parent=self,
        )
        self.playback = Playback(self)
        self.embeddings = EmbeddingAsker(self.generation, self)
        self.map_paint = MapPaint(self)
        self._painter = Painter(self.sweeps, self.map_paint, self.brain, atlas=embedded_atlas())
        self.sweep_display = SweepDisplay(
            runner=self.sweeps,
            settings=self.settings,
            lesions=self.lesions,
            brain=self.brain,
            comparison=self.comparison,
            session=self.session,
            selection=self.selection,
            pairs=self._pairs,
            paint=self.map_paint,
        )

    def _make_space(self) -> None:
        """What looks at concept space."""
        self.space = ConceptSpace(
            thread=self.generation,
            brain=self.brain,
            preferences=self.preferences,
            settings=self.settings,
            lesions=self.lesions,
            session=self.session,
            pairs=self._pairs,
            renders=self.renders,
            comparison=self.comparison,
            make_way=self._make_way,
            parent=self,
        )
        self.space.about_to_ask.connect(self.sweeps.interrupt)

    def _make_arrivals(self, paths: AppPaths) -> None:
        """What takes files in, and lets sessions out."""
        self.transfers = SessionTransfers(session=self.session, paths=paths, parent=self)
        self.dropping = Dropping(
            brain=self.brain,
            opener=self.opener,
            settings=self.settings,
            lesions=self.lesions,
            comparison=self.comparison,
            session=self.session,
            archive=self.archive,
            pairs=self._pairs,
            transfers=self.transfers,
            places=BrainPlaces(paths.cache),
            parent=self,
        )
        self.dropping.session_wanted.connect(self.open_session)

    def _make_restoration(self) -> tuple[Pairs, Restoration]:
        """What compares the present settings with what is known, and brings back earlier ones."""
        pairs = Pairs(
            brain=self.brain,
            settings=self.settings,
            lesions=self.lesions,
            comparison=self.comparison,
            session=self.session,
        )
        restoration = Restoration(
            brain=self.brain,
            settings=self.settings,
            lesions=self.lesions,
            comparison=self.comparison,
            session=self.session,
            log=self.log,
            pairs=pairs,
            parent=self,
        )
        return pairs, restoration

    def begin(self, source: BrainSource, *, session: str | None, beginning: Beginning) -> None:
        """Open session and brain; show the last comparison, or make the first one."""
        self.generation.start()
        self.session.open_at_start(session)
        restored = not beginning.is_asked_for and self._restoration.restore_last()
        self._beginning = None if restored else beginning
        self.opener.open(source)

    def close(self) -> None:
        """Stop rendering and write what is finished."""
        self.live.rest()
        self.sweeps.close()
        self.generation.stop()
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
            self._restoration.restore_last()

    def _connect_events(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        followers = (
            self.workload.follow,
            self.opener.follow,
            self.renders.follow,
            self._recognitions.follow,
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
        self.opener.opened.connect(self._recognitions.begin_anew)
        self.opener.not_opened.connect(self._stay_as_before)
        self.renders.finished.connect(self.session.save)
        self.renders.settled.connect(self.settled)
        self.renders.weights_changed.connect(self._warn_of_weights)

    def _connect_changes(self) -> None:
        self.preferences.changed.connect(self._take_preferences)
        self.session.changed.connect(self._take_session)
        self.bin.emptied.connect(self.labels.reload)
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
            self._restoration,
            self.sweeps,
            self.space,
            self.pinboard,
            self.bin,
            self.labels,
        ):
            part.message.connect(self.message)
        self.renders.noted.connect(lambda text: self.message.emit(Message(text, Tone.WARNING)))
        self._recognitions.failed.connect(self._offer_another_recogniser)
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
        self._painter.take_brain(info)
        beginning, self._beginning = self._beginning, None
        wants_render, self._render_when_open = self._render_when_open, False
        if beginning is not None:
            self._restoration.begin_anew(beginning, info)
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
        if self._pairs.are_known(pair):
            self.live.rest()
            self.renders.cancel(Purpose.PREVIEW)
            self._pairs.compare(pair)
        else:
            self.comparison.set_stale(bool(self.comparison.pair) and not self._pairs.are_shown(pair))
        self._say_if_settled()

    def _preview(self) -> None:
        if self.renders.is_previewing and self._since_preview.elapsed() < PREVIEW_PATIENCE_MS:
            self.live.postpone_preview()
            return
        self._since_preview.start()
        pair = self._quiet_pair()
        if pair is not None:
            self._make_way()
            self.renders.preview(self._pairs.compare(pair), steps=PREVIEW_STEPS)

    def _render_live(self) -> None:
        self._render(Purpose.LIVE)

    def _render(self, purpose: Purpose) -> None:
        self.live.rest()
        try:
            pair = self._pairs.present()
        except AlienLabError as error:
            self._tell(str(error))
            pair = None
        if pair is not None and (missing := self._pairs.compare(pair)):
            self._make_way()
            self.renders.render(missing, purpose=purpose)
        self._say_if_settled()

    def _make_way(self) -> None:
        """Let what the user asks for go first."""
        self.sweeps.interrupt()
        self.space.interrupt()

    def _say_if_settled(self) -> None:
        if not self.renders.is_busy and not self.live.is_pending:
            self.settled.emit()

    def _quiet_pair(self) -> Pair | None:
        """None also while what is being typed makes no sense yet."""
        try:
            return self._pairs.present()
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
