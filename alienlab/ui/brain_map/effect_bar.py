"""What colours mean on a map that is painted by effect, and the switch between its kinds and its effects."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from alienlab.app.sweeps.map_paint import MapPaint
from alienlab.app.sweeps.measured_scale import MeasuredScale
from alienlab.domain.effects import Scale
from alienlab.ui.brain_map.colours import Colouring
from alienlab.ui.brain_map.gradient_bar import GradientBar
from alienlab.ui.brain_map.legend import LEGEND_HEIGHT
from alienlab.ui.brain_map.verdict_swatches import VerdictSwatches
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.theme import Theme

VERDICT = "Verdict"
_VERDICT_TIP = "What each effect means: the first that applies of seven verdicts"
_EFFECTS_TIP = "Colour the modules by what was measured of them (E)"


class EffectBar(QWidget):
    """Stands below the map: the legend of its kinds or, while it is painted, that of its effects.

    ``chosen`` carries the paths of the verdict that was clicked.
    """

    chosen = Signal(object)

    def __init__(self, paint: MapPaint, kinds: QWidget, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paint = paint
        self._kinds = kinds
        self._choices: tuple[Scale | MeasuredScale | None, ...] = ()
        self.title = ElidedLabel()
        self.title.setProperty("tone", "small")
        self.title.setAccessibleName("What the map is painted by")
        self.scales = self._scale_box()
        self.show_kinds = _switch("Kinds", "Colour the modules by their kind (E)")
        self.show_effects = _switch("Effects", _EFFECTS_TIP)
        self._offer((*Scale, None))
        self.gradient = GradientBar(theme)
        self.swatches = VerdictSwatches(theme)
        self._header = self._make_header()
        self._legends = self._make_legends()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._legends)
        self.swatches.chosen.connect(self.chosen)
        self.show_colouring(None)

    def set_theme(self, theme: Theme) -> None:
        self.gradient.set_theme(theme)
        self.swatches.set_theme(theme)

    def show_colouring(self, colouring: Colouring | None) -> None:
        """Follow the painting; ``colouring`` is None where the map shows its kinds."""
        painting, scale = self._paint.painting, self._paint.scale
        self._header.setVisible(painting is not None)
        self._legends.setMinimumHeight(0 if painting is None else LEGEND_HEIGHT)
        shown = {
            self._kinds: colouring is None,
            self.scales: colouring is not None,
            self.gradient: colouring is not None and scale is not None,
            self.swatches: colouring is not None and scale is None,
        }
        for part in sorted(shown, key=shown.__getitem__):  # what goes, goes first: both at once would move the map
            part.setVisible(shown[part])
        if painting is None:
            return
        self.title.set_text(painting.title)
        self.show_effects.setToolTip(f"{_EFFECTS_TIP}\n{painting.title}")
        (self.show_effects if self._paint.is_shown else self.show_kinds).setChecked(True)
        self._offer((*Scale, *painting.measured, None))
        self.scales.setCurrentIndex(self._choices.index(scale))
        self.scales.setToolTip(_tip(scale))
        if colouring is None:
            return
        if scale is not None and colouring.gradient is not None:
            self.gradient.show_gradient(scale, colouring.gradient, painting.yardsticks)
        else:
            self.swatches.show_verdicts(colouring.verdicts)

    def _scale_box(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName("Scale that the map is painted by")
        box.setMinimumWidth(96)
        box.activated.connect(lambda index: self._paint.set_scale(self._choices[index]))
        return box

    def _offer(self, choices: tuple[Scale | MeasuredScale | None, ...]) -> None:
        """Fill the box anew where other scales are known than before."""
        self._choices = choices
        names = [VERDICT if scale is None else scale.heading for scale in choices]
        if names == [self.scales.itemText(index) for index in range(self.scales.count())]:
            return
        self.scales.clear()
        self.scales.addItems(names)
        for index, scale in enumerate(choices):
            self.scales.setItemData(index, _tip(scale), Qt.ItemDataRole.ToolTipRole)

    def _make_header(self) -> QWidget:
        switch = QHBoxLayout()
        switch.setSpacing(0)
        group = QButtonGroup(self)
        for button in (self.show_kinds, self.show_effects):
            group.addButton(button)
            switch.addWidget(button)
        group.buttonClicked.connect(lambda button: self._paint.set_shown(button is self.show_effects))
        header = QWidget()
        row = QHBoxLayout(header)
        row.setContentsMargins(8, 4, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.scales)
        row.addWidget(self.title, 1)
        row.addLayout(switch)
        header.setMinimumHeight(row.minimumSize().height())
        return header

    def _make_legends(self) -> QWidget:
        legends = QWidget()
        column = QVBoxLayout(legends)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._kinds, self.gradient, self.swatches):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        return legends


def _tip(scale: Scale | MeasuredScale | None) -> str:
    return _VERDICT_TIP if scale is None else scale.tip


def _switch(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setCheckable(True)
    button.setProperty("density", "compact")
    button.setToolTip(tip)
    button.setAccessibleName(f"Show {text.lower()} on the map")
    return button
