"""Makes lesions of the selection, and edits those that there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.lesion_list import LesionList
from alienlab.app.lesion_model import LesionModel
from alienlab.app.open_brain import OpenBrain
from alienlab.app.selection import Selection
from alienlab.domain.laboratories.declarations import LesionOperation
from alienlab.domain.lesions import AnyOperation, LesionSpec, Operation, PluginOperation, Treatment
from alienlab.domain.patterns import patterns_for
from alienlab.ui.icons import Icon, themed
from alienlab.ui.lesion_view import LesionView
from alienlab.ui.offers.more_operations import MoreOperations
from alienlab.ui.selection_card import SelectionCard
from alienlab.ui.theme import Theme
from alienlab.ui.treatment_editor import TreatmentEditor

_SIDE_BY_SIDE_FROM = 540
"""Pixels of width; a narrower panel puts the list below the tools."""

_MARGIN = 8


class LesionPanel(QWidget):
    """The selection card, the operations with their amounts, and the list of lesions."""

    def __init__(
        self,
        brain: OpenBrain,
        selection: Selection,
        lesions: LesionList,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._brain = brain
        self._selection = selection
        self._lesions = lesions
        self.setProperty("role", "panel")
        self.card = SelectionCard(brain, selection)
        self.editor = TreatmentEditor(theme)
        self._model = LesionModel(lesions, self)
        self.list = LesionView(self._model, theme)
        self._make_actions()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self._take_anatomy()
        self._take_lesions()

    def sizeHint(self) -> QSize:
        return QSize(640, 236)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._tools.minimumSize().width() + 2 * _MARGIN, self._columns.minimumSize().height())

    @property
    def knock_out_button(self) -> QPushButton:
        return self.buttons[Operation.ZERO]

    @property
    def menu_actions(self) -> tuple[QAction, ...]:
        """Everything done to the selection and the list, for the window's menus; shortcuts work without it."""
        return (*self._operations.values(), self.remove_action, self.clear_action)

    def set_theme(self, theme: Theme) -> None:
        self.list.set_theme(theme)
        self.editor.set_theme(theme)
        icons = {
            self.buttons[Operation.RANDOMIZE]: Icon.RANDOMIZE,
            self.buttons[Operation.SCALE]: Icon.SCALE,
            self.buttons[Operation.NOISE]: Icon.NOISE,
            self.remove_action: Icon.REMOVE,
            self.clear_action: Icon.CLEAR,
            self._undo: Icon.UNDO,
            self._redo: Icon.REDO,
        }
        for bearer, icon in icons.items():
            bearer.setIcon(themed(icon, theme))
        self.knock_out_button.setIcon(themed(Icon.KNOCK_OUT, theme, theme.on_danger))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _SIDE_BY_SIDE_FROM
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def set_offered(self, operations: Sequence[LesionOperation]) -> None:
        """What plugins can do to weights, beside AlienLab's own operations."""
        self.editor.set_offered(operations)
        self.more.offer(operations)

    def lesion(self, operation: AnyOperation) -> None:
        """Add a lesion of the whole selection, by the fewest patterns, and choose it for editing."""
        anatomy = self._brain.anatomy
        if anatomy is None or not self._selection.paths:
            return
        treatment = self.editor.treatment(operation)
        specs = [LesionSpec(pattern, treatment) for pattern in patterns_for(self._selection.paths, anatomy)]
        if not treatment.operation.takes_amount:
            # Doing these once more would change nothing.
            specs = [spec for spec in specs if spec not in self._lesions.active]
        self._lesions.add(specs)
        if specs:
            self.list.choose(len(self._lesions.entries) - 1)

    # Setting up

    def _make_actions(self) -> None:
        act = self._action
        self._operations = {
            Operation.ZERO: act("Knock out", "K", "Set all weights of the selection to zero", Operation.ZERO),
            Operation.RANDOMIZE: act(
                "Randomize", "R", "Replace the weights by noise of the same mean and spread", Operation.RANDOMIZE
            ),
            Operation.SCALE: act("Scale", "S", "Multiply the weights of the selection", Operation.SCALE),
            Operation.NOISE: act("Noise", "N", "Mix noise into the weights of the selection", Operation.NOISE),
        }
        self.remove_action = self._plain_action("Remove lesions", "Remove the chosen lesions (Del)", self._remove)
        self.clear_action = self._plain_action("Clear all lesions", "Remove all lesions; can be undone", self._clear)
        stack = self._lesions.undo_stack
        self._undo = stack.createUndoAction(self, "Undo")
        self._redo = stack.createRedoAction(self, "Redo")

    def _action(self, text: str, shortcut: str, tip: str, operation: Operation) -> QAction:
        action = self._plain_action(text, f"{tip} ({shortcut})", lambda: self.lesion(operation))
        action.setShortcut(QKeySequence(shortcut))
        self.addAction(action)
        return action

    def _plain_action(self, text: str, tip: str, run: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setToolTip(tip)
        action.triggered.connect(lambda: run())
        return action

    def _make_buttons(self) -> None:
        self.buttons = {operation: _push_button(action) for operation, action in self._operations.items()}
        self.knock_out_button.setProperty("variant", "danger")
        self.more = MoreOperations()
        self.more.chosen.connect(lambda one: self.lesion(PluginOperation(one.plugin, one.id)))
        self._list_buttons = [
            _tool_button(action) for action in (self._undo, self._redo, self.remove_action, self.clear_action)
        ]
        self._title = QLabel("Lesions")

    def _lay_out(self) -> None:
        operations = QHBoxLayout()
        operations.setSpacing(4)
        for operation, button in self.buttons.items():
            operations.addWidget(button, 3 if operation is Operation.ZERO else 2)
        self._tools = tools = QVBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.card)
        tools.addLayout(operations)
        tools.addWidget(self.editor)
        self.editor.head.insertWidget(1, self.more)
        tools.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._title, 1)
        for button in self._list_buttons:
            head.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(head)
        right.addWidget(self.list, 1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._columns.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)
        self._columns.setSpacing(12)
        self._columns.addLayout(tools, 1)
        self._columns.addLayout(right, 1)

    def _connect(self) -> None:
        self._brain.anatomy_changed.connect(self._take_anatomy)
        self._selection.changed.connect(self._take_selection)
        self._lesions.changed.connect(self._take_lesions)
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(lambda row: self._selection.replace(self._model.matches(row)))
        self.list.removal_wanted.connect(self._remove)
        self.editor.edited.connect(self._edit)
        self.editor.settled.connect(self._lesions.settle)

    # Following the models

    def _take_anatomy(self) -> None:
        self._model.set_anatomy(self._brain.anatomy)
        self._take_selection()

    def _take_selection(self) -> None:
        some = bool(self._selection.paths) and self._brain.anatomy is not None
        for action in self._operations.values():
            action.setEnabled(some)
        self.more.setEnabled(some)
        self.list.set_invitation(
            "Press Knock out (K) to silence what is selected."
            if some
            else "Click a module on the map, then knock it out."
        )

    def _take_lesions(self) -> None:
        number = len(self._lesions.entries)
        self._title.setText(f"Lesions  {number}" if number else "Lesions")
        self.clear_action.setEnabled(number > 0)
        self._show_chosen(self.list.chosen_row)

    def _show_chosen(self, row: int) -> None:
        entries = self._lesions.entries
        self.editor.show_treatment(entries[row].spec.treatment if 0 <= row < len(entries) else None)
        self.remove_action.setEnabled(bool(self.list.selected_rows))

    # What the user does to the list

    def _edit(self, treatment: Treatment) -> None:
        row = self.list.chosen_row
        if 0 <= row < len(self._lesions.entries):
            self._lesions.set_treatment(row, treatment)

    def _remove(self) -> None:
        self._lesions.remove(self.list.selected_rows)

    def _clear(self) -> None:
        self._lesions.clear()


def _push_button(action: QAction) -> QPushButton:
    """A button that does what the action does, and is enabled when it is."""
    button = QPushButton(action.text())
    button.setProperty("density", "tight")
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    return button


def _tool_button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAccessibleName(action.text())
    button.setProperty("variant", "quiet")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
