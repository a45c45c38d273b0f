"""What a row of the log tells a view, role by role."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt

from alienlab.app.log.columns import HEADINGS, LogColumn
from alienlab.app.log.entries import Entry
from alienlab.app.log.grouping import Group
from alienlab.app.log.telling import details
from alienlab.domain.counting import counted
from alienlab.domain.differences import describe

_Role = Qt.ItemDataRole


class LogRole(IntEnum):
    RECORD = _Role.UserRole + 1
    CAPTION = _Role.UserRole + 2
    ENTRY = _Role.UserRole + 3
    GROUP = _Role.UserRole + 4


def told_of_heading(column: LogColumn, role: int) -> Any:
    heading = HEADINGS[column]
    match role:
        case _Role.DisplayRole:
            return heading.text
        case _Role.ToolTipRole:
            return f"{heading.tip}. Click to order by it" if heading.order else heading.tip
        case _Role.TextAlignmentRole:
            return alignment(column)
    return None


def told_of_render(entry: Entry, name: str, column: LogColumn, role: int) -> Any:
    """All but its picture; ``name`` is that of the point that it shows."""
    match role:
        case _Role.DisplayRole if column is not LogColumn.PICTURE:
            return HEADINGS[column].read(entry)
        case _Role.DisplayRole | _Role.AccessibleTextRole | LogRole.CAPTION:
            return describe(entry.record.recipe)
        case _Role.ToolTipRole | _Role.AccessibleDescriptionRole:
            return details(entry, name)
        case LogRole.RECORD:
            return entry.record
        case LogRole.ENTRY:
            return entry
    return None


def told_of_group(group: Group, column: LogColumn, role: int) -> Any:
    match role:
        case _Role.DisplayRole if column is LogColumn.PICTURE:
            return f"{group.title} · {counted(len(group.numbers), 'render')}"
        case _Role.AccessibleTextRole:
            return f"{group.title}, {counted(len(group.numbers), 'render')}"
        case _Role.ToolTipRole:
            return "Click to fold these renders away, or to show them again (Enter)"
        case LogRole.GROUP:
            return group
    return None


def alignment(column: LogColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if HEADINGS[column].is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
