"""The dialog of the settings, and the actions that open it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.laboratory import Laboratory
from alienlab.app.plugins import Plugins
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.settings.general_page import GeneralPage
from alienlab.ui.settings.plugins_page import PluginsPage

FIRST_SIZE = (860, 600)
LIST_WIDTH = 152
GENERAL, PLUGINS = "General", "Plugins"


class SettingsDialog(QDialog):
    """Everything that is changed here holds at once, so there is nothing to confirm."""

    def __init__(
        self,
        plugins: Plugins,
        dialogs: Dialogs,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self.general = GeneralPage(actions)
        self.plugins = PluginsPage(plugins, dialogs, appearance)
        self.list = QListWidget()
        self.list.setAccessibleName("Pages of the settings")
        self.list.setToolTip("Choose what is to be set")
        self.list.setFixedWidth(LIST_WIDTH)
        self._stack = QStackedWidget()
        for title, page in ((GENERAL, self.general), (PLUGINS, self.plugins)):
            self.list.addItem(title)
            self._stack.addWidget(page)
        self._lay_out()
        self.list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.list.setCurrentRow(0)
        self.resize(*FIRST_SIZE)

    def show_page(self, title: str) -> None:
        self.list.setCurrentItem(self.list.findItems(title, Qt.MatchFlag.MatchExactly)[0])

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setToolTip("Close the settings (Esc)")
        buttons.rejected.connect(self.reject)
        foot = QFrame()
        foot.setProperty("role", "panel")
        feet = QHBoxLayout(foot)
        feet.setContentsMargins(16, 8, 16, 8)
        feet.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(foot)


class SettingsCommands(QObject):
    """Opens the settings, one window of them at a time."""

    def __init__(
        self,
        lab: Laboratory,
        dialogs: Dialogs,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._lab, self._dialogs, self._appearance, self._actions = lab, dialogs, appearance, actions
        self._parent = parent
        self.dialog: SettingsDialog | None = None

    def by_action(self) -> Mapping[str, Callable[[], object]]:
        return {"settings.show": lambda: self.show(GENERAL), "plugins.show": lambda: self.show(PLUGINS)}

    def show(self, title: str) -> SettingsDialog:
        if self.dialog is None:
            window = self._parent.window()
            self.dialog = SettingsDialog(self._lab.plugins, self._dialogs, self._appearance, self._actions, window)
            self.dialog.finished.connect(self._forget)
            self.dialog.open()
        self.dialog.show_page(title)
        self.dialog.activateWindow()
        return self.dialog

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
