"""The slim bar above two images: what the tool in use can be set to."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

from alienlab.app.image_difference import Channel, Span
from alienlab.app.two_images import LONGEST_BLINK_MS, SHORTEST_BLINK_MS, Tool, TwoImages
from alienlab.ui.canvas.canvas_button import quiet_button

NAMES = {
    Tool.SIDE_BY_SIDE: "Side by side",
    Tool.WIPE: "Wipe",
    Tool.BLINK: "Blink",
    Tool.ONION: "Onion skin",
    Tool.DIFFERENCE: "Difference",
}
SPANS = {Span.AUTO: "Fitting range", Span.QUARTER: "± 64 of 255", Span.WHOLE: "± 255 of 255"}
PERCENT = 100


class ToolControls(QFrame):
    """``actions`` are the window's; those that concern one tool alone stand here."""

    def __init__(self, two: TwoImages, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._two = two
        self._name = QLabel()
        self.wipe = _slider("Share of A", "How much of the view A has; the line can be dragged too")
        self.onion = _slider("Share of B", "How much of B is seen through A")
        self._value = QLabel()
        self._value.setProperty("tone", "small")
        self._value.setFixedWidth(40)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.interval = _interval()
        self.channel = _box("What is subtracted", "What of each pixel is subtracted: B − A", 124)
        self.span = _box("Range of the colours", "How large a difference the ends of the colour bar stand for", 148)
        for channel in Channel:
            self.channel.addItem(channel.capitalize(), channel)
        for span, text in SPANS.items():
            self.span.addItem(text, span)
        self._turn, self._pause, self._swap, self._close = (
            quiet_button(actions[f"compare.{name}"], with_text=name == "close")
            for name in ("turn", "pause", "swap", "close")
        )
        self._of_tool: dict[Tool, tuple[QWidget, ...]] = {
            Tool.SIDE_BY_SIDE: (),
            Tool.WIPE: (self.wipe, self._value, self._turn),
            Tool.BLINK: (self.interval, self._pause),
            Tool.ONION: (self.onion, self._value),
            Tool.DIFFERENCE: (self.channel, self.span),
        }
        self._lay_out()
        self._connect()
        self.follow()

    def follow(self) -> None:
        """Show what can be set now, as it is set."""
        settings, tool = self._two.settings, self._two.tool
        self.setVisible(self._two.is_used or self._two.is_open)
        self._name.setText(NAMES[tool])
        for widget in {widget for widgets in self._of_tool.values() for widget in widgets}:
            widget.setVisible(widget in self._of_tool[tool])
        self._swap.setVisible(self._two.b is not None)
        self._close.setVisible(self._two.is_open)
        self._value.setText(f"{round(PERCENT * (settings.wipe if tool is Tool.WIPE else settings.onion))} %")
        for field, value in (
            (self.wipe, round(settings.wipe * PERCENT)),
            (self.onion, round(settings.onion * PERCENT)),
            (self.interval, settings.blink_ms),
        ):
            field.blockSignals(True)
            field.setValue(value)
            field.blockSignals(False)
        self.channel.setCurrentIndex(self.channel.findData(settings.channel))
        self.span.setCurrentIndex(self.span.findData(settings.span))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 8, 2)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addSpacing(4)
        for widget in (self.wipe, self.onion, self._value, self.interval, self.channel, self.span):
            row.addWidget(widget)
        row.addStretch(1)
        for button in (self._pause, self._turn, self._swap, self._close):
            row.addWidget(button)

    def _connect(self) -> None:
        two = self._two
        two.changed.connect(self.follow)
        self.wipe.valueChanged.connect(lambda value: two.change(wipe=value / PERCENT))
        self.onion.valueChanged.connect(lambda value: two.change(onion=value / PERCENT))
        self.interval.valueChanged.connect(lambda value: two.change(blink_ms=value))
        self.channel.activated.connect(lambda _: two.change(channel=self.channel.currentData()))
        self.span.activated.connect(lambda _: two.change(span=self.span.currentData()))


def _slider(name: str, tip: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, PERCENT)
    slider.setPageStep(10)
    slider.setAccessibleName(name)
    slider.setToolTip(f"{tip} (arrow keys, with Shift ten times as far)")
    slider.setFixedWidth(160)
    slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return slider


def _interval() -> QSpinBox:
    box = QSpinBox()
    box.setRange(SHORTEST_BLINK_MS, LONGEST_BLINK_MS)
    box.setSingleStep(50)
    box.setSuffix(" ms")
    box.setPrefix("each ")
    box.setAccessibleName("How long each image is seen")
    box.setToolTip(f"How long each image is seen; never less than {SHORTEST_BLINK_MS} ms, as flashes can do harm")
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setFixedWidth(116)
    return box


def _box(name: str, tip: str, width: int) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setFixedWidth(width)
    return box
