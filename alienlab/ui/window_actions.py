"""Turns the table of actions into Qt actions and menus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from alienlab.app.actions import ACTIONS, APPEARANCES, MENUS, SEPARATOR, Action
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.icons import Icon, themed

CANVAS_ARRANGEMENTS = ("canvas.pair", "canvas.grid", "canvas.board")
BOARD_ARRANGEMENTS = ("board.grid", "board.row", "board.free")


class WindowActions(Mapping[str, QAction]):
    """The actions of the table by id, their shortcuts valid in the whole window."""

    def __init__(self, window: QWidget, appearance: AppearanceSwitch) -> None:
        self._appearance = appearance
        self._actions = {action.id: _make(action, window) for action in ACTIONS}
        window.addActions(list(self._actions.values()))
        for alternatives in (APPEARANCES, CANVAS_ARRANGEMENTS, BOARD_ARRANGEMENTS):
            group = QActionGroup(window)
            for name in alternatives:
                self._actions[name].setCheckable(True)
                group.addAction(self._actions[name])
        appearance.changed.connect(self._dress)
        self._dress()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self):
        return iter(self._actions)

    def __len__(self) -> int:
        return len(self._actions)

    def bind(self, commands: Mapping[str, Callable[[], object]]) -> None:
        """Call a command when its action is triggered."""
        for name, command in commands.items():
            self._actions[name].triggered.connect(lambda _=False, command=command: command())

    def fill(self, bar: QMenuBar, *, extra_actions: Mapping[str, QAction], submenus: Mapping[str, QMenu]) -> None:
        """Make the menus; what is not in the table is among the extras."""
        for title, names in MENUS:
            menu = bar.addMenu(title)
            menu.setToolTipsVisible(True)
            for name in names:
                if name == SEPARATOR:
                    menu.addSeparator()
                elif name in submenus:
                    menu.addMenu(submenus[name])
                else:
                    menu.addAction(extra_actions[name] if name in extra_actions else self._actions[name])

    def _dress(self) -> None:
        for action in ACTIONS:
            if action.icon and action.id != "render.start":
                self._actions[action.id].setIcon(themed(Icon[action.icon], self._appearance.theme))


def fill_recent(menu: QMenu, entries: Iterable[str], command: Callable[[str], object]) -> None:
    """Make a menu of recent folders; grey where there are none."""
    menu.clear()
    for entry in entries:
        menu.addAction(entry, lambda entry=entry: command(entry))
    menu.setEnabled(not menu.isEmpty())


def _make(action: Action, window: QWidget) -> QAction:
    made = QAction(action.text, window)
    made.setObjectName(action.id)
    made.setIconText(action.text.rstrip("…"))
    made.setCheckable(action.checkable)
    made.setShortcuts([QKeySequence(text) for text in action.shortcuts])
    shortcut = f" ({made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})" if action.shortcuts else ""
    made.setToolTip(f"{action.tip}{shortcut}")
    made.setStatusTip("")
    return made
