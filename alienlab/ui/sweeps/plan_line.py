"""Says what a sweep will take, or why there can be none."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from alienlab.app.sweeps.forecast import Forecast
from alienlab.ui.icons import Icon, themed
from alienlab.ui.theme import Theme

_ICON_SIZE = 16


class PlanLine(QWidget):
    """Figures and warnings, or an error in their place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = QLabel()
        self.figures.setAccessibleName("What the sweep takes")
        self.yardsticks = QLabel()
        self.yardsticks.setProperty("tone", "small")
        self.warning = _Note(Icon.WARNING, theme, "muted")
        self.error = _Note(Icon.ERROR, theme, "danger")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addStretch(1)
        for part in (self.figures, self.yardsticks, self.warning, self.error):
            column.addWidget(part)
        column.addStretch(1)
        self.setMinimumHeight(44)  # nothing moves when a second line comes
        self.show_waiting()

    def show_waiting(self) -> None:
        """Before the first plan."""
        self.figures.setText("…")
        for part in (self.yardsticks, self.warning, self.error):
            part.hide()

    def show_forecast(self, forecast: Forecast) -> None:
        self.figures.setText(forecast.text)
        self.figures.show()
        self.yardsticks.setText(forecast.yardsticks)
        self.yardsticks.setVisible(bool(forecast.yardsticks))
        for part in (self.figures, self.yardsticks):
            part.setToolTip(forecast.explanation)
        self.warning.show_text(" ".join(forecast.warnings))
        self.error.show_text("")

    def show_error(self, sentence: str) -> None:
        self.figures.hide()
        self.yardsticks.hide()
        self.warning.show_text("")
        self.error.show_text(sentence)


class _Note(QWidget):
    """A sentence with an icon before it; hidden while there is none."""

    def __init__(self, icon: Icon, theme: Theme, tone: str) -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(themed(icon, theme, theme.danger).pixmap(QSize(_ICON_SIZE, _ICON_SIZE)))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sentence = QLabel()
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setProperty("tone", tone)
        self._sentence.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(picture)
        row.addWidget(self._sentence, 1)

    @property
    def text(self) -> str:
        return self._sentence.text()

    def show_text(self, text: str) -> None:
        self._sentence.setText(text)
        self.setVisible(bool(text))
