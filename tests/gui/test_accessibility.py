"""Every control of the window has a name and is reached by Tab."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)

from alienlab.ui.main_window import MainWindow

CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QAbstractScrollArea)
COMPOUND = (QComboBox, QAbstractSpinBox, QLineEdit, QTabBar, QScrollBar)
LONGEST_ROUND = 400
"""Presses of Tab after which the round must be closed."""


def controls_in(window: QWidget) -> Iterator[QWidget]:
    """What a user can see and set or push; parts of compound controls and what only scrolls are none."""
    for child in window.findChildren(QWidget):
        is_control = isinstance(child, CONTROLS) and not isinstance(child, QScrollBar | QScrollArea)
        if is_control and child.isVisible() and child.isEnabled() and not _is_part(child) and not _is_of_qt(child):
            yield child


def name_of(control: QWidget) -> str:
    if isinstance(control, QAbstractButton):
        return control.accessibleName() or control.text()
    return control.accessibleName()


def reached_by_tab(window: QWidget) -> set[QWidget]:
    """All that have the focus once while Tab is pressed until the round is closed."""
    reached: list[QWidget] = []
    for _ in range(LONGEST_ROUND):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        if reached and focused is reached[0]:
            return set(reached)
        reached.append(focused)
    raise AssertionError(f"the round is not closed: {told(reached[-1])}")


def check(window: QWidget) -> None:
    window.activateWindow()
    controls = list(controls_in(window))
    assert not [told(control) for control in controls if not name_of(control)]
    reached = reached_by_tab(window)
    assert not [told(control) for control in controls if not _is_reached(control, reached)]


def told(control: QWidget) -> str:
    return f"{type(control).__name__} {name_of(control)!r} {control.toolTip()[:60]!r}"


def _is_reached(control: QWidget, reached: set[QWidget]) -> bool:
    """Of buttons that exclude each other one is reached by Tab, and the others from there by the arrow keys."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    together = group.buttons() if group is not None and group.exclusive() else [control]
    return any(one in reached or one.focusProxy() in reached for one in together)


def _is_part(control: QWidget) -> bool:
    owner = control.parentWidget()
    while owner is not None and not isinstance(owner, COMPOUND):
        owner = owner.parentWidget()
    return owner is not None


def _is_of_qt(control: QWidget) -> bool:
    """Buttons that Qt adds for the mouse: to close docks, and to show what a bar has no room for."""
    return control.objectName().startswith("qt_")


PAGES: dict[str, Callable[[MainWindow], object]] = {
    "canvas": lambda window: window.tabs.setCurrentWidget(window.canvas),
    "sweep": lambda window: window.tabs.setCurrentWidget(window.sweep_panel),
    "plane": lambda window: _show_page(window, window.space_panel.plane),
    "walks": lambda window: _show_page(window, window.space_panel.walk),
    "map": lambda window: _show_page(window, window.space_panel.map),
    "islands": lambda window: _show_page(window, window.space_panel.islands),
    "breadth": lambda window: _show_page(window, window.space_panel.breadth),
    "log": lambda window: window.actions_["log.show"].trigger(),
    "board": lambda window: _pin(window),
    **{
        tool: lambda window, tool=tool: window.actions_[f"compare.{tool}"].trigger()
        for tool in ("wipe", "blink", "onion", "difference")
    },
}


def _show_page(window: MainWindow, page: QWidget) -> None:
    window.tabs.setCurrentWidget(window.space_panel)
    window.space_panel.show_page(page)


def _pin(window: MainWindow) -> None:
    for action in ("board.pin", "canvas.board"):
        window.actions_[action].trigger()


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name_and_is_reached_by_tab(window: MainWindow, page: str):
    PAGES[page](window)
    check(window)
