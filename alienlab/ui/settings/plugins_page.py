"""All plugins that were found: which are on, what they offer, and what went wrong with them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from alienlab.app.plugins import Plugins
from alienlab.domain.laboratories.declarations import Origin
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.settings.plugin_card import PluginCard

RIGHTS = (
    "Plugins in your plugins folder run with your rights: they can read, change and delete your files. "
    "Switch on only what you trust."
)
_ORDER = (Origin.USER_FOLDER, Origin.INSTALLED, Origin.BUILT_IN)
"""The user's own stand at the top."""
SWITCH_ON = "Switch it on"
LEAVE_OFF = "Leave it off"


class PluginsPage(QWidget):
    """Follows the shelf."""

    def __init__(
        self, plugins: Plugins, dialogs: Dialogs, appearance: AppearanceSwitch, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._plugins, self._dialogs, self._appearance = plugins, dialogs, appearance
        self.cards: dict[str, PluginCard] = {}
        """By id; of several plugins with one id the first."""
        self.open_folder = QPushButton("Open plugins folder")
        self.open_folder.setToolTip(f"Plugins that are put there are found at the next start: {plugins.folder}")
        self.open_folder.clicked.connect(self._open_folder)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._lay_out()
        plugins.changed.connect(self._take)
        self._make_cards()

    def _lay_out(self) -> None:
        title = QLabel("Plugins")
        title.setProperty("tone", "title")
        rights = QLabel(RIGHTS)
        rights.setProperty("tone", "muted")
        rights.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.open_folder)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 12, 0)
        inside.addLayout(self._column)
        inside.addStretch(1)
        room = QScrollArea()
        room.setWidget(inner)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 12, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(rights)
        column.addWidget(room, 1)

    def _make_cards(self) -> None:
        for found in sorted(self._plugins.shelf.found, key=lambda one: _ORDER.index(one.origin)):
            card = PluginCard(found, self._appearance.theme)
            card.switched.connect(self._switch)
            card.retry_wanted.connect(lambda id_: self._plugins.switch(id_, on=True))
            self._appearance.changed.connect(card.set_theme)
            self._column.addWidget(card)
            self.cards.setdefault(found.id, card)
            card.show_state(self._plugins.shelf)
        if not self.cards:
            self._column.addWidget(QLabel("No plugins were found."))

    def _take(self) -> None:
        for card in self.cards.values():
            card.show_state(self._plugins.shelf)

    def _switch(self, id_: str, on: bool) -> None:
        """Ask once before code from the user's folder may run."""
        found = self._plugins.shelf.get(id_)
        is_strange = found is not None and found.origin is Origin.USER_FOLDER
        if on and is_strange and not self._agrees(id_):
            self.cards[id_].show_state(self._plugins.shelf)
            return
        self._plugins.switch(id_, on=on)

    def _agrees(self, id_: str) -> bool:
        return self._dialogs.choice(f"Switch on {id_}", f"{RIGHTS}", (LEAVE_OFF, SWITCH_ON)) == SWITCH_ON

    def _open_folder(self) -> None:
        self._plugins.folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._plugins.folder)))
