"""One plugin in the settings."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from superqt import QToggleSwitch

from alienlab.domain.counting import counted
from alienlab.domain.laboratories.declarations import WORDS, FoundPlugin, Offer, Origin
from alienlab.domain.laboratories.shelf import Shelf
from alienlab.ui.icons import Icon, themed
from alienlab.ui.plain_text import PlainLabel
from alienlab.ui.theme import Theme


class PluginCard(QFrame):
    """Its switch, where it is from, what it offers, and its error in full."""

    switched = Signal(str, bool)
    retry_wanted = Signal(str)

    def __init__(self, found: FoundPlugin, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = found
        self.setProperty("role", "card")
        name = found.plugin.name if found.plugin is not None else found.id
        self.switch = QToggleSwitch()
        self.switch.setAccessibleName(f"{name} is on")
        self.switch.setToolTip(f"Switch {name} on or off, also for later starts")
        self.switch.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.error = PlainLabel()
        self.error.setProperty("tone", "danger")
        self.error.setWordWrap(True)
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        self.error.setTextInteractionFlags(selectable)
        self.retry = QPushButton("Try again")
        self.retry.setToolTip(f"Switch {name} on again in this session")
        self.copy = QPushButton("Copy error")
        self.copy.setToolTip("Copy what went wrong, to tell the plugin's author")
        for button in (self.retry, self.copy):
            button.setProperty("density", "tight")
            button.setAutoDefault(False)
        self._lay_out(name)
        self.set_theme(theme)
        self.switch.clicked.connect(lambda: self.switched.emit(found.id, self.switch.isChecked()))
        self.retry.clicked.connect(lambda: self.retry_wanted.emit(found.id))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{found.id}: {self.error.text()}"))

    def set_theme(self, theme: Theme) -> None:
        for role, colour in (("onColor", theme.accent), ("offColor", theme.faint), ("handleColor", theme.text)):
            self.switch.setProperty(role, QColor(colour))
        self.copy.setIcon(themed(Icon.COPY, theme))

    def show_state(self, shelf: Shelf) -> None:
        failed = shelf.failed.get(self.found.id, "")
        error = self.found.error or failed
        self.switch.setChecked(shelf.is_on(self.found.id) and not self.found.error)
        self.switch.setEnabled(not self.found.error)
        self.error.setText(error)
        for part in (self.error, self.copy):
            part.setVisible(bool(error))
        self.retry.setVisible(bool(failed) and not self.found.error)

    def _lay_out(self, name: str) -> None:
        title = PlainLabel(name)
        title.setStyleSheet("font-weight: 600;")
        about = PlainLabel(_about(self.found))
        about.setProperty("tone", "small")
        about.setWordWrap(True)
        about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.switch)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.retry)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(4)
        column.addLayout(head)
        if self.found.plugin is not None and self.found.plugin.summary:
            summary = PlainLabel(self.found.plugin.summary)
            summary.setProperty("tone", "muted")
            summary.setWordWrap(True)
            column.addWidget(summary)
        column.addWidget(about)
        column.addWidget(self.error)
        column.addLayout(buttons)


def _about(found: FoundPlugin) -> str:
    """Version, author, where it is from, and what it offers."""
    plugin = found.plugin
    place = found.place if found.origin is not Origin.BUILT_IN else ""
    origin = " · ".join(part for part in (str(found.origin), place) if part)
    parts = [found.id]
    if plugin is not None:
        parts += [f"version {plugin.version}", f"by {plugin.author}" if plugin.author else ""]
    lines = [" · ".join(part for part in (*parts, origin) if part)]
    if plugin is not None:
        lines.append(f"Offers {_offers(plugin.offers)}.")
    return "\n".join(lines)


def _offers(offers: tuple[Offer, ...]) -> str:
    numbers = Counter(type(offer) for offer in offers)
    said = [counted(numbers[kind], *words) for kind, words in WORDS.items() if numbers[kind]]
    if not said:
        return "nothing"
    names = ", ".join(offer.name for offer in offers)
    return f"{' and '.join([', '.join(said[:-1]), said[-1]]) if len(said) > 1 else said[0]}: {names}"
