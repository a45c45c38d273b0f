"""Lays what plugins offer into the window: menus that follow which plugins are on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QTabWidget, QWidget

from alienlab.app.laboratory import Laboratory
from alienlab.domain.laboratories.declarations import (
    AnyOffer,
    Exporter,
    LesionOperation,
    Measure,
    Recogniser,
    SweepKind,
)
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.lesion_panel import LesionPanel
from alienlab.ui.log.log_panel import LogPanel
from alienlab.ui.offers.offer_commands import OfferCommands
from alienlab.ui.session_strip import SessionStrip
from alienlab.ui.sweeps.sweep_commands import SweepCommands
from alienlab.ui.sweeps.sweep_panel import SweepPanel

TITLES = {
    "menu.exporters": "Export with",
    "menu.recognisers": "Recognisers of plugins",
    "menu.offered_sweeps": "Sweeps of plugins",
}


def offer_menus(window: QWidget) -> Mapping[str, QMenu]:
    """Empty menus for the menu bar, which are not seen until a plugin offers something."""
    menus = {name: QMenu(title, window) for name, title in TITLES.items()}
    for name, menu in menus.items():
        menu.setObjectName(name)
        menu.setToolTipsVisible(True)
        menu.menuAction().setVisible(False)
    return menus


class OfferedThings(QObject):
    """Fills menus and panels anew whenever other plugins are on."""

    def __init__(
        self,
        lab: Laboratory,
        dialogs: Dialogs,
        *,
        lesions: LesionPanel,
        sweep: SweepPanel,
        sweep_commands: SweepCommands,
        log: LogPanel,
        tabs: QTabWidget,
        strip: SessionStrip,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._lab, self._lesions, self._measures = lab, lesions, sweep.results.measures
        self._log, self._tabs, self._strip = log, tabs, strip
        self.commands = OfferCommands(lab, dialogs, results=sweep.model, chosen=self._chosen, window=window)
        self.menus = {name: window.findChild(QMenu, name) for name in TITLES}
        lab.offers.changed.connect(self._take)
        self._measures.chosen.connect(self.commands.take_measure)
        sweep_commands.sweep_wanted.connect(self.commands.sweep)
        sweep_commands.measures = lambda: sweep.model.measures
        self._take()

    def _take(self) -> None:
        commands, offers = self.commands, self._lab.offers
        self._fill("menu.exporters", Exporter, commands.export, dots="…")
        self._fill("menu.recognisers", Recogniser, lambda one: self._lab.opener.choose_recogniser(one.key))
        self._fill("menu.offered_sweeps", SweepKind, commands.sweep, dots="…")
        self._lesions.set_offered(offers.of_kind(LesionOperation))
        self._measures.offer(offers.of_kind(Measure))

    def _chosen(self) -> tuple[list[int], str]:
        """Renders that are selected in the log where that is looked at, or else that it or the strip shows."""
        if self._tabs.currentWidget() is not self._log:
            return list(self._strip.filtered.numbers), "what the session strip shows"
        if self._log.chosen.count():
            return [record.number for record in self._log.selected()], "what is selected in the log"
        return list(self._log.rows.numbers), "what the log shows"

    def _fill(self, name: str, kind: type[AnyOffer], run: Callable[[AnyOffer], object], *, dots: str = "") -> None:
        menu = self.menus[name]
        assert menu is not None
        menu.clear()
        for offer in self._lab.offers.of_kind(kind):
            action = menu.addAction(f"{offer.name}{dots}".replace("&", "&&"), lambda offer=offer: run(offer))
            action.setToolTip(f"{offer.summary} (plugin {offer.plugin})")
        menu.menuAction().setVisible(not menu.isEmpty())
