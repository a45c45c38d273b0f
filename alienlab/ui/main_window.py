"""The window: lays the panels out and connects the actions."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QTabWidget, QToolBar, QVBoxLayout, QWidget

from alienlab.app.comparison import Arrangement
from alienlab.app.experiments import Experiment
from alienlab.app.laboratory import Laboratory
from alienlab.app.space.plane import Address
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.sweeps.results import Result
from alienlab.session.settings import Appearance as StoredAppearance
from alienlab.ui.action_keys import ActionKeys
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.brain_map.brain_map import BrainMap
from alienlab.ui.canvas.board.commands import BoardCommands, board_menu
from alienlab.ui.canvas.board.wiring import lay_board
from alienlab.ui.canvas.panel import CanvasPanel
from alienlab.ui.canvas.tile_menu import tile_menu
from alienlab.ui.canvas.tool_bar import compare_menu
from alienlab.ui.canvas.two.tool_actions import TOOLS
from alienlab.ui.closing import may_close
from alienlab.ui.commands import Commands
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.docks import Docks
from alienlab.ui.exports.export_commands import ExportCommands
from alienlab.ui.file_arrivals import FileArrivals
from alienlab.ui.labs.wiring import LabTab, laboratory_menu
from alienlab.ui.lesion_panel import LesionPanel
from alienlab.ui.log.render_commands import RenderCommands
from alienlab.ui.log.wiring import lay_log
from alienlab.ui.message_bar import MessageBar
from alienlab.ui.offers.wiring import OfferedThings, offer_menus
from alienlab.ui.prompt_bar import PromptBar
from alienlab.ui.replaying import Replaying
from alienlab.ui.session_strip import SessionStrip
from alienlab.ui.space.island_commands import IslandCommands
from alienlab.ui.space.point_commands import PointCommands
from alienlab.ui.space.space_panel import SpacePanel
from alienlab.ui.space.walk_commands import WalkCommands
from alienlab.ui.status_bar import StatusBar
from alienlab.ui.sweeps.sweep_commands import SweepCommands
from alienlab.ui.sweeps.sweep_panel import SweepPanel
from alienlab.ui.theme import Appearance
from alienlab.ui.try_strip import TryStrip
from alienlab.ui.window_actions import CANVAS_ARRANGEMENTS, WindowActions, fill_recent

FIRST_SIZE = (1440, 900)
ARRANGEMENT_ACTIONS = {
    Arrangement.PAIR: "canvas.pair",
    Arrangement.GRID: "canvas.grid",
    Arrangement.PINNED: "canvas.board",
}


class MainWindow(QMainWindow):
    """Prompt above, map and lesions to the left, canvas to the right, session strip and status below."""

    def __init__(self, lab: Laboratory, appearance: AppearanceSwitch, dialogs: Dialogs | None = None) -> None:
        super().__init__()
        self.lab = lab
        self.appearance = appearance
        self._dialogs = dialogs = dialogs or Dialogs(self)
        self.commands = Commands(lab, dialogs, self)
        self.sweep_commands = SweepCommands(lab, dialogs, self)
        self.point_commands = PointCommands(lab, dialogs, appearance, self)
        self.island_commands = IslandCommands(lab, dialogs, self)
        self.walk_commands = WalkCommands(lab, dialogs, self)
        self.render_commands = RenderCommands(lab, self.commands, self.point_commands, dialogs, self)
        self.board_commands = BoardCommands(lab, self)
        self.render_commands.pin = self.board_commands.pin_records
        self.render_commands.replay = Replaying(lab, self).replay
        self.export_commands = ExportCommands(lab, dialogs, appearance, self._filtered, self)
        self.render_commands.sheet = lambda numbers: self.export_commands.export_sheet(numbers=numbers)
        self.actions_ = WindowActions(self, appearance)
        self._build_panels()
        self._lay_out()
        self._build_menus()
        self._connect_actions()
        self._connect_panels()
        self.action_keys = ActionKeys(self, self.actions_.values())
        self.offers = OfferedThings(
            lab,
            dialogs,
            lesions=self.lesion_panel,
            sweep=self.sweep_panel,
            sweep_commands=self.sweep_commands,
            log=self.log_panel,
            tabs=self.tabs,
            strip=self.strip,
            window=self,
        )
        self.file_arrivals = FileArrivals(self, lab, dialogs, appearance, self.actions_)
        lab.dropping.shown.connect(lambda: self.tabs.setCurrentWidget(self.canvas))
        self._restore_layout()
        self._take_preferences()
        self._update_title()

    def _build_panels(self) -> None:
        lab, appearance, actions = self.lab, self.appearance, self.actions_
        shared = {"brain": lab.brain, "workload": lab.workload, "appearance": appearance, "actions": actions}
        self.messages = MessageBar(appearance, actions)
        self.prompt_bar = PromptBar(lab.settings, **shared)
        self.brain_map = BrainMap(lab.brain, lab.selection, lab.lesions, appearance.theme, paint=lab.map_paint)
        self.canvas = CanvasPanel(lab.comparison, two=lab.two_images, **shared)
        self.sweep_panel = SweepPanel(
            lab.sweeps, lab.playback, lab.embeddings, lab.brain, appearance=appearance, actions=actions
        )
        self.space_panel = SpacePanel(lab.space, lab.settings, appearance=appearance, actions=actions)
        self.board = lay_board(
            lab,
            self.board_commands,
            self.canvas,
            sweeps=self.sweep_panel,
            space=self.space_panel,
            appearance=appearance,
            actions=actions,
        )
        self.tabs = QTabWidget()
        self.try_strip = TryStrip(appearance)
        self.try_strip.hide()
        self.lesion_panel = LesionPanel(lab.brain, lab.selection, lab.lesions, appearance.theme)
        self.strip = SessionStrip(lab.log, appearance, self.render_commands)

    def _lay_out(self) -> None:
        self.resize(*FIRST_SIZE)
        self.setMinimumSize(960, 600)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.prompt_bar)
        column.addWidget(self.messages)
        bar = QToolBar("Prompt")
        bar.setObjectName("bar.prompt")
        bar.setMovable(False)
        bar.toggleViewAction().setEnabled(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.addWidget(top)
        self.addToolBar(bar)
        centre = QWidget()
        middle = QVBoxLayout(centre)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.canvas, "Canvas")
        self.tabs.addTab(self.sweep_panel, "Sweep")
        self.tabs.addTab(self.space_panel, "Concept space")
        self.tabs.setTabToolTip(0, "Intact and altered images side by side")
        self.tabs.setTabToolTip(1, "All images of a sweep, and what was measured of them")
        self.tabs.setTabToolTip(2, self.actions_["space.show"].toolTip())
        self.log_panel = lay_log(
            self.lab, self.tabs, self.render_commands, appearance=self.appearance, actions=self.actions_
        )
        self.lab_tab = LabTab(self.lab, self.tabs, self._dialogs, self.appearance, self.actions_)
        middle.addWidget(self.tabs, 1)
        middle.addWidget(self.try_strip)
        self.setCentralWidget(centre)
        self.docks = Docks(self, brain_map=self.brain_map, lesions=self.lesion_panel, strip=self.strip)
        self.render_commands.look = self.board_commands.look = self.lab_tab.commands.record_menu
        self.lab_tab.step_aside(self.docks, (*self.brain_map.menu_actions, *self.lesion_panel.menu_actions))
        self.setStatusBar(StatusBar(self.lab.workload, self.lab.brain, self.appearance, self.actions_["render.cancel"]))

    def _build_menus(self) -> None:
        undo = self.lab.undo_stack.createUndoAction(self, "Undo")
        redo = self.lab.undo_stack.createRedoAction(self, "Redo")
        undo.setShortcuts(QKeySequence.StandardKey.Undo)
        redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self._recent_sessions, self._recent_brains = QMenu("Recent sessions", self), QMenu("Recent brains", self)
        sweeps = QMenu("Sweeps of this session", self)
        sweeps.aboutToShow.connect(lambda: self.sweep_commands.fill_menu(sweeps))
        submenus = {
            "menu.recent_sessions": self._recent_sessions,
            "menu.recent_brains": self._recent_brains,
            "menu.sweeps": sweeps,
            "menu.lesion": self._submenu("Lesion", self.lesion_panel.menu_actions),
            "menu.compare": compare_menu(self.actions_, self),
            "menu.board": board_menu(self.actions_, self),
            "menu.laboratory": laboratory_menu(self.actions_, self),
            **offer_menus(self),
            "menu.map": self._submenu("Brain map", self.brain_map.menu_actions),
            "menu.panels": self._submenu("Panels", [dock.toggleViewAction() for dock in self.docks.all]),
            "menu.appearance": self._submenu("Appearance", [self.actions_[f"view.{name}"] for name in Appearance]),
        }
        self.actions_.fill(self.menuBar(), extra_actions={"edit.undo": undo, "edit.redo": redo}, submenus=submenus)

    def _submenu(self, title: str, actions: Iterable[QAction]) -> QMenu:
        menu = QMenu(title, self)
        menu.addActions(list(actions))
        menu.setToolTipsVisible(True)
        return menu

    def _connect_actions(self) -> None:
        canvas = self.canvas.view
        own = {
            "quit": self.close,
            "canvas.zoom_in": canvas.zoom_in,
            "canvas.zoom_out": canvas.zoom_out,
            "canvas.fit": canvas.fit,
            "space.show": self._show_space,
            "space.roll": self._roll_plane,
            "view.reset": self.docks.reset,
            **{f"view.{name}": lambda name=name: self._choose_appearance(name) for name in Appearance},
        }
        commands = {**self.commands.by_action(), **self.point_commands.by_action(), **self.board_commands.by_action()}
        commands.update(self.export_commands.by_action())
        self.actions_.bind({**commands, **self.sweep_commands.by_action(), **own})
        for name in (*CANVAS_ARRANGEMENTS, *TOOLS.values()):  # also where another tab is looked at
            self.actions_[name].triggered.connect(lambda _=False: self.tabs.setCurrentWidget(self.canvas))
        preferences = self.lab.preferences
        self.actions_["view.smooth"].toggled.connect(lambda on: preferences.change(smooth_images=on))
        self.actions_["view.blur_flagged"].toggled.connect(lambda on: preferences.change(blur_flagged=on))
        self.actions_["canvas.recognition"].toggled.connect(lambda on: preferences.change(shows_recognition=on))
        self.actions_["brain.compile"].toggled.connect(self.lab.opener.choose_compiling)
        self.actions_["render.live"].toggled.connect(self.lab.live.set_enabled)
        self.actions_["seed.lock"].toggled.connect(self.lab.settings.set_seed_locked)
        self.actions_["help.try"].toggled.connect(self._show_things_to_try)
        self.actions_["help.try"].triggered.connect(lambda on: self.tabs.setCurrentWidget(self.canvas) if on else None)
        self.tabs.currentChanged.connect(self._place_things_to_try)

    def _connect_panels(self) -> None:
        lab = self.lab
        lab.message.connect(self.messages.show_message)
        lab.first_start.connect(lambda: self.actions_["help.try"].setChecked(True))
        lab.preferences.changed.connect(self._take_preferences)
        lab.live.enabled_changed.connect(self._take_live)
        lab.settings.seed_lock_changed.connect(self.actions_["seed.lock"].setChecked)
        lab.session.changed.connect(self._update_title)
        lab.brain.info_changed.connect(self._update_title)
        lab.brain.anatomy_changed.connect(self._refresh_things_to_try)
        lab.comparison.tiles_changed.connect(self._take_arrangement)
        lab.workload.changed.connect(self._take_work)
        self.appearance.changed.connect(self.brain_map.set_theme)
        self.appearance.changed.connect(self.lesion_panel.set_theme)
        self.try_strip.chosen.connect(self._try_out)
        self.try_strip.dismissed.connect(lambda: self.actions_["help.try"].setChecked(False))
        self.brain_map.module_opened.connect(self._open_module)
        self.sweep_panel.result_opened.connect(self._open_result)
        self.sweep_panel.csv_wanted.connect(self.sweep_commands.export_csv)
        lab.playback.shown.connect(self._open_result)
        lab.sweeps.changed.connect(self._take_sweep)
        self.space_panel.tile_opened.connect(self._open_place)
        self.space_panel.recipe_opened.connect(self._open_recipe)
        self.space_panel.islands.save_wanted.connect(self.island_commands.save)
        self.space_panel.walk.strip_wanted.connect(self.walk_commands.save_strip)
        self.space_panel.walk.animation_wanted.connect(self.walk_commands.save_animation)
        self.canvas.view.menu_requested.connect(self._open_tile_menu)
        self.canvas.view.tile_opened.connect(self._open_tile)
        self.actions_["seed.lock"].setChecked(lab.settings.seed_locked)
        self._take_live(lab.live.enabled)
        self._take_arrangement()
        self._take_work()

    def _filtered(self) -> list[int]:
        """Numbers of the renders that the session strip shows, newest first."""
        return list(self.strip.filtered.numbers)

    # Following the models

    def _take_preferences(self) -> None:
        settings = self.lab.preferences.settings
        self.actions_["view.smooth"].setChecked(settings.smooth_images)
        self.actions_["view.blur_flagged"].setChecked(settings.blur_flagged)
        self.actions_[f"view.{settings.appearance}"].setChecked(True)
        self.actions_["brain.compile"].setChecked(settings.compile_passes)
        self.actions_["recogniser.own"].setEnabled(bool(self.lab.opener.recogniser))
        self.actions_["canvas.recognition"].setChecked(settings.shows_recognition)
        self.canvas.set_smooth(settings.smooth_images)
        self.canvas.set_blurs_flagged(settings.blur_flagged)
        self.canvas.view.set_wants_bars(settings.shows_recognition)
        fill_recent(self._recent_sessions, settings.recent_sessions, self.lab.open_session)
        fill_recent(self._recent_brains, settings.recent_brains, self.commands.open_brain_at)

    def _take_live(self, enabled: bool) -> None:
        self.actions_["render.live"].setChecked(enabled)
        self.lab.preferences.change(live=enabled)

    def _take_arrangement(self) -> None:
        self.actions_[ARRANGEMENT_ACTIONS[self.lab.comparison.arrangement]].setChecked(True)
        number = len(self.lab.comparison.tiles)
        self.actions_["canvas.grid"].setIconText(f"Grid {number}" if number else "Grid")

    def _take_work(self) -> None:
        self.actions_["render.cancel"].setEnabled(self.lab.workload.is_rendering)

    def _update_title(self) -> None:
        parts = [self.lab.session.name, self.lab.brain.info.name if self.lab.brain.info else "", "AlienLab"]
        self.setWindowTitle(" – ".join(part for part in parts if part))

    def _choose_appearance(self, name: str) -> None:
        self.appearance.choose(Appearance(name))
        self.lab.preferences.change(appearance=StoredAppearance(name))

    # Things to try

    def _show_things_to_try(self, shown: bool) -> None:
        if shown:
            self._refresh_things_to_try()
        self._place_things_to_try()

    def _place_things_to_try(self) -> None:
        """They stand below the canvas, where their images appear; other pages have the room for themselves."""
        wanted = self.actions_["help.try"].isChecked()
        self.try_strip.setVisible(wanted and self.tabs.currentWidget() is self.canvas)

    def _refresh_things_to_try(self) -> None:
        self.try_strip.show_experiments(self.lab.experiments())

    def _try_out(self, experiment: Experiment) -> None:
        self.lab.try_out(experiment)

    # Sweeps

    def _take_sweep(self) -> None:
        """A sweep that begins is shown; one that is recalled waits in its tab."""
        if self.lab.sweeps.is_running:
            self.tabs.setCurrentWidget(self.sweep_panel)

    def _open_result(self, result: Result) -> None:
        if self.lab.sweep_display.show(result):
            self.tabs.setCurrentWidget(self.canvas)

    def _open_module(self, path: str) -> None:
        """From the painted map, look at what the brain imagines without a module."""
        if self.lab.sweep_display.show_module(path):
            self.tabs.setCurrentWidget(self.canvas)

    # Concept space

    def _show_space(self) -> None:
        self.tabs.setCurrentWidget(self.space_panel)
        self.space_panel.take_focus()

    def _roll_plane(self) -> None:
        self.space_panel.show_page(self.space_panel.plane)
        self._show_space()
        self.lab.space.choice.roll()

    def _open_place(self, address: Address) -> None:
        if self.lab.space.opener.open(address):
            self.tabs.setCurrentWidget(self.canvas)

    def _open_recipe(self, recipe: DiffusionRecipe) -> None:
        if self.lab.space.opener.show(recipe):
            self.tabs.setCurrentWidget(self.canvas)

    # Tiles

    def _open_tile(self, key: str) -> None:
        """From the grid, look at a tile beside its intact one; in the pair, see it whole."""
        if self.lab.comparison.arrangement is Arrangement.GRID and key in self.lab.comparison:
            self.commands.open_tile(key)
        else:
            self.canvas.view.fit()

    def _open_tile_menu(self, key: str, position: QPoint) -> None:
        tile = self.lab.comparison.get(key)
        menu = tile_menu(tile, self.commands, self.point_commands, self.board_commands, self)
        self.lab_tab.commands.image_menu(tile.image if tile else None, menu)
        menu.addSeparator()
        menu.addAction(self.actions_["canvas.fit"])
        menu.popup(position)

    # Coming and going

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.lab.preferences.settings.window_state:
            self.docks.share_out()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything finished is on disk already, and there is nothing to ask unless the disk is full."""
        if not may_close(self.lab.archive, self._dialogs):
            event.ignore()
            return
        self.lab_tab.come_back()
        geometry = self.saveGeometry().toBase64().toStdString()
        self.lab.preferences.change(window_geometry=geometry, window_state=self.docks.state())
        self.hide()
        self.log_panel.finish()
        self.strip.finish()
        self.lab.close()
        self.sweep_panel.finish()
        super().closeEvent(event)

    def _restore_layout(self) -> None:
        settings = self.lab.preferences.settings
        if settings.window_geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.window_geometry.encode()))
        self.docks.restore(settings.window_state)
