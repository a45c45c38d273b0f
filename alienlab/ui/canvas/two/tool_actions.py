"""Connects the actions of the tools with the two images."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from alienlab.app.comparison import Arrangement, Comparison
from alienlab.app.two_images import Direction, Tool, TwoImages
from alienlab.ui.window_actions import CANVAS_ARRANGEMENTS

TOOLS = {tool: f"compare.{tool}" for tool in Tool}


class ToolActions(QObject):
    """Those of tools are checked while the tool is seen; those of other tools' settings are greyed."""

    def __init__(
        self,
        two: TwoImages,
        comparison: Comparison,
        actions: Mapping[str, QAction],
        *,
        take_keyboard: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        """``take_keyboard`` is called after a tool was chosen."""
        super().__init__(parent)
        self._two = two
        self._comparison = comparison
        self._actions = actions
        self._take_keyboard = take_keyboard
        for tool, name in TOOLS.items():
            actions[name].setCheckable(True)
            actions[name].triggered.connect(lambda _=False, tool=tool: self._use(tool))
        for name in CANVAS_ARRANGEMENTS:
            actions[name].triggered.connect(lambda _=False: two.close())
        actions["compare.swap"].triggered.connect(lambda _=False: two.swap())
        actions["compare.close"].triggered.connect(lambda _=False: two.close())
        actions["compare.pause"].triggered.connect(lambda on: two.change(is_paused=on))
        actions["compare.turn"].triggered.connect(self._turn)
        two.changed.connect(self._follow)
        self._follow()

    def _use(self, tool: Tool) -> None:
        self._two.use(tool)
        self._take_keyboard()

    def _turn(self, horizontal: bool) -> None:
        self._two.change(direction=Direction.HORIZONTAL if horizontal else Direction.VERTICAL)

    def _follow(self) -> None:
        two = self._two
        seen = two.is_open or self._comparison.arrangement is Arrangement.PAIR
        for tool, name in TOOLS.items():
            self._actions[name].setChecked(seen and two.tool is tool)
        self._actions["compare.swap"].setChecked(two.settings.is_swapped)
        self._actions["compare.swap"].setEnabled(seen and two.b is not None)
        self._actions["compare.close"].setEnabled(two.is_open)
        self._actions["compare.pause"].setChecked(two.settings.is_paused)
        self._actions["compare.pause"].setEnabled(two.is_used and two.tool is Tool.BLINK)
        self._actions["compare.turn"].setChecked(two.settings.direction is Direction.HORIZONTAL)
        self._actions["compare.turn"].setEnabled(two.is_used and two.tool is Tool.WIPE)
