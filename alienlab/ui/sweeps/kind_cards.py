"""The kinds of sweeps as cards, one of which is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import qtawesome
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alienlab.domain.laboratories.declarations import SweepKind
from alienlab.domain.sweeps.sweep import Kind
from alienlab.ui.theme import Theme

_ICON_SIZE = 20
_HEIGHT = 56
_LEAST_WIDTH = 256


@dataclass(frozen=True, slots=True)
class _Description:
    icon: str
    """In the icon font."""
    name: str
    shows: str


_KINDS = {
    Kind.KNOCKOUT: _Description("mdi6.close-thick", "Knock out each module", "Which module matters, and for what"),
    Kind.PROGRESSIVE: _Description("mdi6.layers-minus", "More and more modules", "How much damage an image survives"),
    Kind.DOSE: _Description("mdi6.chart-bell-curve-cumulative", "Dose", "Where damage tips an image over"),
    Kind.SEEDS: _Description("mdi6.dice-multiple-outline", "Seeds", "What is chance, what is the lesion"),
    Kind.PROMPTS: _Description("mdi6.format-list-text", "Prompts", "Which concepts suffer most"),
    Kind.LINE: _Description("mdi6.ray-start-end", "Concept line", "How one idea turns into another"),
}


class KindCards(QWidget):
    """The arrow keys go from card to card."""

    chosen = Signal(object)
    """The Kind."""
    offered_chosen = Signal(object)
    """The SweepKind of a plugin."""

    def __init__(self, theme: Theme, offered: Sequence[SweepKind] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = {kind: _Card(description, theme) for kind, description in _KINDS.items()}
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for kind, card in self.cards.items():
            group.addButton(card)
            column.addWidget(card)
            card.toggled.connect(lambda on, kind=kind: self.chosen.emit(kind) if on else None)
        self.offered = self._offered_button(offered)
        column.addWidget(self.offered)
        column.addStretch(1)

    def _offered_button(self, offered: Sequence[SweepKind]) -> QToolButton:
        button = QToolButton()
        button.setText("Sweeps of plugins ▾")
        button.setToolTip("Let a plugin say what is varied")
        button.setAccessibleName("Sweeps of plugins")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for kind in offered:
            action = menu.addAction(
                f"{kind.name}…".replace("&", "&&"), lambda kind=kind: self.offered_chosen.emit(kind)
            )
            action.setToolTip(f"{kind.summary} (plugin {kind.plugin})")
        button.setMenu(menu)
        button.setVisible(bool(offered))
        return button

    @property
    def kind(self) -> Kind:
        return next(kind for kind, card in self.cards.items() if card.isChecked())

    def choose(self, kind: Kind) -> None:
        self.cards[kind].setChecked(True)


class _Card(QPushButton):
    """A button of two lines: what is varied, and what that shows."""

    def __init__(self, description: _Description, theme: Theme) -> None:
        super().__init__()
        self._icon = qtawesome.icon(description.icon, color=theme.muted, color_on=theme.accent)
        self._picture = QLabel()
        self._picture.setFixedWidth(_ICON_SIZE)
        name = QLabel(description.name)
        name.setStyleSheet("font-weight: 600;")
        shows = QLabel(description.shows)
        shows.setProperty("tone", "small")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(shows)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._picture)
        row.addLayout(words, 1)
        for label in (self._picture, name, shows):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(description.name)
        self.setAccessibleDescription(description.shows)
        self.setToolTip(description.shows)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._draw)
        self._draw()

    def sizeHint(self) -> QSize:
        """Room for every word, whatever the font."""
        layout = self.layout()
        return QSize(layout.sizeHint().width() if layout else 0, _HEIGHT).expandedTo(QSize(_LEAST_WIDTH, _HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _draw(self) -> None:
        state = QIcon.State.On if self.isChecked() else QIcon.State.Off
        size = QSize(_ICON_SIZE, _ICON_SIZE)
        pixmap = self._icon.pixmap(size, self.devicePixelRatioF(), QIcon.Mode.Normal, state)
        self._picture.setPixmap(pixmap)
