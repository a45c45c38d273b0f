"""The filter of the log for those who do not type: it writes the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from alienlab.app.log.suggestions import Vocabulary
from alienlab.domain.effects import Verdict
from alienlab.domain.errors import AlienLabError
from alienlab.domain.lesions import Operation
from alienlab.domain.log_query import LogQuery
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.icons import Icon, themed

MOST_SWEEPS = 24
"""Of the newest titles so many are offered."""


class FilterMenu(QToolButton):
    """``read`` gives the text of the filter, ``write`` takes another one."""

    def __init__(
        self,
        vocabulary: Callable[[], Vocabulary],
        appearance: AppearanceSwitch,
        *,
        read: Callable[[], str],
        write: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._vocabulary, self._read, self._write = vocabulary, read, write
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setText("Filter")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setToolTip("Choose what is shown: stars, verdicts, operations, tags, sweeps, laboratories, days, the bin")
        self.setAccessibleName("Choose a filter")
        appearance.changed.connect(lambda theme: self.setIcon(themed(Icon.FILTER, theme)))
        self.setIcon(themed(Icon.FILTER, appearance.theme))

    def filled(self) -> QMenu:
        """The menu as it would open now."""
        self._fill()
        return self._menu

    def _fill(self) -> None:
        menu, query, known = self._menu, self._query(), self._vocabulary()
        menu.clear()
        self._add(menu, "Starred", query.starred, lambda: replace(query, starred=not query.starred))
        self._choices(menu, "Verdict", "verdicts", query, [(str(verdict), verdict) for verdict in Verdict])
        self._choices(menu, "Operation", "operations", query, [(str(one), one) for one in Operation])
        self._choices(menu, "Tag", "tags", query, [(tag, tag) for tag in known.tags])
        titles = list(dict.fromkeys(known.sweeps))[:MOST_SWEEPS]
        self._choices(menu, "Sweep", "sweeps", query, [(title, title) for title in titles])
        self._choices(menu, "Laboratory", "laboratories", query, [(name, name) for name in known.laboratories])
        menu.addSeparator()
        monday = known.today - timedelta(days=known.today.weekday())
        for text, day in (("Today", known.today), ("This week", monday)):
            is_on = query.after == day and query.before is None
            self._add(menu, text, is_on, lambda day=day, is_on=is_on: _since(query, None if is_on else day))
        menu.addSeparator()
        self._add(menu, "In the bin", query.binned, lambda: replace(query, binned=not query.binned))
        menu.addSeparator()
        menu.addAction("Show everything", lambda: self._write("")).setEnabled(bool(self._read().strip()))

    def _choices(
        self, menu: QMenu, title: str, field: str, query: LogQuery, choices: Sequence[tuple[str, Any]]
    ) -> None:
        inner = menu.addMenu(title)
        chosen: tuple[Any, ...] = getattr(query, field)
        for text, value in choices:
            self._add(
                inner, text, value in chosen, lambda value=value: replace(query, **{field: _toggled(chosen, value)})
            )
        inner.setEnabled(bool(choices))

    def _add(self, menu: QMenu, text: str, is_on: bool, change: Callable[[], LogQuery]) -> None:
        action = menu.addAction(text.replace("&", "&&"), lambda: self._write(str(change())))
        action.setCheckable(True)
        action.setChecked(is_on)

    def _query(self) -> LogQuery:
        """What is written; where that makes no sense, everything."""
        try:
            return LogQuery.parse(self._read())
        except AlienLabError:
            return LogQuery()


def _toggled(chosen: Iterable[Any], value: Any) -> tuple[Any, ...]:
    chosen = tuple(chosen)
    return tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)


def _since(query: LogQuery, day: date | None) -> LogQuery:
    return replace(query, after=day, before=None)
