"""A path that is drawn on the plane."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from alienlab.app.session_keeper import SessionKeeper
from alienlab.app.space.survey import PlaneSurvey
from alienlab.app.space.walking import Walking


class DrawnPath(QObject):
    """The control points of the path, in coordinates of the plane."""

    changed = Signal()
    message = Signal(object)

    def __init__(
        self, *, survey: PlaneSurvey, session: SessionKeeper, walking: Walking, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._survey, self._session, self._walking = survey, session, walking
