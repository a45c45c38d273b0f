"""The plane of the altered mind, and beside it the same plane of the intact one."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from alienlab.app.space.tiles import PlaneTiles, Progress
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.space.plane_view import PlaneView
from alienlab.ui.theme import GRID

BESIDE = "Show the same plane in the intact mind; both move together (B)"
NO_LESION = "Without a lesion both planes are the same. Lesion a module first."
KEY = "B"


class LinkedPlanes(QWidget):
    """``button`` puts the intact plane beside the altered one; without it, and without lesions, there is one view."""

    changed = Signal()
    """One view has become two, or two one, or a tile of the intact plane is there."""

    def __init__(
        self, view: PlaneView, tiles: PlaneTiles, intact_tiles: PlaneTiles, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tiles, self._intact_tiles = tiles, intact_tiles
        self.view = view
        self.intact_view = PlaneView(intact_tiles, view.path, view.theme, path_tool=view.path_tool)
        self.intact_view.setAccessibleName("Plane through concept space in the intact mind")
        self.intact_caption, self.altered_caption = ElidedLabel("Intact"), ElidedLabel("Altered")
        self.button = self._make_button()
        self._intact = _captioned(self.intact_caption, self.intact_view)
        self._lay_out()
        self._link(view, self.intact_view)
        self._link(self.intact_view, view)
        self.button.toggled.connect(self._take)
        tiles.progressed.connect(self._take)
        intact_tiles.progressed.connect(self.changed)
        self._take()

    @property
    def is_beside(self) -> bool:
        """Whether both are looked at."""
        return self.button.isChecked() and self.button.isEnabled()

    @property
    def progress(self) -> Progress:
        """Of all tiles in view."""
        parts = [self._tiles.progress, *([self._intact_tiles.progress] if self.is_beside else [])]
        return Progress(*(sum(getattr(part, name) for part in parts) for name in ("tiles", "coarse", "fine")))

    @property
    def is_resting(self) -> bool:
        return self._tiles.is_resting or (self.is_beside and self._intact_tiles.is_resting)

    def sizeHint(self) -> QSize:
        return QSize(760, 480)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._intact_tiles.set_watched(self.is_beside)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._intact_tiles.set_watched(False)

    def _make_button(self) -> QToolButton:
        button = QToolButton()
        button.setText("Beside the intact mind")
        button.setCheckable(True)
        button.setProperty("variant", "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName("Beside the intact mind")
        shortcut = QShortcut(QKeySequence(KEY), self, button.click)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._intact, 1)
        row.addWidget(_captioned(self.altered_caption, self.view), 1)

    @staticmethod
    def _link(one: PlaneView, other: PlaneView) -> None:
        one.viewpoint_changed.connect(other.follow)
        one.pointed.connect(other.point_at)

    def _take(self) -> None:
        """While another plane is being laid, everything stays."""
        plane = self._tiles.plane
        if plane is not None or self._tiles.trouble:
            lesions = () if plane is None else plane.base.lesions
            self.button.setEnabled(bool(lesions))
            self.altered_caption.set_text(" · ".join(("Altered", *map(str, lesions))))
        self.button.setToolTip(BESIDE if self.button.isEnabled() else NO_LESION)
        if self.is_beside == self._intact.isHidden():
            self.intact_view.follow(self.view.viewpoint)
            for part in (self._intact, self.altered_caption):
                part.setVisible(self.is_beside)
            self._intact_tiles.set_watched(self.is_beside and self.isVisible())
            self.changed.emit()


def _captioned(caption: ElidedLabel, view: PlaneView) -> QWidget:
    half = QWidget()
    caption.setProperty("tone", "small")
    caption.setContentsMargins(12, 4, 8, 4)
    column = QVBoxLayout(half)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(caption)
    column.addWidget(view, 1)
    return half
