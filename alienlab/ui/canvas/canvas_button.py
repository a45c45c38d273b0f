"""Buttons of the bars above the canvas."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton


def quiet_button(action: QAction, *, with_text: bool) -> QToolButton:
    """A button for ``action``, of its text or of its icon alone."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setProperty("variant", "quiet")
    style = Qt.ToolButtonStyle.ToolButtonTextOnly if with_text else Qt.ToolButtonStyle.ToolButtonIconOnly
    button.setToolButtonStyle(style)
    button.setAccessibleName(action.iconText())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
