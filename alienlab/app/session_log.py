"""The session's renders as a list for the strip: newest first, thumbnails as they are needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QThreadPool,
    Signal,
)
from PySide6.QtGui import QImage

from alienlab.app.pictures import blurred, to_qimage
from alienlab.domain.brain import FLAGGED
from alienlab.domain.differences import describe
from alienlab.domain.errors import ImageError
from alienlab.domain.events import Image
from alienlab.session.png import read_thumbnail
from alienlab.session.store import RenderRecord

THUMBNAIL = 144
"""Longer side in pixels; twice what the strip shows, for dense screens."""

_Index = QModelIndex | QPersistentModelIndex


class LogRole(IntEnum):
    RECORD = Qt.ItemDataRole.UserRole + 1
    CAPTION = Qt.ItemDataRole.UserRole + 2
    SEARCH = Qt.ItemDataRole.UserRole + 3


class SessionLog(QAbstractListModel):
    """Holds records; reads a thumbnail in the background the first time a view asks for it."""

    _thumbnail_read = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: list[RenderRecord] = []
        self._thumbnails: dict[int, QImage] = {}
        self._asked: set[int] = set()
        self._blurs_flagged = False
        self._labels: Mapping[str, str] = {}
        self._generation = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._thumbnail_read.connect(self._keep_thumbnail, Qt.ConnectionType.QueuedConnection)

    @property
    def records(self) -> tuple[RenderRecord, ...]:
        """Newest first."""
        return tuple(self._records)

    def reset(self, records: Iterable[RenderRecord]) -> None:
        """Show another session."""
        self.finish()
        self.beginResetModel()
        self._records = list(records)
        self._forget_thumbnails()
        self.endResetModel()

    def prepend(self, record: RenderRecord) -> None:
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._records.insert(0, record)
        self.endInsertRows()

    def set_blurs_flagged(self, blurs: bool) -> None:
        if blurs != self._blurs_flagged:
            self._blurs_flagged = blurs
            self._forget_thumbnails()
            if self._records:
                self.dataChanged.emit(self.index(0), self.index(len(self._records) - 1))

    def set_labels(self, labels: Mapping[str, str]) -> None:
        """What images are called, by computation id: found by searching, and told first."""
        if labels != self._labels:
            self._labels = dict(labels)
            if self._records:
                self.dataChanged.emit(self.index(0), self.index(len(self._records) - 1))

    def picture_of(self, computation_id: str) -> QImage | None:
        """The thumbnail of a computation's newest render; None where there is none, or until ``dataChanged``."""
        found = (record for record in self._records if record.computation_id == computation_id)
        record = next(found, None) if computation_id else None
        return None if record is None else self._thumbnail(record)

    def finish(self) -> None:
        """Wait for the thumbnails that are being read."""
        self._pool.clear()
        self._pool.waitForDone()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._records)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record = self._records[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | LogRole.CAPTION:
                return describe(record.recipe)
            case Qt.ItemDataRole.DecorationRole:
                return self._thumbnail(record)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._details(record)
            case LogRole.RECORD:
                return record
            case LogRole.SEARCH:
                return f"{describe(record.recipe)}\n{self._details(record)}"
            case _:
                return None

    def _details(self, record: RenderRecord) -> str:
        label = self._labels.get(record.computation_id)
        return f"{label}\n{_details(record)}" if label else _details(record)

    def _thumbnail(self, record: RenderRecord) -> QImage | None:
        if record.number not in self._thumbnails and record.number not in self._asked:
            self._asked.add(record.number)
            generation = self._generation
            self._pool.start(lambda: self._read(record.number, record.file, generation))
        return self._thumbnails.get(record.number)

    def _read(self, number: int, file: Path, generation: int) -> None:
        with suppress(ImageError):  # it stays without a picture
            self._thumbnail_read.emit(number, (generation, read_thumbnail(file, THUMBNAIL)))

    def _keep_thumbnail(self, number: int, read: tuple[int, Image]) -> None:
        generation, image = read
        if generation != self._generation:
            return
        row, record = next((row, record) for row, record in enumerate(self._records) if record.number == number)
        picture = to_qimage(image)
        blurs = self._blurs_flagged and FLAGGED in record.provenance.notes
        self._thumbnails[number] = blurred(picture) if blurs else picture
        self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    def _forget_thumbnails(self) -> None:
        self._generation += 1
        self._thumbnails.clear()
        self._asked.clear()


class SessionFilter(QSortFilterProxyModel):
    """The records that hold every word of a text, in their name, prompt, lesions, seed or settings."""

    def __init__(self, log: SessionLog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSourceModel(log)

    def set_text(self, text: str) -> None:
        self.beginFilterChange()
        self._words = tuple(text.casefold().split())
        self.endFilterChange()

    def records(self) -> tuple[RenderRecord, ...]:
        """Those that pass, newest first."""
        return tuple(self.index(row, 0).data(LogRole.RECORD) for row in range(self.rowCount()))

    def filterAcceptsRow(self, source_row: int, source_parent: _Index) -> bool:
        text = str(self.sourceModel().index(source_row, 0, source_parent).data(LogRole.SEARCH)).casefold()
        return all(word in text for word in self._words)


def _details(record: RenderRecord) -> str:
    recipe = record.recipe
    lines = [
        str(recipe.prompt) or "(no prompt)",
        *([f"not: {recipe.negative}"] if str(recipe.negative) else []),
        f"seed {recipe.seed} · {recipe.steps} steps · guidance {recipe.guidance:g}",
        f"{recipe.scheduler} · {recipe.width} × {recipe.height} px · {recipe.precision}",
        *(str(lesion) for lesion in recipe.lesions),
        *(() if recipe.lesions else ("intact",)),
        f"{record.created.astimezone():%d %B %Y, %H:%M:%S} · {record.provenance.seconds:.2f} s",
        *([record.provenance.recognition.summary] if record.provenance.recognition is not None else []),
        *record.provenance.notes,
    ]
    return "\n".join(lines)
