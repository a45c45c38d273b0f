"""The page of breadth: how many different things the intact and the altered mind imagine."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.space.breadth_survey import NO_RECOGNISER, BreadthSurvey, BreadthWish
from alienlab.domain.concepts import Law
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.space.breadth_column import BreadthColumn
from alienlab.ui.space.walk_bar import LARGEST_SEED, LAWS, choice, number
from alienlab.ui.sweeps.notice import notice

INTRODUCTION = (
    "How many different things does this mind imagine?\n"
    "Press Measure: it imagines random points of concept space, and the images are compared with each other.\n"
    "With lesions, the altered mind is measured beside the intact one."
)
MOST_POINTS = 1000


class BreadthPage(QWidget):
    """Shows a BreadthSurvey. ``actions`` are the window's, by id."""

    recipe_opened = Signal(object)
    """A recipe that is to be looked at on the canvas."""

    def __init__(
        self,
        survey: BreadthSurvey,
        *,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._survey, self._appearance = survey, appearance
        first = BreadthWish()
        self.points = number("Random points", 0, MOST_POINTS, first.points, " points")
        self.points.setToolTip("How many random points are imagined in each mind.")
        self.law = choice("Law of random points", [(law, *words) for law, words in LAWS.items()])
        self.law.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.law.setMinimumContentsLength(12)
        self.seed = number("First random point", 0, LARGEST_SEED, first.first_seed, "", "from point ")
        self.seed.setToolTip("The same number gives the same random points.")
        self.seed.setFixedWidth(150)
        self.go = QPushButton("Measure")
        self.go.setProperty("variant", "primary")
        self.go.setToolTip("Imagine the points with the noise, steps and lesions that are set, and compare (Enter)")
        self.stop = QPushButton("Stop")
        self.stop.setToolTip("Stop here; what is there stays")
        for button in (self.go, self.stop):
            button.setFixedWidth(88)
        self.progress = QLabel()
        self.progress.setProperty("tone", "small")
        self.trouble = QLabel()
        self.trouble.setProperty("role", "note")
        self.trouble.setWordWrap(True)
        self.choose = QToolButton()
        self.choose.setDefaultAction(actions["recogniser.choose"])
        self.choose.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.columns = tuple(BreadthColumn(appearance.theme) for _ in range(2))
        self.introduction = notice(INTRODUCTION)
        self._stack = QStackedWidget()
        self._area = QScrollArea(widgetResizable=True)
        self._note = QFrame()
        self._lay_out()
        self._connect()
        self._take()

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.points)
        row.addWidget(self.law, 1)
        row.addWidget(self.seed)
        for widget in (self.progress, self.go, self.stop):
            row.addWidget(widget)
        self._note.setProperty("role", "panel")
        note = QHBoxLayout(self._note)
        note.setContentsMargins(12, 8, 12, 8)
        note.setSpacing(8)
        note.addWidget(self.trouble, 1)
        note.addWidget(self.choose)
        page = QFrame()
        page.setProperty("role", "panel")
        both = QHBoxLayout(page)
        both.setContentsMargins(12, 12, 12, 12)
        both.setSpacing(24)
        for column in self.columns:
            both.addWidget(column, 1)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(page)
        self._stack.addWidget(self.introduction)
        self._stack.addWidget(self._area)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self._note)
        whole.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.go.clicked.connect(self._measure)
        self.stop.clicked.connect(self._survey.stop)
        for box in (self.points, self.seed):
            box.lineEdit().returnPressed.connect(self._measure)
        for column in self.columns:
            column.images.opened.connect(self.recipe_opened)
            column.images.gone_to.connect(lambda place, images=column.images: self._scroll_to(images, place))
        self._appearance.changed.connect(self._dress)
        self._survey.changed.connect(self._take)

    def _measure(self) -> None:
        for box in (self.points, self.seed):
            box.interpretText()
        law = Law(self.law.currentData())
        self._survey.measure(BreadthWish(points=self.points.value(), law=law, first_seed=self.seed.value()))

    def _scroll_to(self, images: QWidget, place: QRect) -> None:
        page = self._area.widget()
        assert page is not None
        middle = images.mapTo(page, place.center())
        self._area.ensureVisible(middle.x(), middle.y(), place.width(), place.height())

    def _dress(self) -> None:
        for column in self.columns:
            column.images.set_theme(self._appearance.theme)

    def _take(self) -> None:
        survey = self._survey
        trouble = survey.trouble or (NO_RECOGNISER if survey.lacks_recogniser else "")
        self.trouble.setText(trouble)
        self._note.setVisible(bool(trouble))
        self.choose.setVisible(survey.lacks_recogniser)
        findings = survey.findings
        self._stack.setCurrentIndex(1 if findings else 0)
        for place, column in enumerate(self.columns):
            column.setVisible(place < len(findings))
            if place < len(findings):
                column.show_finding(findings[place])
        before, after = (self.go, self.stop) if survey.is_busy else (self.stop, self.go)
        had_focus = before.hasFocus()
        after.show()
        if had_focus:
            after.setFocus()
        before.hide()
        self.progress.setText(self._progress_words())

    def _progress_words(self) -> str:
        done, total = self._survey.progress
        if self._survey.is_busy:
            return f"{done} of {total} images"
        return "stopped" if any(not one.breadth and not one.trouble for one in self._survey.findings) else ""
