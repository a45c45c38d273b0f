"""Everything behind the tab of concept space, wired."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from alienlab.app.comparison import Comparison
from alienlab.app.generation import GenerationThread
from alienlab.app.lesion_list import LesionList
from alienlab.app.open_brain import OpenBrain
from alienlab.app.pairs import Pairs
from alienlab.app.preferences import Preferences
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.renders import Renders
from alienlab.app.session_keeper import SessionKeeper
from alienlab.app.space.asker import Asker, Surroundings
from alienlab.app.space.breadth_survey import BreadthSurvey
from alienlab.app.space.choice import PlaneChoice
from alienlab.app.space.concept_map import ConceptMap
from alienlab.app.space.drawn_path import DrawnPath
from alienlab.app.space.filming import Filming
from alienlab.app.space.intact_plane import IntactPlane
from alienlab.app.space.island_survey import IslandSurvey
from alienlab.app.space.names import Names
from alienlab.app.space.opening import PlaceOpener
from alienlab.app.space.pictures import TilePictures
from alienlab.app.space.survey import PlaneSurvey
from alienlab.app.space.tiles import PlaneTiles
from alienlab.app.space.unit import Unit
from alienlab.app.space.walking import Walking
from alienlab.domain.events import Event


class ConceptSpace(QObject):
    """Its parts are public: a page takes those that it shows."""

    message = Signal(object)
    """A Message for the user."""
    about_to_ask = Signal()
    """The engine is asked for something: sweeps are to make way."""

    def __init__(
        self,
        *,
        thread: GenerationThread,
        brain: OpenBrain,
        preferences: Preferences,
        settings: PromptSettings,
        lesions: LesionList,
        session: SessionKeeper,
        pairs: Pairs,
        renders: Renders,
        comparison: Comparison,
        make_way: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.names = Names(session, self)
        self.unit = Unit(preferences, read=self.names.read, parent=self)
        self.choice = PlaneChoice(self)
        self._survey = PlaneSurvey(
            thread=thread,
            brain=brain,
            choice=self.choice,
            settings=settings,
            lesions=lesions,
            unit=self.unit,
            read=self.names.read,
            parent=self,
        )
        self.names.changed.connect(self._survey.refresh)
        pictures = TilePictures()
        self.tiles = PlaneTiles(thread=thread, survey=self._survey, brain=brain, pictures=pictures, parent=self)
        intact = IntactPlane(self._survey, self)
        self.intact_tiles = PlaneTiles(thread=thread, survey=intact, brain=brain, pictures=pictures, parent=self)
        self.opener = PlaceOpener(
            survey=self._survey, brain=brain, pairs=pairs, renders=renders, comparison=comparison, make_way=make_way
        )
        around = Surroundings(thread=thread, brain=brain, settings=settings, lesions=lesions, names=self.names)
        self.walking = Walking(around, unit=self.unit, parent=self)
        self.breadth = BreadthSurvey(around, self)
        self.drawn_path = DrawnPath(survey=self._survey, session=session, walking=self.walking, parent=self)
        self.concept_map = ConceptMap(around, walking=self.walking, parent=self)
        self.islands = IslandSurvey(around, self)
        self.filming = Filming(around, self)
        for part in (self._survey, *self._askers):
            part.about_to_ask.connect(self.about_to_ask)
        for tiles in self._tiles:
            tiles.about_to_render.connect(self.about_to_ask)
        for part in (self._survey, *self._tiles, self.names, self.drawn_path, *self._askers):
            part.message.connect(self.message)

    @property
    def _tiles(self) -> Sequence[PlaneTiles]:
        return (self.tiles, self.intact_tiles)

    @property
    def _askers(self) -> Sequence[Asker]:
        """Those that ask the engine by inquiries."""
        return (self.walking, self.breadth, self.concept_map, self.islands, self.filming)

    def interrupt(self) -> None:
        """Let what the user renders go first."""
        for part in (*self._tiles, *self._askers):
            part.interrupt()

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        self._survey.follow(event)
        for part in (*self._tiles, *self._askers):
            part.follow(event)

    def set_checks_safety(self, checks: bool) -> None:
        for tiles in self._tiles:
            tiles.set_checks_safety(checks)
        self.walking.set_checks_safety(checks)
        self.breadth.set_checks_safety(checks)
        self.islands.set_checks_safety(checks)
        self.filming.set_checks_safety(checks)
