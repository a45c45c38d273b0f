"""Lays the tab of laboratories into the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMenu, QTabWidget, QWidget

from alienlab.app.actions import LABORATORY_MENU, SEPARATOR
from alienlab.app.laboratory import Laboratory
from alienlab.ui.action_keys import ActionKeys
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.docks import Docks
from alienlab.ui.labs.card_pictures import CardPictures
from alienlab.ui.labs.lab_commands import LabCommands
from alienlab.ui.labs.lab_page import LabPage, page_maker
from alienlab.ui.labs.labs_panel import LabsPanel
from alienlab.ui.settings.settings_dialog import SettingsCommands
from alienlab.ui.window_actions import WindowActions

TITLE = "Laboratories"
LOW = 720
"""Pixels of a window's height below which a laboratory has no room for the session strip."""


def laboratory_menu(actions: Mapping[str, QAction], parent: QWidget) -> QMenu:
    """Everything that is done in a laboratory."""
    menu = QMenu("Laboratory", parent)
    menu.setToolTipsVisible(True)
    for name in LABORATORY_MENU:
        if name == SEPARATOR:
            menu.addSeparator()
        else:
            menu.addAction(actions[name])
    return menu


class LabTab(QObject):
    """A tab of its own, in which the brain's map and lesions step aside: laboratories have their own."""

    def __init__(
        self, lab: Laboratory, tabs: QTabWidget, dialogs: Dialogs, appearance: AppearanceSwitch, actions: WindowActions
    ) -> None:
        super().__init__(tabs)
        self._lab, self._tabs, self._actions = lab, tabs, actions
        self._pictures = CardPictures(lab.benches, lab.archive, lab.lab_pictures_folder, self)
        make_page = page_maker(lab.lab_images, dialogs, actions)
        self.panel = LabsPanel(lab.benches, make_page, self._pictures.get, appearance)
        self.commands = LabCommands(lab, dialogs, self._finish_typing, self)
        self.settings = SettingsCommands(lab, dialogs, appearance, actions, tabs)
        self._docks: Docks | None = None
        self._aside: list[QDockWidget] = []
        self._brain_actions: Sequence[QAction] = ()
        self._keys: dict[QAction, list[QKeySequence]] = {}
        self._lay_out()
        self._connect()
        self._take_current()

    def step_aside(self, docks: Docks, brain_actions: Sequence[QAction]) -> None:
        """Panels that leave the tab their room, and actions that leave it their keys."""
        self._docks, self._brain_actions = docks, brain_actions

    def come_back(self) -> None:
        """Put everything back as it is on other pages."""
        for dock in self._aside:
            dock.show()
        self._aside = []
        for action, keys in self._keys.items():
            action.setShortcuts(keys)
        self._keys = {}

    def _lay_out(self) -> None:
        self._tabs.addTab(self.panel, TITLE)
        self._tabs.setTabToolTip(self._tabs.indexOf(self.panel), self._actions["labs.show"].toolTip())

    def _connect(self) -> None:
        lab, panel = self._lab, self.panel
        self._actions.bind({**self.commands.by_action(), **self.settings.by_action()})
        self._actions["labs.show"].triggered.connect(self._show)
        lab.benches.shown.connect(lambda: self._tabs.setCurrentWidget(panel))
        lab.benches.current_changed.connect(self._take_current)
        panel.first_shown.connect(lab.lab_thread.warm_up)
        panel.page_made.connect(self._take_page)
        panel.gallery.plugins_wanted.connect(self._actions["plugins.show"].trigger)
        self._tabs.currentChanged.connect(self._take_tab, Qt.ConnectionType.DirectConnection)
        lab.preferences.changed.connect(self._take_preferences)
        self._take_preferences()

    def _show(self) -> None:
        self._tabs.setCurrentWidget(self.panel)
        self.panel.take_focus()

    def _finish_typing(self) -> None:
        page = self.panel.page
        if page is not None:
            page.panel.finish()

    def _take_page(self, page: LabPage) -> None:
        ActionKeys(page, self._actions.values())

    def _take_current(self) -> None:
        is_open = self._lab.benches.current is not None
        for name in LABORATORY_MENU:
            if name != SEPARATOR:
                self._actions[name].setEnabled(is_open)

    def _take_preferences(self) -> None:
        self.panel.set_smooth(self._lab.preferences.settings.smooth_images)

    def _in_the_way(self) -> Sequence[QDockWidget]:
        """In a low window the session strip, too."""
        if self._docks is None:
            return ()
        is_low = self._tabs.window().height() < LOW
        return self._docks.all if is_low else (self._docks.map, self._docks.lesions)

    def _take_tab(self) -> None:
        """A page that is not looked at rests; one that is looked at again computes."""
        bench, is_here = self._lab.benches.current, self._tabs.currentWidget() is self.panel
        if not is_here:
            self.come_back()
            if bench is not None:
                bench.leave()
            return
        self._aside = [dock for dock in self._in_the_way() if not dock.isFloating() and dock.isVisible()]
        for dock in self._aside:
            dock.hide()
        self._keys = {action: action.shortcuts() for action in self._brain_actions if action.shortcuts()}
        for action in self._keys:
            action.setShortcuts([])
        if bench is not None:
            bench.look_at()
