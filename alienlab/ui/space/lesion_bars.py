"""Island sizes as bars, one for each part of the brain that is lesioned alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.archipelago import INTACT, Sighting, change
from alienlab.ui.theme import Theme

COLUMNS = ("Lesioned alone", "Island", "Median r/R", "Change")
NAME, BAR, RATIO, CHANGE = range(4)
_LINE = 24
Index = QModelIndex | QPersistentModelIndex


class LesionModel(QAbstractTableModel):
    """A row a lesion, the intact mind included."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sightings: Sequence[Sighting] = ()

    def show(self, sightings: Sequence[Sighting]) -> None:
        """More of the same, or others."""
        before = len(self.sightings)
        if before and sightings[:before] == self.sightings[:before] and len(sightings) >= before:
            if len(sightings) > before:
                self.beginInsertRows(QModelIndex(), before, len(sightings) - 1)
                self.sightings = tuple(sightings)
                self.endInsertRows()
            return
        self.beginResetModel()
        self.sightings = tuple(sightings)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.sightings)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one, column = self.sightings[index.row()], index.column()
        if role == Qt.ItemDataRole.UserRole:
            return one.mind.name if column == NAME else one.ratio
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(one, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return one.trouble or f"{one.mind.name}: median radius {one.ratio:.3f} R ({one.renders} images)"
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (RATIO, CHANGE):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _words(self, one: Sighting, column: int) -> str:
        if column == NAME:
            return one.mind.name
        if column == RATIO:
            return "lost" if one.is_lost else f"{one.ratio:.3f}"
        changed = change(one, self.sightings[0])
        if column == BAR or one.mind == INTACT or changed is None:
            return ""
        return f"{changed:+.0%}".replace("-", "−")


class _BarDelegate(QStyledItemDelegate):
    """A bar as long as the island's radius, with a line where the intact one ends."""

    def __init__(self, model: LesionModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self.theme = model, theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        ratio = float(index.data(Qt.ItemDataRole.UserRole))
        intact = self._model.sightings[0].ratio
        longest = max(one.ratio for one in self._model.sightings) or 1.0
        area = QRectF(option.rect).adjusted(4, 6, -8, -6)
        is_intact = index.sibling(index.row(), NAME).data(Qt.ItemDataRole.UserRole) == INTACT.name
        bar = QRectF(area.left(), area.top(), area.width() * ratio / longest, area.height())
        painter.fillRect(bar, QColor(self.theme.accent if is_intact else self.theme.danger))
        end = area.left() + area.width() * intact / longest
        painter.setPen(QPen(QColor(self.theme.accent), 1.0))
        painter.drawLine(round(end), option.rect.top(), round(end), option.rect.bottom())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, _LINE)


class LesionBars(QTableView):
    """The smallest island first; the headings sort otherwise. A double click or Enter opens the centre's image."""

    recipe_opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = LesionModel(self)
        proxy = QSortFilterProxyModel(self)
        proxy.setSourceModel(self.rows)
        proxy.setSortRole(Qt.ItemDataRole.UserRole)
        self.setModel(proxy)
        self._delegate = _BarDelegate(self.rows, theme, self)
        self.setItemDelegateForColumn(BAR, self._delegate)
        self.setAccessibleName("Island size per lesion")
        self.setSortingEnabled(True)
        self.sortByColumn(RATIO, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTextElideMode(Qt.TextElideMode.ElideLeft)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_LINE)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(BAR, QHeaderView.ResizeMode.Stretch)
        for column, width in ((RATIO, 88), (CHANGE, 72)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        self.activated.connect(self._open)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    def show_islands(self, sightings: Sequence[Sighting]) -> None:
        """The intact mind's first."""
        self.rows.show(sightings)
        self.viewport().update()  # the longest bar may have changed

    @property
    def names(self) -> list[str]:
        """As they stand, from above."""
        return [self.model().index(row, NAME).data() for row in range(self.model().rowCount())]

    def recipe_of(self, index: QModelIndex) -> DiffusionRecipe | None:
        """Of the image at the centre of the island in a row; None where there is no such row."""
        proxy = self.model()
        assert isinstance(proxy, QSortFilterProxyModel)
        return self.rows.sightings[proxy.mapToSource(index).row()].recipe if index.isValid() else None

    def _open(self, index: QModelIndex) -> None:
        self.recipe_opened.emit(self.recipe_of(index))
