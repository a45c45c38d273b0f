"""From what the user chose to a plane: its unit is measured, and directions that span none are found out."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import Priority
from alienlab.app.lesion_list import LesionList
from alienlab.app.messages import Message
from alienlab.app.open_brain import OpenBrain
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.space.choice import PlaneChoice, Reader
from alienlab.app.space.plane import PLAIN, Plane
from alienlab.app.space.unit import Span, Unit
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Cancelled, Done, Event, Failed, Located
from alienlab.domain.ports import LocateJob
from alienlab.domain.space.evaluation import Point
from alienlab.domain.space.formula import read_concept
from alienlab.domain.space.geometry import distance

DELAY_MS = 200
"""So long nothing more is typed before another plane is made."""
ENDS = 2
"""Of the unit: they are located before the plane's probe."""
NO_BRAIN = "The plane appears as soon as a brain is open."
NO_ORIGIN = "Write a prompt above, or an origin here: the plane is laid through it."


class PlaneSurvey(QObject):
    """Holds the plane that is looked at. It works only while someone watches."""

    changed = Signal()
    """Another plane, none, or another trouble."""
    about_to_ask = Signal()
    """The engine is asked for a unit: what may wait is to make way."""
    message = Signal(object)

    def __init__(
        self,
        *,
        thread: GenerationThread,
        brain: OpenBrain,
        choice: PlaneChoice,
        settings: PromptSettings,
        lesions: LesionList,
        unit: Unit,
        read: Reader = read_concept,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread, self._brain = thread, brain
        self._choice, self._settings, self._lesions, self._read = choice, settings, lesions, read
        self._plane: Plane | None = None
        self._trouble = NO_BRAIN
        self._unit = unit
        self._units: dict[tuple[str, Span], float] = {}
        """By hash of the brain."""
        self._sound: Plane | None = None
        """The last one whose directions were found to span it."""
        self._wish: Plane | None = None
        self._job: int | None = None
        self._points: dict[int, Point] = {}
        self._refusal = ""
        self._is_watched = False
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self.refresh)
        choice.changed.connect(self.refresh)
        settings.changed.connect(self._timer.start)
        lesions.changed.connect(self._timer.start)
        brain.info_changed.connect(self.refresh)
        unit.changed.connect(self.refresh)

    @property
    def plane(self) -> Plane | None:
        """None while there is none, or its unit is being measured."""
        return self._plane

    @property
    def trouble(self) -> str:
        """Why there is no plane, for a person to read; empty where there is one, or will be at once."""
        return self._trouble

    def set_watched(self, watched: bool) -> None:
        self._is_watched = watched
        if watched:
            self.refresh()

    def refresh(self) -> None:
        """Make the plane of what is chosen now."""
        if not self._is_watched:
            return
        self._timer.stop()
        self._wish, self._job = None, None
        try:
            wish = self._wished()
        except AlienLabError as error:
            self._refuse(str(error))
            return
        if isinstance(wish, str):
            self._show(None, wish)
        elif self._is_known(wish):
            self._show(replace(wish, unit=self._units[self._measured(wish)]))
        else:
            self._show(None)
            self._locate(wish)

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        if self._job is None or getattr(event, "job", None) != self._job:
            return
        match event:
            case Located(row=row, point=point):
                self._points[row] = point
            case Failed(row=row, message=message) if row is None or row >= ENDS:
                self._refusal = message
                if row is None:
                    self._answer()
            case Done() | Cancelled():
                self._answer()

    def _wished(self) -> Plane | str:
        """Its unit is not known yet. A sentence where something is missing; raises AlienLabError for what is wrong."""
        info, anatomy = self._brain.info, self._brain.anatomy
        if info is None or anatomy is None:
            return NO_BRAIN
        base = self._settings.recipe(info, self._lesions.active)
        base.computation_id(anatomy)  # raises for a lesion without a module
        origin = self._choice.values.origin_point(base.prompt, self._read)
        if origin is None:
            return NO_ORIGIN
        directions = self._choice.values.directions(self._read)
        plane = Plane(base, origin, directions, PLAIN, anatomy, self._unit.span.words)
        replace(base, prompt=plane.probe)  # raises where points are nested too deeply
        return plane

    def _is_known(self, wish: Plane) -> bool:
        sound = self._sound
        return (
            sound is not None
            and self._measured(wish) in self._units
            and (wish.base.brain, wish.probe) == (sound.base.brain, sound.probe)
        )

    def _measured(self, wish: Plane) -> tuple[str, Span]:
        return wish.base.brain, self._unit.span

    def _locate(self, wish: Plane) -> None:
        self._wish, self._points, self._refusal = wish, {}, ""
        self.about_to_ask.emit()
        self._job = self._thread.next_number()
        job = LocateJob(number=self._job, expressions=(*self._unit.span.ends, wish.probe))
        self._thread.submit(job, priority=Priority.RENDER)

    def _answer(self) -> None:
        wish, self._wish, self._job = self._wish, None, None
        assert wish is not None
        if self._refusal:
            self._refuse(self._refusal)
            return
        ends = [self._points[row] for row in range(ENDS) if row in self._points]
        unit = distance(*ends) if len(ends) == ENDS else PLAIN
        self._units[self._measured(wish)] = unit or PLAIN
        self._sound = wish
        self._show(replace(wish, unit=unit or PLAIN))

    def _refuse(self, sentence: str) -> None:
        if sentence != self._trouble:
            self.message.emit(Message(sentence))
        self._show(None, sentence)

    def _show(self, plane: Plane | None, trouble: str = "") -> None:
        if (plane, trouble) != (self._plane, self._trouble):
            self._plane, self._trouble = plane, trouble
            self.changed.emit()
