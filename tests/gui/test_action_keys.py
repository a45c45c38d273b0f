"""Keys of the window's actions work while something is written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from alienlab.ui.action_keys import ActionKeys


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QSpinBox])
def test_an_action_comes_before_the_keys_of_a_field(qtbot: QtBot, kind: type[QWidget]) -> None:
    """Ctrl+Right goes a word on in every field of every system; Ctrl+A is left to fields."""
    window, triggered = QMainWindow(), []
    qtbot.addWidget(window)
    middle, field = QWidget(), kind()
    QVBoxLayout(middle).addWidget(field)
    window.setCentralWidget(middle)
    actions = []
    for key in ("Ctrl+Right", "Ctrl+A"):
        action = QAction(key, window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False, key=key: triggered.append(key))
        actions.append(action)
    window.addActions(actions)
    with qtbot.waitActive(window):
        window.show()
    field.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(field, Qt.Key.Key_Right, control)
    assert triggered == []
    ActionKeys(window, actions)
    QTest.keyClick(field, Qt.Key.Key_Right, control)
    QTest.keyClick(field, Qt.Key.Key_A, control)
    assert triggered == ["Ctrl+Right"]
