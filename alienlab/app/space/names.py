"""Points of concept space that a person has given a name."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from alienlab.app.session_keeper import SessionKeeper
from alienlab.domain.concepts import ConceptExpression
from alienlab.domain.space.formula import read_concept


class Names(QObject):
    """The names of the open session."""

    changed = Signal()
    message = Signal(object)

    def __init__(self, session: SessionKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    @property
    def named(self) -> Mapping[str, ConceptExpression]:
        """Points by name."""
        return {}

    def read(self, text: str) -> ConceptExpression:
        """A prompt, or a formula in which names may stand. Raises RecipeError where it cannot be understood."""
        return read_concept(text, self.named)
