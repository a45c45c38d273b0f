"""The panels around the canvas: where they stand at first, and how their places are remembered."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QMainWindow, QScrollArea, QWidget

LAYOUT_VERSION = 2
"""Increased when docks are added or renamed: an older layout is then forgotten."""
MAP_SHARE = 0.45
"""Of the window's width."""
TITLE_HEIGHT = 24
LEAST_HEIGHT = 216
"""Of a panel that scrolls, in pixels."""
STRIP_HEIGHT = 160
"""Thumbnails, two lines of caption and the scroll bar."""


class Docks:
    """Map and lesions to the left, as high as the window; the session strip below the canvas."""

    def __init__(self, window: QMainWindow, *, brain_map: QWidget, lesions: QWidget, strip: QWidget) -> None:
        self._window = window
        self.map = _dock("Brain map", brain_map, window)
        self.lesions = _dock("Lesions", Scrolled(lesions), window)
        self.session = _dock("Session", strip, window)
        window.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.reset()

    @property
    def all(self) -> tuple[QDockWidget, ...]:
        return (self.map, self.lesions, self.session)

    def reset(self) -> None:
        """Put every panel where it was at first."""
        left, bottom = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        for dock, area in ((self.map, left), (self.lesions, left), (self.session, bottom)):
            dock.setFloating(False)
            self._window.addDockWidget(area, dock)
            dock.show()
        self._window.splitDockWidget(self.map, self.lesions, Qt.Orientation.Vertical)
        self.share_out()

    def share_out(self) -> None:
        """Give every panel its first share of the window."""
        width, height = self._window.width(), self._window.height()
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        lesions = self.lesions.widget().sizeHint().height() + TITLE_HEIGHT
        self._window.resizeDocks([self.map], [round(width * MAP_SHARE)], across)
        self._window.resizeDocks([self.session], [STRIP_HEIGHT], down)
        self._window.resizeDocks([self.map, self.lesions], [height - lesions, lesions], down)

    def state(self) -> str:
        """Where the panels are, as text."""
        return self._window.saveState(LAYOUT_VERSION).toBase64().toStdString()

    def restore(self, state: str) -> bool:
        """Put the panels where ``state`` says; False where it says nothing that is understood."""
        return bool(state) and self._window.restoreState(QByteArray.fromBase64(state.encode()), LAYOUT_VERSION)


class Scrolled(QScrollArea):
    """A panel that scrolls where it gets less room than it needs."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__()
        self._panel = panel
        self.setWidget(panel)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return self._panel.sizeHint()

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._panel.minimumSizeHint().width() + bar, LEAST_HEIGHT)


def _dock(title: str, panel: QWidget, window: QMainWindow) -> QDockWidget:
    dock = QDockWidget(title, window)
    dock.setObjectName(f"dock.{title.lower().replace(' ', '_')}")
    panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    dock.setWidget(panel)
    dock.toggleViewAction().setToolTip(f"Show or hide the panel: {title}")
    return dock
