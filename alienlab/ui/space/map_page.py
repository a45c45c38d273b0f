"""The page of the concept map."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.space.concept_map import ConceptMap
from alienlab.app.space.map_entries import Source
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.icons import Icon
from alienlab.ui.quiet_buttons import QuietButtons
from alienlab.ui.space.map_view import ZOOM_STEP, MapView
from alienlab.ui.space.path_bar import frames_box, walk_button
from alienlab.ui.sweeps.notice import notice

DELAY_MS = 600
"""So long nothing more is typed before the list is laid out."""
HOW_TO = "Click labels in turn to make a path; a double click opens one, P pins it."
LAYING_OUT = "The concepts are being laid out…"
_EXAMPLE = 'a cat\na dog\na cat in a party hat\n= "king" - "man" + "woman"'


class MapPage(QWidget):
    """Shows a ConceptMap."""

    recipe_opened = Signal(object)
    """A recipe that is to be looked at on the canvas."""

    def __init__(
        self,
        concept_map: ConceptMap,
        *,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._concept_map, self._appearance = concept_map, appearance
        self.view = MapView(concept_map, appearance.theme)
        self.trouble = notice()
        self.source = QComboBox()
        self.typed = QPlainTextEdit()
        self.count, self.shadows = QLabel(), QLabel()
        self.route = ElidedLabel(HOW_TO, elide=Qt.TextElideMode.ElideLeft)
        self.frames = frames_box()
        self.walk = walk_button("Imagine what lies on the straight lines between the concepts, at equal distances")
        self._buttons = QuietButtons()
        self._stack = QStackedWidget()
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._foot = self._make_foot()
        self._lay_out()
        self._connect()
        self._dress()
        self._take()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._concept_map.set_watched(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._concept_map.set_watched(False)

    # Making

    def _lay_out(self) -> None:
        self._stack.addWidget(self.trouble)
        self._stack.addWidget(self.view)
        self.typed.setPlaceholderText(_EXAMPLE)
        self.typed.setAccessibleName("Concepts of the map")
        self.typed.setToolTip("A prompt or a formula a line; names of points can stand in formulas.")
        self.typed.setFixedWidth(208)
        self.typed.setTabChangesFocus(True)
        self.typed.hide()
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.typed)
        beside.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_bar())
        column.addLayout(beside, 1)
        column.addWidget(self._foot)

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        caption = QLabel("Lay out")
        caption.setProperty("tone", "muted")
        self.source.setAccessibleName("Concepts of the map")
        self.source.setToolTip("What is laid out. Points that you have named come along, as diamonds.")
        for source in Source:
            self.source.addItem(str(source), source)
        self.count.setProperty("tone", "small")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        for part in (caption, self.source):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addWidget(self._buttons.add(Icon.ZOOM_OUT, "Zoom out", "−", lambda: self.view.zoom(1 / ZOOM_STEP)))
        row.addWidget(self._buttons.add(Icon.ZOOM_IN, "Zoom in", "+", lambda: self.view.zoom(ZOOM_STEP)))
        row.addWidget(self._buttons.add(Icon.FIT, "Show all", "0", self.view.fit))
        return bar

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("role", "panel")
        self.shadows.setProperty("tone", "small")
        self.shadows.setWordWrap(True)
        path = QHBoxLayout()
        path.setSpacing(4)
        path.addWidget(self.route, 1)
        path.addSpacing(4)
        routes = self._concept_map
        self.undo = self._buttons.add(Icon.UNDO, "Take back the last concept", "Backspace", routes.shorten)
        self.remove = self._buttons.add(Icon.REMOVE, "Remove the path", "Delete", routes.clear)
        path.addWidget(self.undo)
        path.addWidget(self.remove)
        path.addSpacing(4)
        path.addWidget(self.frames)
        path.addWidget(self.walk)
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.shadows)
        column.addLayout(path)
        return foot

    def _connect(self) -> None:
        concept_map = self._concept_map
        self.source.activated.connect(self._choose_source)
        self.typed.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(lambda: concept_map.set_typed(self.typed.toPlainText()))
        self.frames.valueChanged.connect(concept_map.set_frames)
        self.walk.clicked.connect(lambda _=False: concept_map.walk())
        self.view.opened.connect(self._open)
        concept_map.changed.connect(self._take)
        self._appearance.changed.connect(self._dress)

    # Showing

    def _choose_source(self) -> None:
        source = Source(self.source.currentData())
        self.typed.setVisible(source is Source.TYPED)
        self._concept_map.set_source(source)
        if source is Source.TYPED:
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, index: int) -> None:
        recipe = self._concept_map.recipe(index)
        if recipe is not None:
            self.recipe_opened.emit(recipe)

    def _dress(self) -> None:
        self.view.set_theme(self._appearance.theme)
        self._buttons.dress(self._appearance.theme)

    def _take(self) -> None:
        concept_map = self._concept_map
        is_there = concept_map.layout is not None
        self.trouble.setText(concept_map.trouble or LAYING_OUT)
        self._stack.setCurrentWidget(self.view if is_there else self.trouble)
        self._foot.setVisible(is_there)
        self.count.setText(self._count_words())
        self.shadows.setText(self._shadow_words())
        self.route.set_text(self._route_words())
        self.frames.setValue(concept_map.frames)
        has_route = bool(concept_map.route)
        for part in (self.undo, self.remove, self.walk):
            part.setEnabled(has_route)

    def _count_words(self) -> str:
        layout = self._concept_map.layout
        if layout is None:
            return ""
        named = sum(entry.is_named for entry in layout.entries)
        others = f"{len(layout.entries) - named} concepts"
        left_out = f" · {self._concept_map.left_out} more than there is room for" if self._concept_map.left_out else ""
        return others + (f" · {named} named" if named else "") + left_out

    def _shadow_words(self) -> str:
        layout = self._concept_map.layout
        if layout is None:
            return ""
        first, second = layout.projection.shares
        return (
            f"The two axes show {first + second:.0%} of how the concepts differ ({first:.0%} and {second:.0%} of the "
            "variance). Places and lines here are shadows: a walk goes straight between the real points, "
            f"in {layout.dimensions:,} dimensions."
        ).replace("%", " %")

    def _route_words(self) -> str:
        layout, legs = self._concept_map.layout, self._concept_map.legs
        if layout is None or not self._concept_map.route:
            return HOW_TO
        words = " → ".join(layout.entries[index].text for index in self._concept_map.route)
        return f"{words} · {sum(legs):.4g} long (norm)" if legs else f"{words} → …"
