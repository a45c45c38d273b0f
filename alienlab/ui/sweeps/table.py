"""The results of a sweep in rows and columns."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from alienlab.app.sweeps.columns import MISSING
from alienlab.app.sweeps.results_model import ResultRole, SweepFilter, SweepResults
from alienlab.domain.sweeps.results import Result
from alienlab.ui.brain_map.legend import SWATCH, swatch
from alienlab.ui.theme import Theme

PICTURE = 24
ROW = 28
_WIDTHS = {"label": 220, "kind": 64, "region": 120, "verdict": 128}
_OTHER_WIDTH = 64
_BESIDE_HEADING = 20
"""Padding of a heading."""
_ABOUT_MODULES = ("kind", "region", "depth")
_PATHS = ("label", "region")
"""Columns whose texts end with what tells them apart."""


class ResultsTable(QTableView):
    """Shows what a filter lets through; a click on a heading orders the wall as well."""

    result_opened = Signal(object)
    result_hovered = Signal(object)
    """A Result, or None."""

    def __init__(
        self, results: SweepResults, filtered: SweepFilter, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model, self._filtered = results, filtered
        self._hovered: Result | None = None
        self._cells = _Cells(results, theme, self)
        self.setModel(filtered)
        self.setItemDelegate(self._cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Table of the sweep's results")
        self._set_up_headers()
        self.clicked.connect(lambda index: self.result_opened.emit(index.data(ResultRole.RESULT)))
        self.entered.connect(lambda index: self._hover(index.data(ResultRole.RESULT)))
        filtered.order_changed.connect(self._take_order)
        results.updated.connect(self._hide_empty)
        results.columnsInserted.connect(self._size_columns)
        results.modelReset.connect(self._size_columns)
        self._size_columns()
        self._hide_empty()

    def set_theme(self, theme: Theme) -> None:
        self._cells.set_theme(theme)
        self.viewport().update()

    def _set_up_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(self._filtered.sortColumn(), self._filtered.sortOrder())
        self.setSortingEnabled(True)

    def _take_order(self) -> None:
        column, order = self._filtered.sortColumn(), self._filtered.sortOrder()
        header = self.horizontalHeader()
        if (header.sortIndicatorSection(), header.sortIndicatorOrder()) != (column, order):
            header.blockSignals(True)
            header.setSortIndicator(column, order)
            header.blockSignals(False)
            header.viewport().update()

    def _size_columns(self) -> None:
        metrics = self.horizontalHeader().fontMetrics()
        for place, column in enumerate(self._model.columns):
            heading = metrics.horizontalAdvance(column.heading) + _BESIDE_HEADING
            self.setColumnWidth(place, max(heading, _WIDTHS.get(column.name, _OTHER_WIDTH)))

    def _hide_empty(self) -> None:
        """What only modules have is left out where the trials are about none."""
        is_about_modules = any(result.trial.module is not None for result in self._model.results)
        for name in _ABOUT_MODULES:
            self.setColumnHidden(self._model.column(name), not is_about_modules)

    def _hover(self, result: Result | None) -> None:
        if result is not self._hovered:
            self._hovered = result
            self.result_hovered.emit(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if is_enter and self.currentIndex().isValid():
            self.result_opened.emit(self.currentIndex().data(ResultRole.RESULT))
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)


class _Cells(QStyledItemDelegate):
    """A picture before the label, a swatch before the verdict, paths cut at their beginning."""

    def __init__(self, results: SweepResults, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._results, self._theme = results, theme
        self._icons: dict[str, QIcon] = {}
        results.modelReset.connect(self._icons.clear)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._icons.clear()

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        fields: Any = option  # Qt's stubs leave out the fields of style options
        result, column = index.data(ResultRole.RESULT), self._results.columns[index.column()]
        if column.name in _PATHS:
            fields.textElideMode = Qt.TextElideMode.ElideLeft
        if column.name == "label":
            self._decorate(fields, self._picture(result), PICTURE)
        elif column.name == "verdict" and result.effect is not None:
            colour = self._theme.verdicts[result.effect.verdict]
            self._decorate(fields, swatch(colour, fields.widget.devicePixelRatioF()), SWATCH)
        if fields.text == MISSING or column.name == "region":
            fields.palette.setColor(QPalette.ColorRole.Text, QColor(self._theme.muted))

    @staticmethod
    def _decorate(fields: Any, icon: QIcon, side: int) -> None:
        fields.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        fields.icon = icon
        fields.decorationSize = QSize(side, side)

    def _picture(self, result: Result) -> QIcon:
        if result.key in self._icons:
            return self._icons[result.key]
        image = self._results.thumbnail(result)
        if image is None:
            return self._hollow()
        self._icons[result.key] = QIcon(QPixmap.fromImage(image))
        return self._icons[result.key]

    def _hollow(self) -> QIcon:
        if "" not in self._icons:
            pixmap = QPixmap(PICTURE, PICTURE)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setPen(QColor(self._theme.line))
            painter.drawRect(0, 0, PICTURE - 1, PICTURE - 1)
            painter.end()
            self._icons[""] = QIcon(pixmap)
        return self._icons[""]
