"""The card that tells of the module or region under the pointer."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from alienlab.domain.anatomy import Anatomy, Module, Stage
from alienlab.ui.brain_map.geometry import Cell, Frame, Row
from alienlab.ui.brain_map.histogram import Histogram
from alienlab.ui.brain_map.layout import resolution_label
from alienlab.ui.quantities import parameters_of, share_of
from alienlab.ui.theme import Theme

_WIDTH = 272
_DISTANCE = 14


class HoverCard(QFrame):
    """Floats over its parent, beside what it tells of; the pointer passes through it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = parent
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedWidth(_WIDTH)
        self._title = _line("mono")
        self._subtitle = _line("small")
        self._facts = _line("small")
        self._histogram = Histogram(theme)
        self._lesions = _line("danger")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        for widget in (self._title, self._subtitle, self._facts, self._histogram, self._lesions):
            self._column.addWidget(widget)
        self.hide()

    @property
    def text(self) -> str:
        """All that the card says."""
        return "\n".join(label.text() for label in (self._title, self._subtitle, self._facts, self._lesions))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._histogram.set_theme(theme)

    def tell(self, target: Cell | Row | Frame, anatomy: Anatomy, lesions: Iterable[str], beside: QRect) -> None:
        """Show what is known of ``target``, next to ``beside`` (in the parent's pixels)."""
        if isinstance(target, Cell):
            self._tell_of_module(anatomy[target.path], anatomy)
        else:
            title = target.region or (target.title if isinstance(target, Frame) else "")
            self._tell_of_region(title or "top of the network", target.paths, anatomy)
        self._lesions.setText("\n".join(lesions))
        self._lesions.setVisible(bool(self._lesions.text()))
        self.setFixedHeight(self._column.heightForWidth(_WIDTH))
        self.move(self._place(beside))
        self.show()
        self.raise_()

    def _tell_of_module(self, module: Module, anatomy: Anatomy) -> None:
        self._title.setText(_breakable(module.path))
        self._subtitle.setText(f"{module.kind} · {module.role} · {_place_of(module)}")
        shapes = "\n".join(f"{name}  {' × '.join(map(str, shape))}" for name, shape in module.shapes.items())
        count = parameters_of(module.parameters)
        share = share_of(module.parameters, anatomy.parameters)
        order = f"runs as {module.order + 1} of {len(anatomy)}, {module.depth} deep"
        self._facts.setText(f"{shapes}\n{count} parameters, {share} of the brain\n{order}")
        self._histogram.show_statistics(module.weights, self._theme.kinds[module.kind])

    def _tell_of_region(self, title: str, paths: tuple[str, ...], anatomy: Anatomy) -> None:
        total = sum(anatomy[path].parameters for path in paths)
        self._title.setText(_breakable(title))
        self._subtitle.setText(f"{len(paths)} modules · click to select" if len(paths) > 1 else "1 module")
        self._facts.setText(f"{parameters_of(total)} parameters, {share_of(total, anatomy.parameters)} of the brain")
        self._histogram.show_statistics(None, self._theme.accent)

    def _place(self, beside: QRect) -> QPoint:
        """Right of it where there is room, else left of it, else wherever it covers the least."""
        room = self._ground.rect().adjusted(4, 4, -4, -4)
        x = beside.right() + _DISTANCE
        if x + self.width() > room.right():
            x = beside.left() - _DISTANCE - self.width()
        y = beside.top() - 8
        if x < room.left():
            x = room.left()
            y = beside.bottom() + _DISTANCE
            if y + self.height() > room.bottom():
                y = beside.top() - _DISTANCE - self.height()
        return QPoint(x, max(room.top(), min(y, room.bottom() - self.height())))


def _place_of(module: Module) -> str:
    if module.stage is Stage.TIME:
        return "time"
    return f"{module.stage} level {module.level}, {resolution_label(module.level)}"


def _breakable(path: str) -> str:
    """With places after the dots where a long path may break."""
    return path.replace(".", ".\u200b")


def _line(tone: str) -> QLabel:
    label = QLabel()
    label.setProperty("tone", tone)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
