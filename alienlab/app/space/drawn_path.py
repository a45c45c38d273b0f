"""The path that is drawn on the plane."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from alienlab.app.messages import Message, Tone
from alienlab.app.session_keeper import SessionKeeper
from alienlab.app.space.kept_drawings import KeptDrawings
from alienlab.app.space.plane import PLAIN
from alienlab.app.space.survey import PlaneSurvey
from alienlab.app.space.walking import Walking
from alienlab.domain.errors import AlienLabError, RecipeError
from alienlab.domain.space.drawing import Corner, Drawing, Ground, drawn_walk, traced
from alienlab.domain.space.walks import Place, resampled

FRAMES = 24
MOST_FRAMES = 240
_MOST_STEPS_BACK = 200


class DrawnPath(QObject):
    """Its corners, in Euclidean coordinates of the plane that is looked at. Whatever is done to it is kept at once."""

    changed = Signal()
    """Other corners, another name, another number of frames, or another plane."""
    message = Signal(object)

    def __init__(
        self, *, survey: PlaneSurvey, session: SessionKeeper, walking: Walking, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._survey, self._walking = survey, walking
        self._kept = KeptDrawings(session)
        self._ground: Ground | None = None
        self._name = ""
        self._corners: tuple[Corner, ...] = ()
        self._past: list[tuple[Corner, ...]] = []
        self._before: tuple[Corner, ...] | None = None
        """The corners before a change that goes on."""
        self._frames = FRAMES
        self._line: tuple[Place, ...] = ()
        self._stops: tuple[Place, ...] = ()
        survey.changed.connect(self._take_plane)
        session.changed.connect(self._take_session)

    # What is there

    @property
    def ground(self) -> Ground | None:
        """None where there is no plane to draw on."""
        return self._ground

    @property
    def unit(self) -> float:
        """Euclidean distance that the plane's coordinates are counted in."""
        plane = self._survey.plane
        return PLAIN if plane is None else plane.unit

    @property
    def unit_words(self) -> str:
        plane = self._survey.plane
        return "" if plane is None else plane.unit_words

    @property
    def corners(self) -> tuple[Corner, ...]:
        return self._corners

    @property
    def line(self) -> tuple[Place, ...]:
        """The path as a polyline, its curves in short pieces."""
        return self._line

    @property
    def stops(self) -> tuple[Place, ...]:
        """Places of the frames at equal distances; none where there is no way to go yet."""
        return self._stops

    @property
    def length(self) -> float:
        """Euclidean."""
        return sum(math.dist(one, other) for one, other in zip(self._line, self._line[1:], strict=False))

    @property
    def frames(self) -> int:
        return self._frames

    @property
    def name(self) -> str:
        return self._name

    @property
    def names(self) -> list[str]:
        """Of all paths that are kept of this plane, last changed first."""
        return [] if self._ground is None else self._kept.names(self._ground)

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    # What is done to it

    def set_frames(self, frames: int) -> None:
        if frames != self._frames:
            self._frames = frames
            self._trace()

    def shape(self, corners: Sequence[Corner]) -> None:
        """Show other corners while a change goes on; ``settle`` ends it."""
        if self._before is None:
            self._before = self._corners
        self._corners = tuple(corners)
        self._trace()

    def settle(self) -> None:
        """Keep what was shaped."""
        before, self._before = self._before, None
        if before is None or before == self._corners:
            return
        if self._keep():
            self._past = [*self._past[1 - _MOST_STEPS_BACK :], before]
        else:
            self._corners = before
        self._trace()

    def change(self, corners: Sequence[Corner]) -> None:
        """Take and keep other corners; none of them removes the path."""
        self.settle()
        self.shape(corners)
        self.settle()

    def undo(self) -> None:
        """Take back the last change of the path."""
        if self._past:
            self._before, self._corners = None, self._past.pop()
            self._keep()
            self._trace()

    def begin(self) -> None:
        """Begin another path; this one stays kept under its name."""
        if self._ground is not None:
            self.settle()
            self._adopt(self._kept.new_name(), ())

    def recall(self, name: str) -> None:
        """Take up a path that is kept of this plane."""
        self.settle()
        drawing = self._kept.find(name)
        if drawing is not None and drawing.ground == self._ground:
            self._adopt(name, drawing.corners)

    def rename(self, name: str) -> None:
        """Give the path another name; a message follows where that is not possible."""
        name = " ".join(name.split())
        if self._ground is None or name == self._name:
            return
        try:
            self._kept.rename(self._name, name)
            self._name = name
        except AlienLabError as error:
            self.message.emit(Message(str(error), Tone.WARNING))
        self.changed.emit()

    def walk(self) -> None:
        """Show what lies along the path; a message follows where there is no way to go."""
        self.settle()
        try:
            if self._ground is None or not self._corners:
                raise RecipeError("There is no path yet. Draw one on the plane, then walk it.")
            walk = drawn_walk(Drawing(self._ground, self._corners), frames=self._frames, unit=self.unit)
        except AlienLabError as error:
            self.message.emit(Message(str(error), Tone.WARNING))
            return
        self._walking.show(walk)

    # Inside

    def _keep(self) -> bool:
        """False where that is not possible, of which the user is told."""
        assert self._ground is not None
        try:
            self._kept.keep(self._name, Drawing(self._ground, self._corners))
        except AlienLabError as error:
            self.message.emit(Message(str(error)))
            return False
        return True

    def _take_plane(self) -> None:
        plane = self._survey.plane
        ground = None if plane is None else Ground(plane.base.brain, plane.origin, plane.directions)
        if ground != self._ground:
            self._before, self._ground = None, ground
            self._take_last()
        else:
            self.changed.emit()

    def _take_session(self) -> None:
        self._kept.read()
        self._before = None
        self._take_last()

    def _take_last(self) -> None:
        """The path of this plane that was changed last, or a new one."""
        names = self.names
        drawing = self._kept.find(names[0]) if names else None
        if drawing is not None:
            self._adopt(names[0], drawing.corners)
        else:
            self._adopt("" if self._ground is None else self._kept.new_name(), ())

    def _adopt(self, name: str, corners: tuple[Corner, ...]) -> None:
        self._name, self._corners, self._past = name, corners, []
        self._trace()

    def _trace(self) -> None:
        self._line = traced(self._corners)
        try:
            self._stops = resampled(self._line, self._frames)
        except RecipeError:
            self._stops = ()
        self.changed.emit()
