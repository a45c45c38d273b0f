"""The renders of a log under headings: those of a sweep together, the others under their day."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAY = "day:"
"""Begins the key of a day; that of a sweep is its id."""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with the renders under it."""

    key: str
    title: str
    numbers: tuple[int, ...]

    @property
    def is_sweep(self) -> bool:
        return not self.key.startswith(DAY)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that follow each other: a heading, where there is one, and the renders under it."""

    group: Group | None
    row: int
    """Of the heading; of the first render where there is none."""
    count: int
    """Renders that are shown; 0 where they are folded away."""

    @property
    def first(self) -> int:
        """Row of the first render."""
        return self.row + (self.group is not None)


Row = int | Group
"""The number of a render, or a heading."""


def grouped(
    numbers: Sequence[int],
    *,
    sweeps: Mapping[int, str],
    titles: Mapping[str, str],
    days: Mapping[int, date],
    today: date,
) -> tuple[Group, ...]:
    """A group stands where its first render would."""
    found: dict[str, list[int]] = {}
    for number in numbers:
        sweep = sweeps.get(number)
        key = f"{DAY}{days[number].isoformat()}" if sweep is None else sweep
        found.setdefault(key, []).append(number)
    return tuple(Group(key, _title(key, titles, today), tuple(members)) for key, members in found.items())


def rows_of(groups: Sequence[Group], folded: Container[str]) -> list[Row]:
    rows: list[Row] = []
    for group in groups:
        rows.append(group)
        if group.key not in folded:
            rows.extend(group.numbers)
    return rows


def sections_of(groups: Sequence[Group], folded: Container[str], *, count: int) -> list[Section]:
    """``count`` is how many renders there are where there are no groups."""
    if not groups:
        return [Section(None, 0, count)] if count else []
    sections, row = [], 0
    for group in groups:
        shown = 0 if group.key in folded else len(group.numbers)
        sections.append(Section(group, row, shown))
        row += 1 + shown
    return sections


def _title(key: str, titles: Mapping[str, str], today: date) -> str:
    if not key.startswith(DAY):
        return titles.get(key, "Sweep")
    day = date.fromisoformat(key.removeprefix(DAY))
    match (today - day) // timedelta(days=1):
        case 0:
            return "Today"
        case 1:
            return "Yesterday"
    return f"{day:%A} {day.day} {day:%B %Y}"
