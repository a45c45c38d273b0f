"""What colours and heights on the map mean."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from alienlab.domain.anatomy import Anatomy, Kind
from alienlab.ui.theme import Theme

SWATCH = 12


LEGEND_HEIGHT = 44
"""Of either legend while there is a painting: the map must not move where one takes the place of the other."""


class Legend(QWidget):
    """One button a kind, which selects its modules; ``chosen`` carries the pattern."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[Kind, QToolButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 2, 8, 2)
        self._row.setSpacing(4)
        for kind in Kind:
            self._row.addWidget(self._button(kind))
        self._height = QLabel("height: parameters, log scale")
        self._height.setProperty("tone", "small")
        self._hint = QLabel("drag pans · Shift-drag selects")
        self._hint.setProperty("tone", "small")
        self._hint.setToolTip(
            "Wheel zooms to the pointer, dragging pans, Shift-dragging selects with a rubber band.\n"
            "Ctrl-click adds or removes; a click on a frame or on the bar before a row selects all of it.\n"
            "F or a double click on empty ground shows everything; arrow keys move the selection."
        )
        self._row.addWidget(self._height)
        self._row.addStretch(1)
        self._row.addWidget(self._hint)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for kind, button in self._buttons.items():
            button.setIcon(swatch(theme.kinds[kind], self.devicePixelRatioF()))

    def set_anatomy(self, anatomy: Anatomy | None) -> None:
        counts = Counter(module.kind for module in anatomy or ())
        for kind, button in self._buttons.items():
            button.setVisible(counts[kind] > 0)
            button.setText(f"{kind} {counts[kind]}")
            button.setToolTip(f"Select all {counts[kind]} modules with kind={kind}")

    def minimumSizeHint(self) -> QSize:
        """Room for the buttons; the words go where there is none for them."""
        return QSize(self._buttons_width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = event.size().width() - self._buttons_width() - 32
        for label in (self._hint, self._height):
            width = label.sizeHint().width() + 12
            label.setVisible(width <= room)
            room -= width if width <= room else 0

    def _buttons_width(self) -> int:
        return sum(button.sizeHint().width() + 4 for button in self._buttons.values() if not button.isHidden())

    def _button(self, kind: Kind) -> QToolButton:
        button = QToolButton()
        button.setProperty("variant", "quiet")
        button.setProperty("density", "compact")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(SWATCH, SWATCH))
        button.setAccessibleName(f"Select all {kind} modules")
        button.clicked.connect(lambda: self.chosen.emit(f"kind={kind}"))
        self._buttons[kind] = button
        return button


def swatch(colour: str, ratio: float) -> QIcon:
    """A patch of a colour, for screens with ``ratio`` device pixels a pixel."""
    pixmap = QPixmap(round(SWATCH * ratio), round(SWATCH * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(0, 0, SWATCH, SWATCH), 3, 3)
    painter.end()
    return QIcon(pixmap)
