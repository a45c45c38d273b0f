"""The page of walks: a line, a gallery or a path as a strip of images."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from alienlab.app.space.walking import Walking
from alienlab.ui.appearance import AppearanceSwitch


class WalkPage(QWidget):
    """Shows a Walking."""

    def __init__(
        self,
        walking: Walking,
        *,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._walking, self._appearance = walking, appearance
