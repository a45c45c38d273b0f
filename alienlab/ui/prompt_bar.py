"""What is imagined: prompt, noise seed, steps, guidance; more settings on a second line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, QStringListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QCompleter,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from superqt import QLargeIntSpinBox

from alienlab.app.open_brain import OpenBrain
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.workload import Workload
from alienlab.domain.recipe import MAX_GUIDANCE, MAX_NOISE_SEED, MAX_SIDE, MAX_STEPS
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.icons import Icon, themed

_UNKNOWN_GUIDANCE = -1.0


class PromptBar(QWidget):
    """Edits PromptSettings. ``actions`` are the window's, by id."""

    def __init__(
        self,
        settings: PromptSettings,
        *,
        brain: OpenBrain,
        workload: Workload,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._brain = brain
        self._workload = workload
        self._appearance = appearance
        self._actions = actions
        self._build_editors()
        self._more = self._build_more_button()
        self._second_line = self._build_second_line()
        self._render = _action_button(actions["render.start"], "primary", Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._cancel = _action_button(actions["render.cancel"], "", Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for button in (self._render, self._cancel):
            button.setFixedWidth(100)  # the one takes the other's place without moving the rest
        self._lay_out()
        self._connect()
        self._take_brain()
        self._take_values()
        self._take_work()
        self._dress()

    def _build_editors(self) -> None:
        self.prompt = QLineEdit()
        self.prompt.setPlaceholderText("What should the mind imagine?")
        self._known_prompts = QStringListModel(self)
        completer = QCompleter(self._known_prompts, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.prompt.setCompleter(completer)
        self.negative = QLineEdit()
        self.negative.setPlaceholderText("What to keep away from")
        self.seed = QLargeIntSpinBox()
        self.seed.setRange(0, MAX_NOISE_SEED)
        self.steps = QSpinBox()
        self.steps.setRange(0, MAX_STEPS)
        self.steps.setSuffix(" steps")
        self.guidance = QDoubleSpinBox()
        self.guidance.setRange(_UNKNOWN_GUIDANCE, MAX_GUIDANCE)
        self.guidance.setSingleStep(0.5)
        self.guidance.setDecimals(2)
        self.guidance.setPrefix("guidance ")
        self.width_ = _side_box("width ")
        self.height_ = _side_box("height ")
        for box, width in (
            (self.seed, 88),
            (self.steps, 96),
            (self.guidance, 128),
            (self.width_, 128),
            (self.height_, 128),
        ):
            box.setFixedWidth(width)
            box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.scheduler = QComboBox()
        for box in (self.steps, self.guidance, self.width_, self.height_):
            box.setSpecialValueText("–")
        for editor, name, tip in (
            (
                self.prompt,
                "Prompt",
                'What to imagine, or a formula such as = "king" - "man" + "woman"; empty gives the '
                "unconditional image. Enter renders.",
            ),
            (self.negative, "Negative prompt", "What guidance leads away from; it acts where guidance is above 1."),
            (self.seed, "Seed of the noise", "The noise that the image grows from; the same seed, the same noise."),
            (self.steps, "Denoising steps", "How many steps lead from noise to image."),
            (self.guidance, "Guidance", "How strongly the prompt is followed; 1 and below is without guidance."),
            (self.width_, "Width in pixels", "Width of the image."),
            (self.height_, "Height in pixels", "Height of the image."),
            (self.scheduler, "Scheduler", "The rule by which noise is taken away step by step."),
        ):
            editor.setAccessibleName(name)
            editor.setToolTip(tip)

    def _build_more_button(self) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setProperty("variant", "quiet")
        button.setToolTip("Negative prompt, size and scheduler")
        button.setAccessibleName("More settings")
        button.toggled.connect(lambda shown: self._second_line.setVisible(shown))
        return button

    def _build_second_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(_caption("Not"))
        row.addWidget(self.negative, 1)
        for editor in (self.width_, self.height_, self.scheduler):
            row.addWidget(editor)
        line.hide()
        return line

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.prompt, 1)
        seed = QHBoxLayout()
        seed.setSpacing(4)
        seed.addWidget(_caption("seed"))
        seed.addWidget(self.seed)
        for name in ("seed.roll", "seed.lock"):
            seed.addWidget(_action_button(self._actions[name], "quiet", Qt.ToolButtonStyle.ToolButtonIconOnly))
        row.addLayout(seed)
        row.addWidget(self.steps)
        row.addWidget(self.guidance)
        row.addWidget(self._more)
        row.addWidget(_action_button(self._actions["render.live"], "", Qt.ToolButtonStyle.ToolButtonTextBesideIcon))
        row.addWidget(self._render)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._second_line)

    def _connect(self) -> None:
        self._actions["render.start"].triggered.connect(self._commit)
        self.prompt.textChanged.connect(lambda text: self._change(prompt=text))
        self.prompt.returnPressed.connect(self._actions["render.start"].trigger)
        self.negative.textChanged.connect(lambda text: self._change(negative=text))
        self.negative.returnPressed.connect(self._actions["render.start"].trigger)
        self.seed.valueChanged.connect(lambda value: self._change(seed=int(value)))
        self.steps.valueChanged.connect(lambda value: self._change(steps=value))
        self.guidance.valueChanged.connect(lambda value: self._change(guidance=value))
        self.width_.valueChanged.connect(lambda value: self._change(width=self._in_multiples(value)))
        self.height_.valueChanged.connect(lambda value: self._change(height=self._in_multiples(value)))
        self.scheduler.currentIndexChanged.connect(lambda _: self._change(scheduler=self.scheduler.currentData()))
        self._settings.changed.connect(self._take_values)
        self._brain.info_changed.connect(self._take_brain)
        self._workload.changed.connect(self._take_work)
        self._appearance.changed.connect(self._dress)

    def _commit(self) -> None:
        """Take what is being typed and not confirmed yet."""
        self.width_.interpretText()
        self.height_.interpretText()

    def _change(self, **values: str | int | float) -> None:
        self._settings.set_values(replace(self._settings.values, **values))

    def _take_values(self) -> None:
        values = self._settings.values
        editors = (
            self.prompt,
            self.negative,
            self.seed,
            self.steps,
            self.guidance,
            self.width_,
            self.height_,
            self.scheduler,
        )
        # The seed's line edit too: the box would take the keyboard focus at every change of its text.
        blockers = [QSignalBlocker(editor) for editor in (*editors, self.seed.lineEdit())]
        for editor, text in ((self.prompt, values.prompt), (self.negative, values.negative)):
            if editor.text() != text:
                editor.setText(text)
        if self.seed.value() != values.seed:
            self.seed.setValue(values.seed)
        self.steps.setValue(values.steps)
        self.guidance.setValue(values.guidance)
        self.width_.setValue(values.width)
        self.height_.setValue(values.height)
        self._show_scheduler(values.scheduler)
        for editor in (self.steps, self.guidance, self.width_, self.height_, self.scheduler):
            editor.setEnabled(values.steps > 0)
        del blockers

    def _show_scheduler(self, name: str) -> None:
        if name and self.scheduler.findData(name) < 0:
            self.scheduler.addItem(name.removesuffix("Scheduler"), name)
        self.scheduler.setCurrentIndex(self.scheduler.findData(name))

    def _take_brain(self) -> None:
        info = self._brain.info
        if info is None:
            return
        self._known_prompts.setStringList(list(info.prompts))
        blocker = QSignalBlocker(self.scheduler)
        self.scheduler.clear()
        for name in info.schedulers:
            self.scheduler.addItem(name.removesuffix("Scheduler"), name)
        del blocker
        for editor in (self.width_, self.height_):
            editor.setSingleStep(info.size_multiple)
            editor.setToolTip(f"In pixels, a multiple of {info.size_multiple}")
        self._forbid_unknown(smallest_side=info.size_multiple)
        self._take_values()

    def _forbid_unknown(self, *, smallest_side: int) -> None:
        """From now on every value is a number."""
        smallest = {self.steps: 1, self.guidance: 0, self.width_: smallest_side, self.height_: smallest_side}
        for box, minimum in smallest.items():
            blocker = QSignalBlocker(box)
            box.setSpecialValueText("")
            box.setMinimum(minimum)
            del blocker

    def _in_multiples(self, side: int) -> int:
        """The nearest side that the brain can make."""
        info = self._brain.info
        return side if info is None else max(1, round(side / info.size_multiple)) * info.size_multiple

    def _take_work(self) -> None:
        busy = self._workload.is_rendering
        self._render.setVisible(not busy)
        self._cancel.setVisible(busy)

    def _dress(self) -> None:
        self._more.setIcon(themed(Icon.SETTINGS, self._appearance.theme))
        on_accent = self._appearance.theme.on_accent
        self._actions["render.start"].setIcon(themed(Icon.RENDER, self._appearance.theme, on_accent))


def _side_box(prefix: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, MAX_SIDE)
    box.setPrefix(prefix)
    box.setSuffix(" px")
    box.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)
    box.setKeyboardTracking(False)
    return box


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "muted")
    return label


def _action_button(action: QAction, variant: str, style: Qt.ToolButtonStyle) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setProperty("variant", variant)
    button.setToolButtonStyle(style)
    button.setIconSize(QSize(18, 18))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.iconText())
    return button
