"""The plane that is looked at, as the intact mind imagines it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from alienlab.app.space.plane import Plane
from alienlab.app.space.survey import PlaneSurvey


class IntactPlane(QObject):
    """Stands in for a PlaneSurvey, which decides when it works."""

    changed = Signal()
    """Another plane, or none; what differs in lesions alone is the same plane."""

    def __init__(self, survey: PlaneSurvey, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._survey = survey
        self._plane: Plane | None = None
        survey.changed.connect(self._take)
        self._take()

    @property
    def plane(self) -> Plane | None:
        return self._plane

    @property
    def trouble(self) -> str:
        return self._survey.trouble

    def set_watched(self, watched: bool) -> None:
        """Nothing: whoever looks at the plane looks at the altered one as well."""

    def _take(self) -> None:
        plane = self._survey.plane
        intact = None if plane is None else replace(plane, base=plane.base.intact)
        if intact is None or intact != self._plane:
            self._plane = intact
            self.changed.emit()
