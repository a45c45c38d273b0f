"""Icons of the tools that look at two images; where there is no room, one button that lists them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from alienlab.app.actions import COMPARE_MENU, SEPARATOR
from alienlab.ui.canvas.canvas_button import quiet_button

IN_BAR = (
    "compare.side",
    "compare.wipe",
    "compare.blink",
    "compare.onion",
    "compare.difference",
    SEPARATOR,
    "canvas.recognition",
)


class CompareBar(QWidget):
    """All icons, or the button with their menu: ``set_narrow`` says which."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide = QWidget()
        row = QHBoxLayout(self._wide)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for name in IN_BAR:
            if name == SEPARATOR:
                row.addSpacing(4)
            else:
                row.addWidget(quiet_button(actions[name], with_text=False))
        self.menu_button = _menu_button(actions, self)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self._wide)
        both.addWidget(self.menu_button)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        self._wide.setVisible(not narrow)
        self.menu_button.setVisible(narrow)


def compare_menu(actions: Mapping[str, QAction], parent: QWidget) -> QMenu:
    """Everything that concerns two images."""
    menu = QMenu("Compare", parent)
    menu.setToolTipsVisible(True)
    for name in COMPARE_MENU:
        if name == SEPARATOR:
            menu.addSeparator()
        else:
            menu.addAction(actions[name])
    return menu


def _menu_button(actions: Mapping[str, QAction], parent: QWidget) -> QToolButton:
    button = QToolButton()
    button.setText("Compare ▾")
    button.setProperty("variant", "quiet")
    button.setMenu(compare_menu(actions, parent))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setToolTip("Tools that look at two images, and what the images are of")
    button.setAccessibleName("Compare")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
