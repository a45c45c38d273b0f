"""The card that tells of the module or region under the pointer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from alienlab.app.pictures import to_qimage
from alienlab.domain.anatomy import Anatomy, Module, Stage
from alienlab.domain.effects import Effect, Verdict
from alienlab.domain.events import Image
from alienlab.domain.recognition import percent
from alienlab.ui.brain_map.geometry import Cell, Frame, Row
from alienlab.ui.brain_map.histogram import Histogram
from alienlab.ui.brain_map.layout import resolution_label
from alienlab.ui.brain_map.legend import SWATCH, swatch
from alienlab.ui.quantities import parameters_of, share_of
from alienlab.ui.theme import Theme

PICTURE_SIDE = 118
_WIDTH = 272
_DISTANCE = 14


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What a painted map knows of a module; no effect where it is not measured yet."""

    effect: Effect | None
    colour: str | None
    """Of its cell, ``#rrggbb``; None for a hollow one."""
    altered: Image | None
    intact: Image | None
    told: tuple[str, ...] = ()
    """What plugins measured."""


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
        self.effect = EffectPart()
        self._facts = _line("small")
        self._histogram = Histogram(theme)
        self._lesions = _line("danger")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        for widget in (self._title, self._subtitle, self.effect, self._facts, self._histogram, self._lesions):
            self._column.addWidget(widget)
        self.hide()

    @property
    def text(self) -> str:
        """All that the card says."""
        own = "\n".join(label.text() for label in (self._title, self._subtitle, self._facts, self._lesions))
        return own if self.effect.isHidden() else f"{own}\n{self.effect.text}"

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._histogram.set_theme(theme)

    def tell(
        self,
        target: Cell | Row | Frame,
        anatomy: Anatomy,
        lesions: Iterable[str],
        beside: QRect,
        measured: Measured | None = None,
    ) -> None:
        """Show what is known of ``target``, next to ``beside`` (in the parent's pixels)."""
        if isinstance(target, Cell):
            self._tell_of_module(anatomy[target.path], anatomy)
        else:
            title = target.region or (target.title if isinstance(target, Frame) else "")
            self._tell_of_region(title or "top of the network", target.paths, anatomy)
        self.effect.setVisible(measured is not None)
        if measured is not None:
            self.effect.tell(measured)
        self._lesions.setText("\n".join(lesions))
        self._lesions.setVisible(bool(self._lesions.text()))
        self._take_height()
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

    def _take_height(self) -> None:
        """As tall as it needs; in a low window an effect leaves no room for the histogram, and then for the facts."""
        room = self._ground.height() - 8
        self._facts.show()
        optional = [] if self.effect.isHidden() else [self._histogram, self._facts]
        height = self._needed_height()
        while height > room and optional:
            optional.pop(0).hide()
            height = self._needed_height()
        self.setFixedHeight(height)

    def _needed_height(self) -> int:
        # What changed inside a part would reach this layout with the next event only.
        self.effect.updateGeometry()
        self._column.invalidate()
        border = self.size() - self.contentsRect().size()
        return self._column.heightForWidth(_WIDTH - border.width()) + border.height()

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


class EffectPart(QWidget):
    """The part of the card that tells of a measured effect: both images, the verdict and the numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.intact, self.altered = _picture("Intact image"), _picture("Altered image")
        self._captions = (_line("small"), _line("small"))
        self._captions[0].setText("intact")
        self._captions[1].setText("altered")
        self._swatch = QLabel()
        self._verdict = _line("")
        self._numbers = _line("small")
        pictures = QGridLayout()
        pictures.setContentsMargins(0, 4, 0, 0)
        pictures.setHorizontalSpacing(8)
        pictures.setVerticalSpacing(2)
        pictures.setColumnStretch(2, 1)
        for column, (picture, caption) in enumerate(zip((self.intact, self.altered), self._captions, strict=True)):
            pictures.addWidget(picture, 0, column)
            pictures.addWidget(caption, 1, column)
        headline = QHBoxLayout()
        headline.setSpacing(6)
        headline.addWidget(self._swatch, 0, Qt.AlignmentFlag.AlignVCenter)
        headline.addWidget(self._verdict, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._column.setSpacing(4)
        self._column.addLayout(pictures)
        self._column.addLayout(headline)
        self._column.addWidget(self._numbers)

    @property
    def text(self) -> str:
        return f"{self._verdict.text()}\n{self._numbers.text()}".strip()

    def tell(self, measured: Measured) -> None:
        effect = measured.effect
        for label, caption, image in zip(
            (self.intact, self.altered), self._captions, (measured.intact, measured.altered), strict=True
        ):
            label.setVisible(effect is not None and image is not None)
            caption.setVisible(not label.isHidden())
            if image is not None:
                label.setPixmap(_fitted(image, self.devicePixelRatioF()))
        self._swatch.setVisible(measured.colour is not None)
        if measured.colour is not None:
            self._swatch.setPixmap(swatch(measured.colour, self.devicePixelRatioF()).pixmap(SWATCH, SWATCH))
        self._verdict.setText("not measured yet" if effect is None else _headline(effect))
        self._numbers.setText("" if effect is None else "\n".join((*_numbers(effect), *measured.told)))
        self._numbers.setVisible(effect is not None)
        self._column.activate()


def _headline(effect: Effect) -> str:
    spreads = effect.spreads
    return str(effect.verdict) if spreads is None else f"{effect.verdict} · {spreads:.2f} seed spreads"


def _numbers(effect: Effect) -> Iterable[str]:
    measures = effect.measures
    perceptual = "" if measures.perceptual is None else f"perceptual {max(0.0, measures.perceptual):.3f} · "
    yield f"{perceptual}SSIM {measures.ssim:.2f}"
    match effect.verdict:
        case Verdict.NOISE:
            yield f"noise-likeness {measures.noise:.2f} of white noise"
        case Verdict.FLAT:
            yield f"flatness {measures.flatness:.2f}"
    if measures.concepts:
        yield ", ".join(f"{word} {percent(probability)}" for word, probability in measures.concepts)


def _fitted(image: Image, ratio: float) -> QPixmap:
    side = round(PICTURE_SIDE * ratio)
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    pixmap = QPixmap.fromImage(to_qimage(image).scaled(side, side, keep, smooth))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _picture(name: str) -> QLabel:
    label = QLabel()
    label.setAccessibleName(name)
    return label


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
