"""Two lines in which it is said which island is looked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.space.island_survey import IslandSurvey, IslandValues, Task
from alienlab.ui.space.plane_bar import FORMULAS

MOST_DIRECTIONS = 64
MOST_NOISES = 16
FEW_DIRECTIONS = 6
"""Where the island of every region is measured."""
_TASKS = {
    Task.AROUND: ("One island", "How far the concept reaches, in the intact mind and with the present lesions"),
    Task.EACH: ("Per region", "How far the concept still reaches without each region, or each module of a pattern"),
}
_GO = {Task.AROUND: "Look around", Task.EACH: "Measure each"}


class IslandBar(QFrame):
    """Edits what an IslandSurvey is asked for."""

    task_changed = Signal()

    def __init__(self, islands: IslandSurvey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._islands = islands
        self.tasks = {task: _task_button(*words) for task, words in _TASKS.items()}
        self.center = QLineEdit()
        self.center.setAccessibleName("Centre of the island")
        self.center.setToolTip(f"<p>The point around which is looked. {FORMULAS} Empty: the prompt above.</p>")
        self.concept = QComboBox()
        self.directions = QSpinBox(minimum=1, maximum=MOST_DIRECTIONS, value=IslandValues().directions)
        self.directions.setToolTip("Random directions, each of them any of all that there are")
        self.noises = QSpinBox(minimum=1, maximum=MOST_NOISES, value=1)
        self.noises.setToolTip("Noises that it is measured with; their seeds are counted on from the one above")
        self.reach = QDoubleSpinBox(minimum=0.1, maximum=99.0, value=IslandValues().reach, decimals=1, singleStep=0.5)
        self.reach.setSuffix(" R")
        self.reach.setToolTip("How far is looked. R is the distance at which prompts lie from their mean.")
        self.pattern = QLineEdit()
        self.progress = QLabel()
        self.stop, self.go = QPushButton("Stop"), QPushButton(_GO[Task.AROUND])
        self._noises_caption = _caption("noises")
        self._counts = {Task.AROUND: IslandValues().directions, Task.EACH: FEW_DIRECTIONS}
        self._shown = Task.AROUND
        self.tasks[Task.AROUND].setChecked(True)
        self._dress_fields()
        self._lay_out()
        self._connect()
        self._take_vocabulary()
        self._take_task()

    @property
    def task(self) -> Task:
        return next(task for task, button in self.tasks.items() if button.isChecked())

    @property
    def values(self) -> IslandValues:
        return IslandValues(
            center=self.center.text(),
            concept=self.concept.currentText(),
            directions=self.directions.value(),
            noises=self.noises.value() if self.task is Task.AROUND else 1,
            reach=self.reach.value(),
            pattern=self.pattern.text(),
        )

    def look(self) -> None:
        """Ask for it."""
        self._islands.look(self.task, self.values)

    def _dress_fields(self) -> None:
        self.concept.setEditable(True)
        self.concept.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.concept.setAccessibleName("Concept that is to hold")
        self.concept.setToolTip("The word that the recogniser is to see. Empty: the one that the centre names.")
        self.concept.setMinimumWidth(132)
        for field, name in ((self.directions, "Directions"), (self.noises, "Noises"), (self.reach, "Reach")):
            field.setAccessibleName(name)
            field.setFixedWidth(88 if field is self.reach else 68)
        self.pattern.setMinimumWidth(120)
        self.pattern.setAccessibleName("Modules that are lesioned one by one")
        self.pattern.setPlaceholderText("every region")
        self.pattern.setToolTip("A pattern such as mid_block.* lesions each of its modules. Empty: each region.")
        self.progress.setProperty("tone", "small")
        self.progress.setToolTip("Images so far. Fewer than the largest number are needed as a rule.")
        self.stop.setToolTip("Stop looking; what is known so far stays")
        self.go.setProperty("variant", "primary")

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        for button in self.tasks.values():
            first.addWidget(button)
        first.addSpacing(8)
        first.addWidget(_caption("around"))
        first.addWidget(self.center, 2)
        first.addWidget(_caption("concept"))
        first.addWidget(self.concept, 1)
        second.addWidget(self.pattern, 8)
        for caption, field in (
            (_caption("directions"), self.directions),
            (self._noises_caption, self.noises),
            (_caption("reach"), self.reach),
        ):
            second.addWidget(caption)
            second.addWidget(field)
        second.addStretch(1)
        second.addWidget(self.progress)
        second.addWidget(self.stop)
        second.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)

    def _connect(self) -> None:
        group = QButtonGroup(self)
        for button in self.tasks.values():
            group.addButton(button)
            button.toggled.connect(self._take_task)
        for field in (self.center, self.pattern):
            field.returnPressed.connect(self.look)
        self.center.textChanged.connect(lambda _: self._take())
        self.go.clicked.connect(lambda _=False: self.look())
        self.stop.clicked.connect(lambda _=False: self._islands.stop())
        self._islands.vocabulary_changed.connect(self._take_vocabulary)
        self._islands.changed.connect(self._take)

    def _take_vocabulary(self) -> None:
        written = self.concept.currentText()
        self.concept.clear()
        self.concept.addItems(list(self._islands.vocabulary))
        self.concept.setCurrentIndex(-1)
        self.concept.setEditText(written)
        self._take()

    def _take_task(self) -> None:
        task = self.task
        if task is not self._shown:
            self._counts[self._shown], self._shown = self.directions.value(), task
            self.directions.setValue(self._counts[task])
        self.pattern.setVisible(task is Task.EACH)
        for widget in (self.noises, self._noises_caption):
            widget.setVisible(task is Task.AROUND)
        self.go.setText(_GO[task])
        self._take()
        self.task_changed.emit()

    def _take(self) -> None:
        self.center.setPlaceholderText(self._islands.prompt or "Prompt or formula")
        edit = self.concept.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(self._islands.named_word(self.center.text()) or "which word?")
        task = self.task
        busy = self._islands.busy_with
        self.stop.setEnabled(busy is task)
        images, most = self._islands.progress
        self.progress.setText(f"{images:,} of at most {most:,} images" if busy is task else "")
        minds = "in both minds" if self._islands.has_lesions and task is Task.AROUND else "in the intact mind"
        tips = {
            Task.AROUND: f"Find the edge in every direction, {minds} (Enter)",
            Task.EACH: "Zero each part alone and measure the island again (Enter)",
        }
        self.go.setToolTip(tips[task])


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "muted")
    return label


def _task_button(title: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(title)
    button.setCheckable(True)
    button.setProperty("variant", "quiet")
    button.setToolTip(tip)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    return button
