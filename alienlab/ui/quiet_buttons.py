"""Small buttons of icons alone, as they stand at the foot of a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from alienlab.ui.icons import Icon, themed
from alienlab.ui.theme import Theme


class QuietButtons:
    """They are dressed together when the theme changes."""

    def __init__(self) -> None:
        self._buttons: dict[Icon, QToolButton] = {}

    def add(self, icon: Icon, name: str, key: str, command: Callable[[], object], *, tip: str = "") -> QToolButton:
        """``key`` is what does the same; ``tip`` says more than the name."""
        button = QToolButton()
        button.setProperty("variant", "quiet")
        button.setToolTip((tip or name) + (f" ({key})" if key else ""))
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _=False: command())
        self._buttons[icon] = button
        return button

    def dress(self, theme: Theme) -> None:
        for icon, button in self._buttons.items():
            button.setIcon(themed(icon, theme))

    def set_visible(self, visible: bool) -> None:
        for button in self._buttons.values():
            button.setVisible(visible)
