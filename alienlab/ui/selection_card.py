"""Tells what is selected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from alienlab.app.open_brain import OpenBrain
from alienlab.app.selection import Selection
from alienlab.domain.anatomy import Anatomy, Module
from alienlab.domain.patterns import patterns_for
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.quantities import modules_of, parameters_of, share_of


class SelectionCard(QFrame):
    """The selected module's path, or how many there are, and what part of the brain they are."""

    def __init__(self, brain: OpenBrain, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brain = brain
        self._selection = selection
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        # A path begins with its block and ends with its name; what is left out stands in the tooltip.
        self.title = _line("mono", Qt.TextElideMode.ElideMiddle)
        self.facts = _line("small", Qt.TextElideMode.ElideRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.facts)
        selection.changed.connect(self._tell)
        brain.anatomy_changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        anatomy = self._brain.anatomy
        paths = self._selection.paths
        if anatomy is None or not paths:
            self.title.set_text("Nothing selected")
            self.facts.set_text("Click a module on the map." if anatomy else "There is no brain yet.")
            return
        modules = [anatomy[path] for path in anatomy.paths if path in paths]
        self.title.set_text(_name_of(modules, anatomy))
        self.facts.set_text(_facts_of(modules, anatomy))


def _name_of(modules: list[Module], anatomy: Anatomy) -> str:
    patterns = patterns_for((module.path for module in modules), anatomy)
    return patterns[0] if len(patterns) == 1 else f"{modules_of(len(modules))} in {len(patterns)} places"


def _facts_of(modules: list[Module], anatomy: Anatomy) -> str:
    total = sum(module.parameters for module in modules)
    extent = f"{parameters_of(total)} parameters · {share_of(total, anatomy.parameters)} of the brain"
    if len(modules) == 1:
        return f"{modules[0].kind} · {modules[0].role} · {extent}"
    return f"{_counted(module.kind for module in modules)} · {extent}"


def _counted(kinds: Iterable[str]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in Counter(kinds).most_common())


def _line(tone: str, elide: Qt.TextElideMode) -> ElidedLabel:
    label = ElidedLabel(elide=elide)
    label.setProperty("tone", tone)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
