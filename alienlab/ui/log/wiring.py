"""Lays the page of the session log into the window."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabWidget, QWidget

from alienlab.app.laboratory import Laboratory
from alienlab.app.messages import Message, Tone
from alienlab.session.paths import embedded_brain
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.labels.label_editor import LabelDialog
from alienlab.ui.log.log_panel import LogPanel
from alienlab.ui.log.render_commands import RenderCommands

TITLE = "Log"


class _Measured(QObject):
    """Says in the window's thread that what was measured so far is on the disk."""

    written = Signal()


def lay_log(
    lab: Laboratory,
    tabs: QTabWidget,
    commands: RenderCommands,
    *,
    appearance: AppearanceSwitch,
    actions: Mapping[str, QAction],
) -> LogPanel:
    """A tab of its own. ``actions`` are the window's."""
    panel = LogPanel(lab.log, lab.labels, commands, appearance, source_of=lambda brain: _source(lab, brain))
    tabs.addTab(panel, TITLE)
    tabs.setTabToolTip(tabs.indexOf(panel), actions["log.show"].toolTip())
    actions["log.show"].triggered.connect(lambda: _show(tabs, panel))
    tabs.tabBarClicked.connect(lambda place: _follow_click(tabs, panel, place), Qt.ConnectionType.QueuedConnection)
    panel.refused.connect(lambda text: lab.message.emit(Message(text, Tone.WARNING)))
    panel.noted.connect(lambda text: lab.message.emit(Message(text, Tone.NOTE)))
    panel.label_wanted.connect(lambda records: _ask_for_label(lab, panel, [record.number for record in records]))
    lab.preferences.changed.connect(lambda: panel.details.set_blurs_flagged(lab.preferences.settings.blur_flagged))
    panel.details.set_blurs_flagged(lab.preferences.settings.blur_flagged)
    lab.session.leaving.connect(panel.details.keep)
    _follow_sweeps(lab, panel)
    return panel


def _show(tabs: QTabWidget, panel: LogPanel) -> None:
    tabs.setCurrentWidget(panel)
    panel.take_focus()


def _follow_click(tabs: QTabWidget, panel: LogPanel, place: int) -> None:
    """Who chooses the page by the mouse has its keys at once; by the keyboard one goes on along the tabs."""
    if tabs.widget(place) is panel and tabs.currentWidget() is panel:
        panel.take_focus()


def _ask_for_label(lab: Laboratory, parent: QWidget, numbers: list[int]) -> None:
    dialog = LabelDialog(lab.labels, numbers, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _source(lab: Laboratory, brain: str) -> str:
    """Where the open brain comes from; empty for the embedded one, and for a brain that is not open."""
    info = lab.brain.info
    return "" if info is None or info.hash != brain or info.source == str(embedded_brain()) else info.source


def _follow_sweeps(lab: Laboratory, panel: LogPanel) -> None:
    """Verdicts are told once a sweep is over and its measures are written, which comes after all that waits."""
    measured = _Measured(panel)
    measured.written.connect(lab.log.measured, Qt.ConnectionType.QueuedConnection)
    lab.sweeps.finished.connect(lambda: lab.archive.carry_out_silently(measured.written.emit))
