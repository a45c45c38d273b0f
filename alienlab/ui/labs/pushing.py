"""Buttons that do what an action of the window does, with words and icons of their own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton


def pushing(action: QAction, *, text: str = "", variant: str = "") -> QToolButton:
    """``text`` stands for the action's own."""
    button = QToolButton()
    button.setText(text or action.iconText())
    button.setToolTip(action.toolTip())
    button.setProperty("variant", variant)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.iconText())
    button.clicked.connect(lambda _=False: action.trigger())
    return button
