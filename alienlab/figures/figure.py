"""A figure: what it is called, what it shows, and how its sheet is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alienlab.domain.differences import SEPARATOR
from alienlab.domain.errors import AlienLabError
from alienlab.session.sheets.content import Sheet

if TYPE_CHECKING:
    from alienlab.figures.studio import Studio


class UnknownFigure(AlienLabError):
    """No figure has this id."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the essay."""

    id: str
    title: str
    says: str
    """What is to be seen, in a sentence or two."""
    make: Callable[[Studio], Sheet]
    """Renders what is missing. The sheet's ``common`` tells what was found and what the images share."""

    def sheet(self, studio: Studio) -> Sheet:
        """The sheet with title and explanation. May raise AlienLabError."""
        made = self.make(studio)
        told = SEPARATOR.join(filter(None, (self.says.rstrip("."), made.common)))
        return replace(made, title=f"{self.id} · {self.title}", common=told)
