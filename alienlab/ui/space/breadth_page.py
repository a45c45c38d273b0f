"""The page of breadth: how many different things a mind imagines."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from alienlab.app.space.breadth_survey import BreadthSurvey
from alienlab.ui.appearance import AppearanceSwitch


class BreadthPage(QWidget):
    """Shows a BreadthSurvey."""

    def __init__(
        self,
        breadth: BreadthSurvey,
        *,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._breadth, self._appearance = breadth, appearance
