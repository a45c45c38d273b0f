"""The page of the concept map."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from alienlab.app.space.concept_map import ConceptMap
from alienlab.ui.appearance import AppearanceSwitch


class MapPage(QWidget):
    """Shows a ConceptMap."""

    def __init__(
        self,
        concept_map: ConceptMap,
        *,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._concept_map, self._appearance = concept_map, appearance
