"""What is asked of a log, and the answer: looked up in the background, so no Qt values are made here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alienlab.app.log.grouping import Group, grouped
from alienlab.domain.log_query import LogQuery
from alienlab.session.log.order import Order, days_of, ranks
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.search import LogSearch

EVERYTHING = LogQuery()
"""All that is not in the bin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which renders are to be shown, and how they stand."""

    query: LogQuery = EVERYTHING
    order: Order = Order.TIME
    is_falling: bool = True
    """The newest, or the largest, first."""
    is_grouped: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the numbers of the log alone answer it."""
        return self.query == EVERYTHING and self.order is Order.TIME and not self.is_grouped


@dataclass(frozen=True, slots=True)
class Found:
    """Renders in their order; the groups hold the same ones, where they are wished for."""

    numbers: Sequence[int]
    groups: tuple[Group, ...] = ()


def find(session: SessionReader, search: LogSearch, wish: Wish, today: date) -> Found:
    """Raises AlienLabError where the session is closed or cannot be read."""
    numbers = search.numbers(wish.query)
    if wish.order is not Order.TIME:
        places = ranks(session, wish.order, falling=wish.is_falling)
        numbers = sorted((number for number in numbers if number in places), key=places.__getitem__)
    elif not wish.is_falling:
        numbers = numbers[::-1]
    if not wish.is_grouped:
        return Found(numbers)
    titles, days = dict(session.read("SELECT id, title FROM sweeps")), days_of(session)
    numbers = [number for number in numbers if number in days]
    groups = grouped(numbers, sweeps=search.sweeps_of(numbers), titles=titles, days=days, today=today)
    return Found([number for group in groups for number in group.numbers], groups)
