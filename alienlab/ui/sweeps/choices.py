"""Boxes to choose one of a few things that may change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

Choice = tuple[str, Any, str]
"""Text, value and tooltip."""


def choice_box(name: str, tip: str, *, width: int) -> QComboBox:
    """An empty box of so many pixels; what it lists may be wider."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setFixedWidth(width)
    box.setMaxVisibleItems(24)
    return box


def fill(box: QComboBox, choices: Sequence[Choice]) -> None:
    """Offer other things. What is chosen stays so where it is still offered; else the first one is."""
    offered = [(box.itemText(place), box.itemData(place)) for place in range(box.count())]
    if offered == [(text, value) for text, value, _ in choices]:
        return
    held = box.currentData()
    box.blockSignals(True)
    box.clear()
    for place, (text, value, tip) in enumerate(choices):
        box.addItem(text, value)
        box.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
    box.setCurrentIndex(max(0, box.findData(held)) if choices else -1)
    box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 24)
    box.blockSignals(False)
    if box.currentData() != held:
        box.currentIndexChanged.emit(box.currentIndex())
