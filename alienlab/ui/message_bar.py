"""Sentences for the user, above everything else and in nobody's way."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.messages import Message, Tone
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.icons import Icon, themed
from alienlab.ui.message_shelf import MessageShelf
from alienlab.ui.plain_text import PlainLabel

MOST_MESSAGES = 3
NOTE_SECONDS = 6
"""How long a note stays; warnings and errors stay until they are dismissed."""

_ICONS = {Tone.NOTE: Icon.INFO, Tone.WARNING: Icon.WARNING, Tone.ERROR: Icon.ERROR}


class MessageBar(QWidget):
    """Up to three messages, the newest at the bottom; invisible where there are none.

    Notes, which go by themselves, lie over the window's middle instead, and move nothing in it.
    """

    def __init__(
        self, appearance: AppearanceSwitch, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._actions = actions
        self._banners: list[Banner] = []
        self._shelf: MessageShelf | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 4, 8, 4)
        self._column.setSpacing(4)
        self.hide()
        appearance.changed.connect(self._dress)

    @property
    def texts(self) -> tuple[str, ...]:
        """Oldest first."""
        return tuple(banner.message.text for banner in self._banners)

    def show_message(self, message: Message) -> None:
        """Add a message; one that says the same, or is of the same topic, is replaced."""
        for banner in [banner for banner in self._banners if _is_outdated(banner.message, message)]:
            self._remove(banner)
        banner = Banner(message, self._appearance, [self._actions[name] for name in message.offers])
        banner.close_button.clicked.connect(lambda: self._remove(banner))
        for button in banner.offer_buttons:
            button.clicked.connect(lambda: self._remove(banner))
        if message.tone is Tone.NOTE:
            QTimer.singleShot(NOTE_SECONDS * 1000, banner, lambda: self._remove(banner))
        self._banners.append(banner)
        self._place(banner)
        for surplus in self._banners[:-MOST_MESSAGES]:
            self._remove(surplus)

    def clear(self) -> None:
        for banner in list(self._banners):
            self._remove(banner)

    def _remove(self, banner: Banner) -> None:
        if banner in self._banners:
            self._banners.remove(banner)
            self._column.removeWidget(banner)
            banner.hide()
            if self._shelf is not None:
                self._shelf.remove(banner)
            banner.deleteLater()
            self.setVisible(self._column.count() > 0)

    def _place(self, banner: Banner) -> None:
        window = self.window()
        ground = window.centralWidget() if isinstance(window, QMainWindow) else None
        if banner.message.tone is not Tone.NOTE or ground is None:
            self._column.addWidget(banner)
            self.show()
            return
        if self._shelf is None:
            self._shelf = MessageShelf(ground)
        self._shelf.add(banner)

    def _dress(self) -> None:
        for banner in self._banners:
            banner.dress()


def _is_outdated(before: Message, now: Message) -> bool:
    return before.text == now.text or bool(now.topic and before.topic == now.topic)


class Banner(QFrame):
    """One message: icon, sentence, what is offered, and a cross."""

    def __init__(self, message: Message, appearance: AppearanceSwitch, offers: list[QAction]) -> None:
        super().__init__()
        self.message = message
        self._appearance = appearance
        self._icon = QLabel()
        text = PlainLabel(message.text)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = QToolButton()
        self.close_button.setProperty("variant", "quiet")
        self.close_button.setToolTip("Dismiss this message")
        self.close_button.setAccessibleName("Dismiss")
        self.offer_buttons: list[QPushButton] = []
        self.setProperty("role", "card")
        self.setAccessibleName(f"{message.tone}: {message.text}")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(text, 1)
        for action in offers:
            row.addWidget(self._offer(action))
        row.addWidget(self.close_button)
        self.dress()

    def dress(self) -> None:
        theme = self._appearance.theme
        colour = {Tone.NOTE: theme.accent, Tone.WARNING: theme.text, Tone.ERROR: theme.danger}[self.message.tone]
        self._icon.setPixmap(themed(_ICONS[self.message.tone], theme, colour).pixmap(18, 18))
        self.close_button.setIcon(themed(Icon.CLOSE, theme))

    def _offer(self, action: QAction) -> QWidget:
        """A tick box for what can be on or off, else a button."""
        if action.isCheckable():
            box = QCheckBox(action.text())
            box.setChecked(action.isChecked())
            box.toggled.connect(action.setChecked)
            box.setToolTip(action.toolTip())
            return box
        button = QPushButton(action.text().rstrip("…"))
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        self.offer_buttons.append(button)
        return button
