"""The parts of the laboratory, each given those that it works with."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from alienlab.app.archive import Archive
from alienlab.app.beginning import Restoration
from alienlab.app.binning import Bin
from alienlab.app.board.pinboard import Pinboard
from alienlab.app.brain_opener import BrainOpener
from alienlab.app.comparison import Comparison
from alienlab.app.dropping import Dropping
from alienlab.app.full_disk import FullDisk
from alienlab.app.generation import GenerationThread
from alienlab.app.lab_replay import LabReplay
from alienlab.app.labels import Labels
from alienlab.app.labs.benches import Benches
from alienlab.app.labs.images import LabImages
from alienlab.app.labs.lab_thread import LabThread
from alienlab.app.labs.memory import LabMemory
from alienlab.app.lesion_list import LesionList
from alienlab.app.live import Live
from alienlab.app.offers.offers import Offers
from alienlab.app.open_brain import OpenBrain
from alienlab.app.pairs import Pairs
from alienlab.app.plugins import Plugins
from alienlab.app.preferences import Preferences
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.recognitions import Recognitions
from alienlab.app.renders import Renders
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
from alienlab.domain.laboratories.declarations import FoundPlugin
from alienlab.domain.laboratories.ports import PluginEngine
from alienlab.domain.ports import Engine
from alienlab.session.brains.places import BrainPlaces
from alienlab.session.paths import AppPaths, embedded_atlas, embedded_brain


class Parts(QObject):
    """Everything behind the window. A panel takes those parts that it shows."""

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
        super().__init__(parent)
        self.preferences = preferences
        self.plugins = Plugins(found_plugins, preferences, folder=paths.plugins, parent=self)
        self.lab_thread = LabThread(plugin_engine, self)
        self.live = live
        self.undo_stack = QUndoStack(self)
        self._make_engine_room(engine)
        self.offers = Offers(self.plugins, self.lab_thread, self.generation, self)
        self._make_notebook(paths)
        self._make_mind(paths)
        self._make_restoration()
        self._make_sweeps()
        self._make_space()
        self._make_board()
        self._make_arrivals(paths)
        self._make_benches(paths)

    def make_way(self) -> None:
        """Let what the user asks for go first."""
        self.sweeps.interrupt()
        self.space.interrupt()

    def _make_engine_room(self, engine: Engine) -> None:
        """What renders, and what is shown of it."""
        self.generation = GenerationThread(engine, self)
        self.archive = Archive(self)
        self.comparison = Comparison(self)
        self.two_images = TwoImages(self.comparison, self)
        self.workload = Workload(self)
        self.full_disk = FullDisk(archive=self.archive, thread=self.generation, workload=self.workload, parent=self)
        self.renders = Renders(thread=self.generation, comparison=self.comparison, workload=self.workload, parent=self)

    def _make_notebook(self, paths: AppPaths) -> None:
        """What keeps a record of everything."""
        self.log = SessionLog(self)
        self.session = SessionKeeper(
            paths=paths, preferences=self.preferences, log=self.log, archive=self.archive, parent=self
        )
        self.labels = Labels(self.undo_stack, self.archive, self)
        self.bin = Bin(self.undo_stack, self.archive, self)

    def _make_mind(self, paths: AppPaths) -> None:
        """What is asked of which brain, and what is done to it."""
        self.selection = Selection(self)
        self.lesions = LesionList(self.undo_stack, self)
        self.lesions.complete = self.offers.completed
        self.settings = PromptSettings(self)
        self.brain = OpenBrain(self)
        self.opener = BrainOpener(
            brain=self.brain,
            thread=self.generation,
            preferences=self.preferences,
            archive=self.archive,
            cache=paths.cache,
            parent=self,
        )
        self.recognitions = Recognitions(
            thread=self.generation, brain=self.brain, comparison=self.comparison, parent=self
        )
        self.log.follow(self.labels, self.bin, self.brain)

    def _make_restoration(self) -> None:
        """What compares the present settings with what is known, and brings back earlier ones."""
        self.pairs = Pairs(
            brain=self.brain,
            settings=self.settings,
            lesions=self.lesions,
            comparison=self.comparison,
            session=self.session,
        )
        self.restoration = Restoration(
            brain=self.brain,
            settings=self.settings,
            lesions=self.lesions,
            comparison=self.comparison,
            session=self.session,
            log=self.log,
            pairs=self.pairs,
            parent=self,
        )
        self.replay = Replay(
            thread=self.generation,
            brain=self.brain,
            session=self.session,
            workload=self.workload,
            make_way=self.make_way,
            labs=LabReplay(self.lab_thread, self.plugins, self),
            parent=self,
        )

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
        self.painter = Painter(self.sweeps, self.map_paint, self.brain, atlas=embedded_atlas())
        self.sweep_display = SweepDisplay(
            runner=self.sweeps,
            settings=self.settings,
            lesions=self.lesions,
            brain=self.brain,
            comparison=self.comparison,
            session=self.session,
            selection=self.selection,
            pairs=self.pairs,
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
            pairs=self.pairs,
            renders=self.renders,
            comparison=self.comparison,
            make_way=self.make_way,
            parent=self,
        )
        self.space.about_to_ask.connect(self.sweeps.interrupt)

    def _make_board(self) -> None:
        """What images are pinned to."""
        self.pinboard = Pinboard(
            undo_stack=self.undo_stack,
            session=self.session,
            archive=self.archive,
            brain=self.brain,
            renders=self.renders,
            comparison=self.comparison,
            make_way=self.make_way,
            is_coming=self.sweeps.will_render,
            parent=self,
        )

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
            pairs=self.pairs,
            transfers=self.transfers,
            places=BrainPlaces(paths.cache),
            parent=self,
        )

    def _make_benches(self, paths: AppPaths) -> None:
        """What laboratories of plugins compute on."""
        self.lab_images = LabImages(self.session, self)
        self.lab_pictures_folder = paths.cache / "laboratories"
        self.benches = Benches(
            plugins=self.plugins,
            thread=self.lab_thread,
            session=self.session,
            comparison=self.comparison,
            undo_stack=self.undo_stack,
            memory=LabMemory(paths.data / "laboratories.json"),
            embedded_brain=embedded_brain(),
            parent=self,
        )
        self.restoration.lab_wanted.connect(self.benches.restore)
