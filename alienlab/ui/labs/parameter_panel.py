"""Sets the parameters of a laboratory."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alienlab.app.labs.bench import LabBench
from alienlab.app.labs.images import KeptImage, LabImages
from alienlab.domain.laboratories.parameters import Parameter, ParameterKind, Value
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.labs.editors.editor import Editor
from alienlab.ui.labs.editors.lesions_editor import LesionsEditor
from alienlab.ui.labs.editors.material_editor import MaterialEditor
from alienlab.ui.labs.editors.number_editor import NumberEditor
from alienlab.ui.labs.editors.place_editor import PlaceEditor
from alienlab.ui.labs.editors.word_editors import ChoiceEditor, SwitchEditor, TextEditor

_EDITORS = {
    ParameterKind.NUMBER: NumberEditor,
    ParameterKind.WHOLE: NumberEditor,
    ParameterKind.SWITCH: SwitchEditor,
    ParameterKind.CHOICE: ChoiceEditor,
    ParameterKind.TEXT: TextEditor,
    ParameterKind.POINT: PlaceEditor,
    ParameterKind.BOX: PlaceEditor,
    ParameterKind.LESIONS: LesionsEditor,
}


class ParameterPanel(QWidget):
    """An editor for each parameter of the laboratory; those that the experiment uses are seen."""

    network_wanted = Signal(str, bool)
    """Whether the network is to be seen, and for which parameter of kind lesions."""

    def __init__(self, bench: LabBench, images: LabImages, dialogs: Dialogs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._images, self._dialogs = bench, images, dialogs
        self.editors: dict[str, Editor] = {one.id: self._made(one) for one in bench.laboratory.parameters}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for editor in self.editors.values():
            column.addWidget(editor)
        bench.experiment_changed.connect(self._take_experiment)
        bench.value_changed.connect(self._take_value)
        images.came.connect(self._take_image)
        for id_ in self.editors:
            self._take_value(id_)
        self._take_experiment()

    def set_value(self, id_: str, value: Value) -> None:
        """As if the user had entered it. Raises KeyError for an unknown parameter."""
        self.editors[id_].enter(value)

    def finish(self) -> None:
        """Take what is being typed."""
        for editor in self.editors.values():
            editor.finish()

    def _made(self, parameter: Parameter) -> Editor:
        if parameter.kind.is_material:
            editor = MaterialEditor(parameter, self._images.load)
            editor.choose_wanted.connect(lambda: self._choose(editor))
            editor.file_given.connect(lambda path: self._images.keep_file(editor, path))
        else:
            editor = _EDITORS[parameter.kind](parameter)
        if isinstance(editor, LesionsEditor):
            editor.network_wanted.connect(lambda on: self.network_wanted.emit(parameter.id, on))
        editor.changed.connect(lambda value: self._bench.change(parameter.id, value))
        return editor

    def _choose(self, editor: MaterialEditor) -> None:
        parameter, start = editor.parameter, Path.home()
        title = f"Choose {parameter.name[:1].lower()}{parameter.name[1:]}"
        match parameter.kind:
            case ParameterKind.FOLDER | ParameterKind.BRAIN:
                chosen = self._dialogs.folder(title, start)
            case ParameterKind.IMAGE:
                chosen = self._dialogs.any_image(title, start)
            case _:
                chosen = self._dialogs.any_file(title, start)
        if chosen is not None:
            editor.take(chosen)

    def _take_image(self, asker: object, kept: KeptImage) -> None:
        for editor in self.editors.values():
            if editor is asker:
                editor.enter(kept.material)

    def _take_experiment(self) -> None:
        used = set(self._bench.experiment.parameters)
        for id_, editor in self.editors.items():
            editor.setVisible(id_ in used)

    def _take_value(self, id_: str) -> None:
        self.editors[id_].show_value(self._bench.values[id_])
