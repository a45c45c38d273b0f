"""A button for each verdict, which shows the results that have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from alienlab.app.sweeps.columns import SEVERITY
from alienlab.domain.effects import THRESHOLDS, Verdict
from alienlab.ui.brain_map.legend import SWATCH, swatch
from alienlab.ui.theme import Theme

_SPACING = 4


class VerdictChips(QWidget):
    """Several can be on: then those are shown. With none on, all are. Without room for names they show numbers."""

    chosen = Signal(object)
    """A frozenset of verdicts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[Verdict, int] = {}
        self.buttons = {verdict: self._button(verdict) for verdict in SEVERITY}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        self.set_theme(theme)
        self.show_counts({}, ())

    def set_theme(self, theme: Theme) -> None:
        for verdict, button in self.buttons.items():
            button.setIcon(swatch(theme.verdicts[verdict], self.devicePixelRatioF()))

    def show_counts(self, counts: Mapping[Verdict, int], occurring: Iterable[Verdict]) -> None:
        """Numbers of the verdicts that occur at all."""
        self._counts = {verdict: counts.get(verdict, 0) for verdict in SEVERITY if verdict in set(occurring)}
        for verdict, button in self.buttons.items():
            button.setVisible(verdict in self._counts or button.isChecked())
            count = self._counts.get(verdict, 0)
            button.setToolTip(
                f"{verdict}: {count}. {THRESHOLDS.explain(verdict)}\nClick to show these, or not only these."
            )
            button.setAccessibleName(f"Show the {count} results with the verdict {verdict}")
        self._name_buttons()

    def set_chosen(self, verdicts: frozenset[Verdict]) -> None:
        for verdict, button in self.buttons.items():
            button.setChecked(verdict in verdicts)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_buttons()

    def _name_buttons(self) -> None:
        for text in ("{verdict} {count}", "{word} {count}", "{count}"):
            for verdict, button in self.buttons.items():
                word = verdict.partition(" ")[0]
                button.setText(text.format(verdict=verdict, word=word, count=self._counts.get(verdict, 0)))
            shown = [button for button in self.buttons.values() if not button.isHidden()]
            if sum(button.sizeHint().width() + _SPACING for button in shown) <= self.width():
                return

    def _choose(self) -> None:
        self.chosen.emit(frozenset(verdict for verdict, button in self.buttons.items() if button.isChecked()))

    def _button(self, verdict: Verdict) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setProperty("variant", "quiet")
        button.setProperty("density", "compact")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(SWATCH, SWATCH))
        button.clicked.connect(self._choose)
        return button
