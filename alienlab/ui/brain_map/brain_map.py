"""The brain map with its search box and legend."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from alienlab.app.lesion_list import LesionList
from alienlab.app.open_brain import OpenBrain
from alienlab.app.selection import Selection
from alienlab.app.sweeps.map_paint import MapPaint, Painting
from alienlab.domain.events import Image
from alienlab.domain.patterns import match_pattern
from alienlab.ui.brain_map.colours import Colouring, colouring_of
from alienlab.ui.brain_map.effect_bar import EffectBar
from alienlab.ui.brain_map.geometry import Cell, Row
from alienlab.ui.brain_map.hover_card import HoverCard, Measured
from alienlab.ui.brain_map.layout import MapPlan
from alienlab.ui.brain_map.legend import Legend
from alienlab.ui.brain_map.marks import lesions_of, marks_on
from alienlab.ui.brain_map.painter import Picture
from alienlab.ui.brain_map.search import Finding
from alienlab.ui.brain_map.search_box import SearchBox
from alienlab.ui.brain_map.view import EMPTY, ZOOM_STEP, MapView, Target
from alienlab.ui.icons import Icon, themed
from alienlab.ui.theme import Theme

_HOVER_DELAY = 120
"""Milliseconds that the pointer rests before the card appears; between neighbours it follows at once."""
_PAINT_DELAY = 40
"""Milliseconds in which changes of the paint are gathered: a running sweep makes many."""


class BrainMap(QWidget):
    """All modules of the open brain: shows selection and lesions, and lets the user change the selection."""

    module_opened = Signal(str)
    """The effect of a module is to be looked at: its painted cell was clicked, or Enter pressed on it."""

    def __init__(
        self,
        brain: OpenBrain,
        selection: Selection,
        lesions: LesionList,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        paint: MapPaint | None = None,
    ) -> None:
        super().__init__(parent)
        self._brain = brain
        self._selection = selection
        self._lesions = lesions
        self._theme = theme
        self._paint = MapPaint(self) if paint is None else paint
        self._colouring: Colouring | None = None
        self._seen: tuple[Painting, str, Image | None, Image | None] | None = None
        self.view = MapView(selection, theme)
        self.search = SearchBox(theme)
        self.legend = Legend(theme)
        self.effects = EffectBar(self._paint, self.legend, theme)
        self.card = HoverCard(theme, self)
        self._problem = self._problem_label()
        self._empty = self._empty_label()
        self._plan: MapPlan | None = None
        self._target: Target | None = None
        self._hover_timer = QTimer(self, singleShot=True, interval=_HOVER_DELAY)
        self._paint_timer = QTimer(self, singleShot=True, interval=_PAINT_DELAY)
        self._actions = self._make_actions()
        self._paint_action = self._make_paint_action()
        self._lay_out_widgets()
        self._connect()
        self.set_theme(theme)
        self._take_anatomy()

    def sizeHint(self) -> QSize:
        return QSize(640, 560)

    @property
    def menu_actions(self) -> tuple[QAction, ...]:
        """Find, zoom, fit and paint, for the window's View menu; their shortcuts work without it."""
        return (*self._actions, self._paint_action)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.view, self.search, self.legend, self.effects, self.card):
            part.set_theme(theme)
        icons = (Icon.SEARCH, Icon.ZOOM_OUT, Icon.ZOOM_IN, Icon.FIT)
        for action, icon in zip(self._actions, icons, strict=True):
            action.setIcon(themed(icon, theme))
        self._repaint()

    def fit(self) -> None:
        self.view.fit()

    def cell_rect(self, path: str) -> QRect:
        """Where a module's cell stands, in pixels of ``self.view``."""
        return self.view.cell_rect(path)

    def cell_center(self, path: str) -> QPoint:
        return self.cell_rect(path).center()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_problem()
        self._empty.setGeometry(self.view.geometry())

    # Setting up

    def _make_actions(self) -> list[QAction]:
        return [
            self._action("Find modules", "Ctrl+F", self.search.field.setFocus),
            self._action("Zoom out", "Ctrl+-", lambda: self.view.zoom(1 / ZOOM_STEP)),
            self._action("Zoom in", "Ctrl++", lambda: self.view.zoom(ZOOM_STEP)),
            self._action("Fit brain map", "F", self.fit),
        ]

    def _action(self, text: str, shortcut: str, run) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(shortcut))
        action.setToolTip(f"{text} ({shortcut})")
        action.triggered.connect(lambda: run())
        self.addAction(action)
        return action

    def _make_paint_action(self) -> QAction:
        action = self._action("Paint effects", "E", lambda: self._paint.set_shown(not self._paint.is_shown))
        action.setCheckable(True)
        return action

    def _lay_out_widgets(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 4, 4, 4)
        row.setSpacing(2)
        row.addWidget(self.search, 1)
        row.addSpacing(4)
        for action in self._actions[1:]:
            button = QToolButton()
            button.setProperty("variant", "quiet")
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.view, 1)
        column.addWidget(self.effects)

    def _problem_label(self) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", "note")
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        label.hide()
        return label

    def _empty_label(self) -> QLabel:
        label = QLabel("Open a brain to see its map.", self)
        label.setProperty("tone", "muted")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def _connect(self) -> None:
        self._brain.anatomy_changed.connect(self._take_anatomy)
        self._lesions.changed.connect(self._refresh)
        self.search.found.connect(self._refresh)
        self.search.entered.connect(self._take_finding)
        self.legend.chosen.connect(self._choose)
        self.effects.chosen.connect(self._selection.replace)
        self.view.opened.connect(self._open)
        self.view.hovered.connect(self._hover)
        self.view.fitting.connect(self._lay_out_for_view)
        self._hover_timer.timeout.connect(self._tell)
        self._paint.changed.connect(self._paint_soon)
        self._paint_timer.timeout.connect(self._repaint)

    # Following the models

    def _take_anatomy(self) -> None:
        anatomy = self._brain.anatomy
        self._empty.setVisible(anatomy is None)
        self._selection.retain(anatomy.paths if anatomy else ())
        self._plan = MapPlan(anatomy) if anatomy else None
        self.view.set_picture(Picture(EMPTY, {}, None))
        self._repaint()
        self.view.fit()
        self.legend.set_anatomy(anatomy)
        self.search.set_anatomy(anatomy)

    def _lay_out_for_view(self) -> None:
        """Lay the map out for the shape of its pane, where that changes anything."""
        picture = self.view.picture
        layout = self._plan.for_pane(self.view.width(), self.view.height()) if self._plan else EMPTY
        if layout is not picture.layout:
            self.view.set_picture(replace(picture, layout=layout))

    def _refresh(self) -> None:
        anatomy = self._brain.anatomy
        if anatomy is None:
            return
        finding = self.search.finding
        matches = frozenset(finding.paths) if finding.paths else None
        marks = marks_on(anatomy, self._lesions.active)
        self.view.set_picture(replace(self.view.picture, marks=marks, matches=matches))
        self._problem.setText(finding.problem)
        self._problem.setVisible(bool(finding.problem))
        self._place_problem()

    def _take_finding(self, finding: Finding) -> None:
        if finding.spec is not None:
            self._lesions.add([finding.spec])
        elif finding.paths:
            self._selection.replace(finding.paths)

    def _choose(self, pattern: str) -> None:
        if self._brain.anatomy is not None:
            self._selection.replace(match_pattern(pattern, self._brain.anatomy))

    # Paint

    def _paint_soon(self) -> None:
        if not self._paint_timer.isActive():
            self._paint_timer.start()

    def _repaint(self) -> None:
        """Show the painting as it is now, in the same layout."""
        colouring = self._colouring = self._coloured()
        self._paint_action.setEnabled(self._paint.painting is not None)
        self._paint_action.setChecked(self._paint.is_shown)
        self.effects.show_colouring(colouring)
        self.view.set_picture(replace(self.view.picture, paint=None if colouring is None else colouring.cells))
        if self.card.isVisible():
            self._tell()

    def _coloured(self) -> Colouring | None:
        anatomy, painting = self._brain.anatomy, self._paint.painting
        if anatomy is None or painting is None or not self._paint.is_shown:
            return None
        known = {path: painting.effects[path] for path in anatomy.paths if path in painting.effects}
        return colouring_of(known, self._paint.scale, self._theme)

    def _open(self, path: str) -> None:
        painting = self._paint.painting
        if painting is not None and self._paint.is_shown and path in painting.effects:
            self.module_opened.emit(path)

    def _measured(self, path: str) -> Measured | None:
        painting = self._paint.painting
        if painting is None or self._colouring is None:
            return None
        effect = painting.effects.get(path)
        if effect is None:
            return Measured(None, None, None, None)
        altered, intact = self._pictures_of(painting, path)
        told = tuple(filter(None, (scale.told(path) for scale in painting.measured)))
        return Measured(effect, self._colouring.cells.get(path), altered, intact, told)

    def _pictures_of(self, painting: Painting, path: str) -> tuple[Image | None, Image | None]:
        """The altered and the intact image; the last ones are kept, as they may come from files."""
        if self._seen is not None and self._seen[0] is painting and self._seen[1] == path:
            return self._seen[2:]
        altered, intact = painting.picture(path), painting.intact()
        self._seen = None if altered is None else (painting, path, altered, intact)
        return altered, intact

    # Card and note

    def _hover(self, target: Target | None) -> None:
        self._target = target
        if target is None:
            self._hover_timer.stop()
            self.card.hide()
        elif self.card.isVisible():
            self._tell()
        else:
            self._hover_timer.start()

    def _tell(self) -> None:
        anatomy, target = self._brain.anatomy, self._target
        if anatomy is None or target is None:
            return
        lesions = lesions_of(target.path, anatomy, self._lesions.active) if isinstance(target, Cell) else ()
        box = target.box if not isinstance(target, Row) else target.handle
        if not isinstance(target, Cell | Row):
            box = target.label
        beside = self.view.camera.to_view(box).toAlignedRect().translated(self.view.pos())
        measured = self._measured(target.path) if isinstance(target, Cell) else None
        self.card.tell(target, anatomy, lesions, beside, measured)

    def _place_problem(self) -> None:
        if not self._problem.text():
            return
        width = min(self.search.width(), 420)
        self._problem.setFixedWidth(width)
        self._problem.setFixedHeight(self._problem.heightForWidth(width))
        self._problem.move(self.search.x(), self.view.y() + 4)
        self._problem.raise_()
