"""The page of walks: a line, a path or a gallery as a strip of images."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.space.strip import Cell
from alienlab.app.space.walking import Walking
from alienlab.domain.differences import INTACT_CAPTION, SEPARATOR, common
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.icons import Icon
from alienlab.ui.quiet_buttons import QuietButtons
from alienlab.ui.space.strip_view import StripView
from alienlab.ui.space.walk_bar import WalkBar
from alienlab.ui.sweeps.notice import notice

INTRODUCTION = (
    "Words lead to points of concept space, and between any two of them there are more.\n"
    "Press Walk to see what this mind imagines on the way from one to the other, and beyond."
)


class WalkPage(QWidget):
    """Shows a Walking."""

    recipe_opened = Signal(object)
    """A recipe that is to be looked at on the canvas."""
    strip_wanted = Signal()
    """The strip is to be saved as a sheet."""
    animation_wanted = Signal()

    def __init__(
        self,
        walking: Walking,
        *,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._walking, self._appearance = walking, appearance
        self.bar = WalkBar()
        self.view = StripView(walking, appearance.theme)
        self.trouble = QLabel()
        self.trouble.setProperty("role", "note")
        self.trouble.setWordWrap(True)
        self.title = ElidedLabel()
        self.progress = QLabel()
        self.progress.setProperty("tone", "small")
        self.beside = QCheckBox("beside the intact mind")
        self.beside.setToolTip("The same points in the intact mind as well, above those of the altered one")
        self.beside.setChecked(walking.is_beside_intact)
        self.more = _button("More", "As many random points more; there is no end to them")
        self.save_strip = _button("Save strip…", "Save the images with their captions as a sheet, PNG or PDF")
        self.save_animation = _button("Save animation…", "Save the images one after another as a moving picture")
        self._sizes = QuietButtons()
        self._stack = QStackedWidget()
        self._head, self._foot = self._make_head(), self._make_foot()
        self._lay_out()
        self._connect()
        self._dress()
        self._take()

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    def _lay_out(self) -> None:
        self._stack.addWidget(notice(INTRODUCTION))
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot)

    def _make_head(self) -> QFrame:
        head = QFrame()
        head.setProperty("role", "panel")
        column = QVBoxLayout(head)
        column.setContentsMargins(12, 8, 12, 0)
        column.setSpacing(8)
        column.addWidget(self.trouble)
        column.addWidget(self.title)
        return head

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("role", "panel")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        for widget in (self.more, self.beside, self.progress):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.save_strip)
        row.addWidget(self.save_animation)
        row.addWidget(self._sizes.add(Icon.ZOOM_OUT, "Smaller images", "−", lambda: self.view.zoom(-1)))
        row.addWidget(self._sizes.add(Icon.ZOOM_IN, "Larger images", "+", lambda: self.view.zoom(1)))
        row.addWidget(self._sizes.add(Icon.FIT, "Fit images to the room", "0", self.view.fit))
        return foot

    def _connect(self) -> None:
        walking = self._walking
        self.bar.wanted.connect(walking.set_out)
        self.bar.stopped.connect(walking.stop)
        self.more.clicked.connect(lambda _=False: walking.go_on())
        self.beside.toggled.connect(walking.set_beside_intact)
        self.save_strip.clicked.connect(self.strip_wanted)
        self.save_animation.clicked.connect(self.animation_wanted)
        self.view.opened.connect(self.recipe_opened)
        self._appearance.changed.connect(self._dress)
        walking.changed.connect(self._take)

    def _dress(self) -> None:
        self.view.set_theme(self._appearance.theme)
        self._sizes.dress(self._appearance.theme)

    def _take(self) -> None:
        walking, strip = self._walking, self._walking.strip
        done, total = strip.progress
        self.trouble.setText(walking.trouble)
        self.trouble.setVisible(bool(walking.trouble))
        self.title.setVisible(strip.walk is not None)
        self._head.setVisible(bool(walking.trouble) or strip.walk is not None)
        if strip.walk is not None:
            self.title.set_text(self._title_words())
        self._stack.setCurrentIndex(1 if strip.walk is not None else 0)
        self._foot.setVisible(strip.walk is not None or walking.is_busy or walking.may_compare)
        self.bar.set_busy(walking.is_busy)
        self.progress.setText(self._progress_words(done, total))
        is_stopped = done < total and not walking.is_busy
        self.more.setText("Go on" if is_stopped else "More")
        self.more.setVisible(walking.is_endless or is_stopped)
        self.beside.setVisible(walking.may_compare)
        self._sizes.set_visible(strip.walk is not None)
        for button in (self.save_strip, self.save_animation):
            button.setVisible(strip.walk is not None)
            button.setEnabled(strip.has_images)

    def _title_words(self) -> str:
        strip = self._walking.strip
        assert strip.walk is not None
        ends = (Cell(0, 0), Cell(0, len(strip.walk.stops) - 1))
        shared = common([strip.recipe(cell) if len(strip.minds) == 1 else strip.recipe(cell).intact for cell in ends])
        if len(strip.minds) > 1:  # each row says its own
            shared = shared.replace(f"{INTACT_CAPTION}{SEPARATOR}", "", 1)
        words = strip.unit_words
        unit = f" · distances from the first point, {words} = {strip.unit:.3g}" if words else ""
        return f"{strip.walk.title}{unit} · {shared}"

    def _progress_words(self, done: int, total: int) -> str:
        if self._walking.is_busy:
            return f"{done} of {total} images" if total else "finding the way"
        return f"stopped · {done} of {total} images" if done < total else ""


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("density", "tight")
    button.setToolTip(tip)
    return button
