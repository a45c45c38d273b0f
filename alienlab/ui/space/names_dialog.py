"""The names of the session: looked at, changed, used."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.session_log import SessionLog
from alienlab.app.space.names import Names
from alienlab.app.space.names_model import PICTURE_ROLE, Column, NamesModel
from alienlab.domain.errors import AlienLabError
from alienlab.domain.space.named import NamedPoint
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.sweeps.notice import notice

FIRST_SIZE = (760, 420)
PICTURE = 44
ROW = 52
HINT = 'In formulas a name stands in quotes: = "all hat, no cat" + "a dog"'
NOTHING = "No point has a name yet. Right-click on an image and choose Name…"
_WIDTHS = {Column.NAME: 248, Column.TAGS: 152}


class NamesDialog(QDialog):
    """Stays open beside the window."""

    use_wanted = Signal(object)
    """A NamedPoint that is to be the prompt."""

    def __init__(
        self, names: Names, log: SessionLog, appearance: AppearanceSwitch, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._names, self._gone = names, None
        self.setWindowTitle("Names")
        self.model = NamesModel(names, log, self)
        self.table = _Table(self.model, appearance)
        self.note = ElidedLabel(HINT)
        self.use = _button("Use as prompt", "Write the name into the prompt bar, as a formula (Enter)")
        self.rename = _button("Rename", "Write another name in the table (F2)")
        self.delete = _button("Delete", "Forget the name; every image stays as it is (Del)")
        self.undo = _button("Undo", "Bring the deleted name back (Ctrl+Z)")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.resize(*FIRST_SIZE)
        self._take()

    @property
    def selected(self) -> NamedPoint | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.point(rows[0].row()) if rows else None

    def _lay_out(self) -> None:
        self._stack.addWidget(notice(NOTHING))
        self._stack.addWidget(self.table)
        foot = QFrame()
        foot.setProperty("role", "panel")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.note, 1)
        for button in (self.undo, self.delete, self.rename, self.use):
            row.addWidget(button)
        self.use.setProperty("variant", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.use.clicked.connect(self._use)
        self.rename.clicked.connect(self._rename)
        self.delete.clicked.connect(self._delete)
        self.undo.clicked.connect(self._undo)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table, self._delete)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self._undo)
        undo.setContext(Qt.ShortcutContext.WindowShortcut)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            use = QShortcut(QKeySequence(key), self.table, self._use)
            use.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.model.refused.connect(self.note.set_text)
        self.model.taken.connect(lambda: self.note.set_text(HINT))
        self.model.modelReset.connect(self._take)
        self.table.selectionModel().selectionChanged.connect(self._take_selection)

    def _take(self) -> None:
        self._stack.setCurrentIndex(1 if self.model.rowCount() else 0)
        if self.model.rowCount():
            self.table.selectRow(self.model.rowCount() - 1)
        self._take_selection()

    def _take_selection(self) -> None:
        for button in (self.use, self.rename, self.delete):
            button.setEnabled(self.selected is not None)
        self.undo.setVisible(self._gone is not None)

    def _use(self) -> None:
        if self.selected is not None:
            self.use_wanted.emit(self.selected)

    def _rename(self) -> None:
        rows = self.table.selectionModel().selectedRows(Column.NAME)
        if rows:
            self.table.edit(rows[0])

    def _delete(self) -> None:
        point = self.selected
        if point is None:
            return
        self._gone = point
        try:
            self._names.remove(point.name)
        except AlienLabError as error:
            self._gone = None
            self.note.set_text(str(error))
        else:
            self.note.set_text(f"“{point.name}” is forgotten.")
        self._take_selection()

    def _undo(self) -> None:
        point: NamedPoint | None = self._gone
        if point is None:
            return
        try:
            self._names.add(point.name, point.concept, point.tags, point.computation_id)
        except AlienLabError as error:
            self.note.set_text(str(error))
        else:
            self._gone = None
            self.note.set_text(HINT)
        self._take_selection()


class _Table(QTableView):
    def __init__(self, model: NamesModel, appearance: AppearanceSwitch) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegateForColumn(Column.NAME, _PictureAndName(appearance, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Names of this session")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        appearance.changed.connect(self.viewport().update)


class _PictureAndName(QStyledItemDelegate):
    """The picture where the session has it, and the name beside it."""

    def __init__(self, appearance: AppearanceSwitch, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        fields: Any = option  # Qt's stubs leave out the fields of style options
        cell = QRect(fields.rect)
        super().paint(painter, option, index)
        picture: QImage | None = index.data(PICTURE_ROLE)
        box = QRect(cell.left() + 8, cell.top() + (ROW - PICTURE) // 2, PICTURE, PICTURE)
        if picture is None:
            painter.setPen(QColor(self._appearance.theme.faint))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            return
        target = QRect(box.topLeft(), picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio))
        target.moveCenter(box.center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, picture)
        painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        fields: Any = option
        fields.text = f"{' ' * self._spaces(fields.fontMetrics)}{fields.text}"

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        fields: Any = option
        rect = QRect(fields.rect)
        height = editor.sizeHint().height()
        editor.setGeometry(
            rect.left() + PICTURE + 12, rect.center().y() - height // 2, rect.width() - PICTURE - 16, height
        )

    @staticmethod
    def _spaces(metrics: Any) -> int:
        return round((PICTURE + 12) / metrics.horizontalAdvance(" "))


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
