"""The page of islands: how far a concept reaches, in the intact and in the altered mind."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from alienlab.app.space.island_survey import IslandSurvey
from alienlab.ui.appearance import AppearanceSwitch


class IslandPage(QWidget):
    """Shows a IslandSurvey."""

    def __init__(
        self,
        islands: IslandSurvey,
        *,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._islands, self._appearance = islands, appearance
