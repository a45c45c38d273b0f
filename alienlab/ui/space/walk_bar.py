"""Two lines in which a walk is chosen: through which points, and how."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.space.walk_wish import Kind, WalkWish
from alienlab.domain.concepts import Law, Way

FORMULAS = "A prompt, or a formula such as = &quot;king&quot; - &quot;man&quot; + &quot;woman&quot;."
MOST_FRAMES = 500
GALLERY_FRAMES = 24
"""Random points that are shown at first, and that come with each wish for more."""
LARGEST_SEED = 9_999_999
KINDS = {
    Kind.LINE: "From one point to another, and beyond both of them.",
    Kind.PATH: "Straight from point to point, at equal distances.",
    Kind.GALLERY: "Points that no words led to, without end.",
}
WAYS = {
    Way.STRAIGHT: ("straight", "Along the straight line between the two arrays of numbers."),
    Way.SPHERICAL: ("spherical, whole array", "Along the arc between the two arrays, each flattened to one vector."),
    Way.BY_TOKEN: ("spherical, token by token", "Each token of the array along an arc of its own."),
}
LAWS = {
    Law.GAUSSIAN: (
        "Gaussian, spread as prompts are",
        "Each number by itself, with the mean and spread that it has among the points of prompts.",
    ),
    Law.SHELL: (
        "on the shell of prompts",
        "Any direction from the mean of the points of prompts, all equally likely, as far from it as prompts are.",
    ),
}


class WalkBar(QFrame):
    """Holds a WalkWish while it is being written."""

    wanted = Signal(object)
    """A WalkWish that is to be walked."""
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        first = WalkWish()
        self.kind = choice("Kind of walk", [(kind, str(kind), tip) for kind, tip in KINDS.items()])
        self.start = _field("First point of the line", first.start, "Where the line begins.")
        self.end = _field("Second point of the line", first.end, "Where the line leads.")
        self.points = QPlainTextEdit(first.points)
        self.points.setAccessibleName("Points of the path")
        self.points.setToolTip(f"<p>The points of the path, one a line or parted by |. {FORMULAS}</p>")
        self.points.setTabChangesFocus(True)
        self.law = choice("Law of random points", [(law, *words) for law, words in LAWS.items()])
        self.frames = number("Images", 0, MOST_FRAMES, first.frames, " images")
        self.frames.setToolTip("How many images the walk has.")
        self.seed = number("First random point", 0, LARGEST_SEED, first.first_seed, "", "from point ")
        self.seed.setToolTip("The same number gives the same random point.")
        self.beyond = QDoubleSpinBox()
        self.beyond.setRange(0.0, 100.0)
        self.beyond.setSingleStep(0.25)
        self.beyond.setPrefix("beyond by ")
        self.beyond.setValue(first.beyond)
        self.beyond.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.beyond.setAccessibleName("Beyond both ends")
        self.beyond.setToolTip("How far the line goes on beyond both ends, in its own length.")
        self.way = choice("Way of the line", [(way, *words) for way, words in WAYS.items()])
        self.go = QPushButton("Walk")
        self.go.setProperty("variant", "primary")
        self.go.setToolTip("Imagine all points of the walk with the noise, steps and lesions that are set (Enter)")
        self.stop = QPushButton("Stop")
        self.stop.setToolTip("Stop here; what is there stays")
        for button in (self.go, self.stop):
            button.setFixedWidth(80)
        self._lay_out()
        self._connect()
        self._take_kind()
        self.set_busy(False)

    @property
    def wish(self) -> WalkWish:
        return WalkWish(
            kind=Kind(self.kind.currentData()),
            start=self.start.text(),
            end=self.end.text(),
            points=self.points.toPlainText(),
            frames=self.frames.value(),
            beyond=self.beyond.value(),
            way=Way(self.way.currentData()),
            law=Law(self.law.currentData()),
            first_seed=self.seed.value(),
        )

    def set_busy(self, busy: bool) -> None:
        """The one button takes the other's place, and the keyboard with it."""
        before, after = (self.go, self.stop) if busy else (self.stop, self.go)
        had_focus = before.hasFocus()
        after.show()
        if had_focus:
            after.setFocus()
        before.hide()

    def _lay_out(self) -> None:
        """Two lines high, whatever is walked."""
        self._fields = QStackedWidget()
        pages = {
            Kind.LINE: _lines(
                [_caption("From"), self.start, _caption("to"), self.end], [self.beyond, self.way, _space()]
            ),
            Kind.PATH: _lines([self.points]),
            Kind.GALLERY: _lines([self.law, _space()], [self.seed, _space()]),
        }
        for kind in Kind:
            self._fields.addWidget(pages[kind])
        self._fields.setFixedHeight(max(pages[kind].sizeHint().height() for kind in (Kind.LINE, Kind.GALLERY)))
        self.points.setMinimumHeight(0)
        self.points.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(_lines([self.kind], [self.frames]))
        row.addWidget(self._fields, 1)
        for button in (self.go, self.stop):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._take_kind)
        self.go.clicked.connect(self._want)
        self.stop.clicked.connect(self.stopped)
        for field in (self.start, self.end):
            field.returnPressed.connect(self._want)
        for box in (self.frames, self.beyond, self.seed):
            box.lineEdit().returnPressed.connect(self._want)

    def _want(self) -> None:
        for box in (self.frames, self.beyond, self.seed):
            box.interpretText()
        self.wanted.emit(self.wish)

    def _take_kind(self) -> None:
        chosen = Kind(self.kind.currentData())
        self._fields.setCurrentIndex(list(Kind).index(chosen))
        usual = {WalkWish().frames, GALLERY_FRAMES}
        if self.frames.value() in usual:  # what the user chose stays
            self.frames.setValue(GALLERY_FRAMES if chosen is Kind.GALLERY else WalkWish().frames)


def choice(name: str, entries: list[tuple[object, str, str]]) -> QComboBox:
    """Of values with their words and what is said of each."""
    box = QComboBox()
    box.setAccessibleName(name)
    for value, text, tip in entries:
        box.addItem(text, value)
        box.setItemData(box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
    box.setToolTip("\n".join(f"{text}: {tip}" for _, text, tip in entries))
    return box


def number(name: str, least: int, most: int, value: int, suffix: str, prefix: str = "") -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setSuffix(suffix)
    box.setPrefix(prefix)
    box.setAccessibleName(name)
    box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return box


def _field(name: str, text: str, tip: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setPlaceholderText("nothing")
    field.setAccessibleName(name)
    field.setToolTip(f"<p>{tip} {FORMULAS} Enter walks.</p>")
    field.setMinimumWidth(72)
    return field


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "muted")
    return label


def _space() -> QWidget:
    """Takes what room is left."""
    space = QWidget()
    space.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Ignored)
    return space


def _lines(*lines: list[QWidget]) -> QWidget:
    """Widgets in lines; fields take the room."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for line in lines:
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in line:
            row.addWidget(widget, int(isinstance(widget, QLineEdit | QPlainTextEdit)))
        column.addLayout(row)
    return whole
