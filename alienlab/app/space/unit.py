"""What distances in concept space are counted in."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from alienlab.app.preferences import Preferences
from alienlab.app.space.choice import Reader
from alienlab.domain.concepts import ConceptExpression
from alienlab.domain.errors import RecipeError
from alienlab.domain.space.formula import read_concept
from alienlab.session.settings import UNIT

_ARTICLES = ("a ", "an ", "the ")


@dataclass(frozen=True, slots=True)
class Span:
    """Two points, and what their distance is called, such as ``|cat − dog|``."""

    first: ConceptExpression
    second: ConceptExpression
    words: str

    @property
    def ends(self) -> tuple[ConceptExpression, ConceptExpression]:
        return self.first, self.second


class Unit(QObject):
    """The distance of two points, which the user may choose; it is remembered."""

    changed = Signal()

    def __init__(self, preferences: Preferences, *, read: Reader = read_concept, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences, self._read = preferences, read

    @property
    def texts(self) -> tuple[str, str]:
        """The two points as they were written: prompts, or formulas."""
        return self._preferences.settings.unit

    @property
    def span(self) -> Span:
        """The one that every brain knows where what was chosen cannot be understood here."""
        try:
            return self._span(self.texts)
        except RecipeError:
            return self._span(UNIT)

    def choose(self, first: str, second: str) -> None:
        """Raises RecipeError for a formula that cannot be understood, and for twice the same point."""
        span = self._span((first, second))
        if span.first == span.second:
            raise RecipeError("The two points are the same, so they have no distance. Take different ones.")
        if (first, second) != self.texts:
            self._preferences.change(unit=(first, second))
            self.changed.emit()

    def _span(self, texts: tuple[str, str]) -> Span:
        first, second = map(self._read, texts)
        return Span(first, second, "|{} − {}|".format(*map(_short, texts)))


def _short(text: str) -> str:
    written = text.strip().removeprefix("=").strip()
    article = next((article for article in _ARTICLES if written.startswith(article)), "")
    return written.removeprefix(article) or "nothing"
