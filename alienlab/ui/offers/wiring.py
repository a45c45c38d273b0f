"""Lays what plugins offer into the window: menus that follow which plugins are on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from alienlab.domain.laboratories.declarations import (
    AnyOffer,
    Exporter,
    LesionOperation,
    Measure,
    Recogniser,
    SweepKind,
)
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.offers.offer_commands import OfferCommands

if TYPE_CHECKING:
    from alienlab.ui.main_window import MainWindow

TITLES = {
    "menu.exporters": "Export with",
    "menu.recognisers": "Recognisers of plugins",
    "menu.offered_sweeps": "Sweeps of plugins",
}


def offer_menus(window: MainWindow) -> Mapping[str, QMenu]:
    """Empty menus for the menu bar, which are not seen until a plugin offers something."""
    menus = {name: QMenu(title, window) for name, title in TITLES.items()}
    for name, menu in menus.items():
        menu.setObjectName(name)
        menu.setToolTipsVisible(True)
        menu.menuAction().setVisible(False)
    return menus


class OfferedThings(QObject):
    """Fills menus and panels anew whenever other plugins are on."""

    def __init__(self, window: MainWindow, dialogs: Dialogs) -> None:
        super().__init__(window)
        self._window, self._lab = window, window.lab
        self.commands = OfferCommands(window, dialogs)
        self.menus = {name: window.findChild(QMenu, name) for name in TITLES}
        self._lab.offers.changed.connect(self._take)
        window.sweep_panel.results.measures.chosen.connect(self.commands.take_measure)
        window.sweep_commands.sweep_wanted.connect(self.commands.sweep)
        window.sweep_commands.measures = lambda: window.sweep_panel.model.measures
        self._take()

    def _take(self) -> None:
        commands, offers = self.commands, self._lab.offers
        self._fill("menu.exporters", Exporter, commands.export, dots="…")
        self._fill("menu.recognisers", Recogniser, lambda one: self._lab.opener.choose_recogniser(one.key))
        self._fill("menu.offered_sweeps", SweepKind, commands.sweep, dots="…")
        self._window.lesion_panel.set_offered(offers.of_kind(LesionOperation))
        self._window.sweep_panel.results.measures.offer(offers.of_kind(Measure))

    def _fill(self, name: str, kind: type[AnyOffer], run: Callable[[AnyOffer], object], *, dots: str = "") -> None:
        menu = self.menus[name]
        assert menu is not None
        menu.clear()
        for offer in self._lab.offers.of_kind(kind):
            action = menu.addAction(f"{offer.name}{dots}".replace("&", "&&"), lambda offer=offer: run(offer))
            action.setToolTip(f"{offer.summary} (plugin {offer.plugin})")
        menu.menuAction().setVisible(not menu.isEmpty())
