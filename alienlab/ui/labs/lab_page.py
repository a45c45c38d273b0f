"""The page of a laboratory: what it shows to the left, what it is set to at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.labs.bench import LabBench
from alienlab.app.labs.images import LabImages
from alienlab.domain.laboratories.parameters import Parameter
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.labs.editors.lesions_editor import LesionsEditor
from alienlab.ui.labs.exhibit_view import ExhibitView
from alienlab.ui.labs.guide import Guide
from alienlab.ui.labs.network_panel import NetworkPanel
from alienlab.ui.labs.parameter_panel import ParameterPanel
from alienlab.ui.labs.pushing import pushing
from alienlab.ui.labs.run_bar import RunBar
from alienlab.ui.labs.seed_row import SeedRow
from alienlab.ui.plain_text import PlainLabel
from alienlab.ui.theme import Theme

COLUMN_WIDTH = 336
"""Of the controls, in pixels."""
BUTTONS = ("labs.keep", "labs.export", "labs.command", "labs.reset")
COMPUTING = "Computing …"


class LabPage(QWidget):
    """Its parts are public. ``actions`` are the window's."""

    def __init__(
        self,
        bench: LabBench,
        images: LabImages,
        dialogs: Dialogs,
        theme: Theme,
        *,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.bench = bench
        self._theme = theme
        self._actions = actions
        self.exhibit = ExhibitView(theme)
        self.panel = ParameterPanel(bench, images, dialogs)
        self.seed = SeedRow(bench, theme)
        self.run_bar = RunBar(bench, theme, actions=actions)
        self.guide = Guide(bench.laboratory.guide, theme)
        self.tabs = QTabBar(drawBase=False, expanding=False, documentMode=True)
        self.tabs.setAccessibleName("Experiments of this laboratory")
        self.summary = PlainLabel()
        self.summary.setProperty("tone", "muted")
        self.summary.setWordWrap(True)
        self.networks: dict[str, NetworkPanel] = {}
        """By parameter of kind lesions, once they were looked at."""
        self._parameters: dict[str, Parameter] = {one.id: one for one in bench.laboratory.parameters}
        self._lay_out()
        self._connect()
        self._take_experiment()
        self._take_exhibit()

    @property
    def back(self) -> QToolButton:
        return self._back

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.exhibit, self.seed, self.run_bar, *self.networks.values()):
            part.set_theme(theme)

    def take_focus(self) -> None:
        """Give the keyboard to what is shown."""
        main = self.exhibit.main
        target = main if main.focusPolicy() is not Qt.FocusPolicy.NoFocus else self.tabs
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_network(self, id_: str, shown: bool) -> NetworkPanel:
        """Show or hide the map and the lesion panel of a parameter."""
        if id_ not in self.networks:
            self.networks[id_] = NetworkPanel(self.bench.lesions[id_], self._theme)
            self._left.addWidget(self.networks[id_])
        for other, panel in self.networks.items():
            panel.setVisible(shown and other == id_)
        for other, editor in self.panel.editors.items():
            if isinstance(editor, LesionsEditor) and (other != id_ or editor.button.isChecked() is not shown):
                editor.button.setChecked(shown and other == id_)
        if shown:
            height = self._left.height()
            self._left.setSizes([round(height * 0.48), *([round(height * 0.52)] * len(self.networks))])
        return self.networks[id_]

    # Setting up

    def _lay_out(self) -> None:
        self._left = QSplitter(Qt.Orientation.Vertical)
        self._left.addWidget(self.exhibit)
        self._left.setChildrenCollapsible(False)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._left, 1)
        body.addWidget(self._controls())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addLayout(body, 1)

    def _head(self) -> QWidget:
        head = QFrame()
        head.setProperty("role", "bar")
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._back = pushing(self._actions["labs.close"], text="‹  Laboratories", variant="quiet")
        title = PlainLabel(self.bench.laboratory.name)
        title.setProperty("tone", "title")
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._back)
        row.addWidget(title)
        row.addStretch(1)
        for name in BUTTONS:
            row.addWidget(_tool_button(self._actions[name]))
        for experiment in self.bench.laboratory.experiments:
            self.tabs.setTabToolTip(self.tabs.addTab(experiment.name), experiment.summary)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.tabs)
        return head

    def _controls(self) -> QWidget:
        inner = QFrame()
        inner.setProperty("role", "panel")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self.guide)
        column.addWidget(self.panel)
        column.addWidget(self.seed)
        column.addStretch(1)
        room = QScrollArea()
        room.setWidget(inner)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = QFrame()
        side.setProperty("role", "panel")
        side.setFixedWidth(COLUMN_WIDTH)
        around = QVBoxLayout(side)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(room, 1)
        around.addWidget(self.run_bar)
        return side

    def _connect(self) -> None:
        bench = self.bench
        self.tabs.currentChanged.connect(self._choose)
        self.exhibit.dragged.connect(bench.change)
        self.exhibit.chosen.connect(bench.change_together)
        self.panel.network_wanted.connect(self.show_network)
        bench.experiment_changed.connect(self._take_experiment)
        bench.exhibit_changed.connect(self._take_exhibit)
        bench.work_changed.connect(self._take_work)
        bench.value_changed.connect(self._take_values)

    # Following the bench

    def _choose(self, place: int) -> None:
        self.bench.choose_experiment(self.bench.laboratory.experiments[place].id)

    def _take_experiment(self) -> None:
        experiment = self.bench.experiment
        self.tabs.setCurrentIndex(self.bench.laboratory.experiments.index(experiment))
        self.summary.setText(experiment.summary)
        used = set(experiment.parameters)
        for id_, panel in self.networks.items():
            editor = self.panel.editors[id_]
            panel.setVisible(isinstance(editor, LesionsEditor) and editor.button.isChecked() and id_ in used)

    def _take_exhibit(self) -> None:
        self.exhibit.show_exhibit(self.bench.exhibit)
        self._take_values()
        self._take_work()

    def _take_values(self) -> None:
        self.exhibit.show_values(self._parameters, self.bench.values)

    def _take_work(self) -> None:
        if self.bench.exhibit is None:
            text = COMPUTING if self.bench.is_busy else self.bench.error or self._beginning
            self.exhibit.notice.setText(text)

    @property
    def _beginning(self) -> str:
        run = self._actions["labs.run"].shortcut().toString()
        return f"{self.bench.experiment.summary}\n\nPress Run ({run}) to compute it."


def page_maker(
    images: LabImages, dialogs: Dialogs, actions: Mapping[str, QAction]
) -> Callable[[LabBench, Theme], LabPage]:
    """Makes pages of one window."""
    return lambda bench, theme: LabPage(bench, images, dialogs, theme, actions=actions)


def _tool_button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setProperty("variant", "quiet")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(16, 16))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.iconText())
    return button
