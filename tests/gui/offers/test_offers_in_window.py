"""Exporters, measures, sweeps, operations and recognisers of a plugin, used in the window."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from alienlab.app.sweeps.measured_scale import MeasuredScale
from alienlab.domain.effects import Scale
from alienlab.domain.events import PluginBroke
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.sweeps.sweep import Kind
from alienlab.ui.brain_map.colours import colouring_of
from alienlab.ui.brain_map.marks import marks_on
from alienlab.ui.main_window import MainWindow
from alienlab.ui.sweeps.plot_data import PlotKind, plot_of
from alienlab.ui.sweeps.results_panel import Page
from alienlab.ui.theme import OFFERED_MARK
from tests.gui.conftest import PATIENCE_MS, Answers

MENUS = ("menu.exporters", "menu.recognisers", "menu.offered_sweeps")


def entries(menu: QMenu) -> dict[str, QAction]:
    return {action.text(): action for action in menu.actions()}


def menu(window: MainWindow, name: str) -> QMenu:
    found = window.findChild(QMenu, name)
    assert isinstance(found, QMenu)
    return found


def wait_for_transfer(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.lab.transfers.transfer is None, timeout=PATIENCE_MS)


def start_sweep(qtbot: QtBot, window: MainWindow, *, n: int = 100) -> None:
    entries(menu(window, "menu.offered_sweeps"))["Every nth module…"].trigger()
    dialog = window.offers.commands.dialog
    assert dialog is not None
    dialog.editors["n"].enter(n)
    QTest.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    sweeps = window.lab.sweeps
    qtbot.waitUntil(lambda: sweeps.sweep is not None and f"(n {n})" in sweeps.sweep.title, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not sweeps.is_running, timeout=PATIENCE_MS)


def test_an_exporter_writes_what_the_strip_shows(
    qtbot: QtBot, offering_window: MainWindow, offering_answers: Answers, tmp_path: Path
) -> None:
    offering_answers.file_answer = tmp_path / "renders.txt"
    entries(menu(offering_window, "menu.exporters"))["List of captions…"].trigger()
    dialog = offering_window.offers.commands.dialog
    assert dialog is not None
    dialog.editors["title"].enter("My renders")
    QTest.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    wait_for_transfer(qtbot, offering_window)
    lines = (tmp_path / "renders.txt").read_text().splitlines()
    records = offering_window.lab.log.records
    assert lines[0] == "My renders"
    assert [line.split()[0] for line in lines[1:]] == [record.recipe_id[:12] for record in reversed(records)]
    assert [path.name for path in tmp_path.iterdir()] == ["renders.txt"]


@pytest.mark.parametrize("name", ["Half…", "None…"])
def test_an_exporter_that_fails_leaves_the_file_as_it_was(
    qtbot: QtBot, offering_window: MainWindow, offering_answers: Answers, tmp_path: Path, name: str
) -> None:
    offering_answers.file_answer = tmp_path / "renders.txt"
    (tmp_path / "renders.txt").write_text("before")
    entries(menu(offering_window, "menu.exporters"))[name].trigger()
    qtbot.waitUntil(lambda: not offering_window.lab.plugins.shelf.is_on("bad-offers"), timeout=PATIENCE_MS)
    wait_for_transfer(qtbot, offering_window)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("renders.txt", "before")]
    assert "bad-offers" in offering_window.lab.plugins.shelf.failed["bad-offers"]
    assert name not in entries(menu(offering_window, "menu.exporters"))
    (told,) = offering_window.messages.texts
    assert told.endswith("The plugin bad-offers is switched off for this session.")


def test_an_exporter_takes_what_is_selected_in_the_log(
    qtbot: QtBot, offering_window: MainWindow, offering_answers: Answers, tmp_path: Path
) -> None:
    window, file = offering_window, tmp_path / "renders.txt"
    offering_answers.file_answer = file
    log = window.log_panel
    window.tabs.setCurrentWidget(log)
    qtbot.waitUntil(lambda: log.rows.rowCount() >= 2, timeout=PATIENCE_MS)
    newest = log.rows.numbers[0]
    log.chosen.choose(newest)
    entries(menu(window, "menu.exporters"))["List of captions…"].trigger()
    dialog = window.offers.commands.dialog
    assert dialog is not None
    assert dialog.note == "It takes 1 render: what is selected in the log."
    QTest.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    wait_for_transfer(qtbot, window)
    _, line = file.read_text().splitlines()
    assert line.startswith(log.selected()[0].recipe_id[:12])
    qtbot.waitUntil(lambda: f"1 render exported as {file}." in window.messages.texts)
    window.tabs.setCurrentWidget(window.canvas)


def test_a_sweep_is_made_measured_and_written_as_a_table(
    qtbot: QtBot, offering_window: MainWindow, offering_answers: Answers, tmp_path: Path
) -> None:
    window, sweeps = offering_window, offering_window.lab.sweeps
    start_sweep(qtbot, window)
    assert sweeps.sweep is not None
    anatomy = window.lab.brain.anatomy
    assert anatomy is not None
    assert sweeps.sweep.kind is Kind.PLUGIN
    assert [value.module for value in sweeps.sweep.axes[0].values] == list(anatomy.paths[::100])
    painting = window.lab.map_paint.painting
    assert painting is not None
    assert set(painting.effects) == set(anatomy.paths[::100])
    measures = window.sweep_panel.results.measures
    assert measures.isVisibleTo(window.sweep_panel)
    entries(measures.measures)["Redder"].trigger()
    model = window.sweep_panel.model
    qtbot.waitUntil(lambda: model.column("measure:every-offer/redder") >= 0, timeout=PATIENCE_MS)
    column = model.column("measure:every-offer/redder")
    intact = sweeps.image(sweeps.sweep.base.intact.computation_id(anatomy))
    assert intact is not None
    expected = []
    for result in sweeps.results():
        image = sweeps.image(result.key)
        assert image is not None
        expected.append(float(image[..., 0].mean() - intact[..., 0].mean()))
    assert list(model.sort_keys(column)) == pytest.approx(expected)
    check_map(qtbot, window, dict(zip(anatomy.paths[::100], expected, strict=True)))
    assert model.headerData(column, Qt.Orientation.Horizontal) == "Redder, of 255"
    plots = window.sweep_panel.results.plots
    window.tabs.setCurrentWidget(window.sweep_panel)
    window.sweep_panel.results.show_page(Page.PLOTS)
    plots.choose(PlotKind.DEPTH, "measure:every-offer/redder")
    assert sorted(dot.y for dot in plot_of(PlotKind.DEPTH, sweeps.sweep, sweeps.results(), plots.scale).dots) == (
        pytest.approx(sorted(expected))
    )
    offering_answers.file_answer = tmp_path / "table.csv"
    window.actions_["sweep.csv"].trigger()
    qtbot.waitUntil((tmp_path / "table.csv").exists, timeout=PATIENCE_MS)
    rows = list(csv.DictReader((tmp_path / "table.csv").read_text().splitlines()))
    assert [float(row["measure:every-offer/redder"]) for row in rows] == pytest.approx(expected)


def test_the_new_sweep_dialog_doses_operations_and_leads_to_sweeps_of_plugins(
    qtbot: QtBot, offering_window: MainWindow
) -> None:
    window = offering_window
    window.actions_["sweep.new"].trigger()
    dialog = window.sweep_commands.dialog
    assert dialog is not None
    dialog.cards.choose(Kind.DOSE)
    field = dialog.first.dose
    choices = [field.operation.itemText(index) for index in range(field.operation.count())]
    assert "Reverse" in choices
    assert "Shuffle" not in choices, "it takes no amount"
    field.operation.setCurrentIndex(choices.index("Reverse"))
    assert (field.lowest.text(), field.highest.text()) == ("0", "1")
    assert field.seed.isHidden()
    field.number.setValue(3)
    base, anatomy = window.lab.sweep_display.base(), window.lab.brain.anatomy
    assert base is not None
    assert anatomy is not None
    axis = dialog.first.wish.to_axis(base, anatomy)
    assert [str(value.lesions[0]) for value in axis.values] == [
        f"*:every-offer/reverse={amount}" for amount in ("0", "0.5", "1")
    ]
    assert [value.label for value in axis.values] == [f"every-offer/reverse {amount}" for amount in ("0", "0.5", "1")]
    field.operation.setCurrentIndex(choices.index("Scale"))
    assert field.highest.text() == "200 %"
    (action,) = [one for one in dialog.cards.offered.menu().actions() if one.text() == "Every nth module…"]
    action.trigger()
    asked = window.offers.commands.dialog
    assert dialog.isHidden()
    assert asked is not None
    assert asked.windowTitle() == "Every nth module"
    asked.reject()


def check_map(qtbot: QtBot, window: MainWindow, expected: dict[str, float]) -> None:
    """The map is painted by the measure, from the least that it declares to the most."""
    bar, paint = window.brain_map.effects, window.lab.map_paint
    qtbot.waitUntil(lambda: bar.scales.findText("Redder") >= 0, timeout=PATIENCE_MS)
    bar.scales.activated.emit(bar.scales.findText("Redder"))
    scale = paint.scale
    assert isinstance(scale, MeasuredScale)
    assert scale.values == pytest.approx(expected)
    assert (scale.low, scale.high) == (-255.0, 255.0)
    gradient = colouring_of({}, scale, window.appearance.theme).gradient
    assert gradient is not None
    assert gradient.share(0.0) == pytest.approx(0.5)
    paint.show(None)
    assert paint.scale is Scale.SPREADS


@pytest.mark.parametrize("name", ["Raises", "Word"])
def test_a_measure_that_fails_is_switched_off(qtbot: QtBot, offering_window: MainWindow, name: str) -> None:
    window = offering_window
    if window.lab.sweeps.sweep is None:
        start_sweep(qtbot, window, n=200)
    measures = window.sweep_panel.results.measures
    entries(measures.measures)[name].trigger()
    qtbot.waitUntil(lambda: not window.lab.plugins.shelf.is_on("bad-offers"), timeout=PATIENCE_MS)
    wait_for_transfer(qtbot, window)
    assert list(entries(measures.measures)) == ["Redder"]
    assert window.sweep_panel.model.column(f"measure:bad-offers/{name.lower()}") == -1


def test_a_sweep_that_is_none_is_named(qtbot: QtBot, offering_window: MainWindow) -> None:
    before = offering_window.lab.sweeps.sweep
    entries(menu(offering_window, "menu.offered_sweeps"))["Strange…"].trigger()
    qtbot.waitUntil(lambda: not offering_window.lab.plugins.shelf.is_on("bad-offers"), timeout=PATIENCE_MS)
    assert "strange gave no list" in offering_window.lab.plugins.shelf.failed["bad-offers"]
    assert offering_window.lab.sweeps.sweep is before


def test_the_selection_is_lesioned_with_an_operation_of_a_plugin(qtbot: QtBot, offering_window: MainWindow) -> None:
    window, lab = offering_window, offering_window.lab
    panel = window.lesion_panel
    lab.selection.replace(["conv_in"])
    assert panel.more.isVisibleTo(panel)
    entries(panel.more.operations)["Reverse"].trigger()
    assert [str(spec) for spec in lab.lesions.active] == ["conv_in:every-offer/reverse=0.5"]
    assert panel.editor.offered.isVisibleTo(panel.editor)
    assert not panel.editor.scale.isVisibleTo(panel.editor)
    assert not panel.editor.seed.isEnabled()
    panel.editor.offered.slider.setValue(250)
    assert [str(spec) for spec in lab.lesions.active] == ["conv_in:every-offer/reverse=0.25"]
    assert lab.brain.anatomy is not None
    assert marks_on(lab.brain.anatomy, lab.lesions.active) == {"conv_in": OFFERED_MARK}
    lab.undo_stack.undo()
    panel.editor.seed.setValue(9)
    entries(panel.more.operations)["Shuffle"].trigger()
    assert str(lab.lesions.active[-1]) == "conv_in:every-offer/shuffle@9"
    assert panel.editor.no_amount.isVisibleTo(panel.editor)
    panel.editor.seed.setValue(11)
    assert str(lab.lesions.active[-1]) == "conv_in:every-offer/shuffle@11"
    lab.lesions.replace_all([LesionSpec.parse("conv_in:scale=0.5")])
    panel.list.choose(0)
    assert panel.editor.scale.isVisibleTo(panel.editor)
    qtbot.waitUntil(lambda: not lab.renders.is_busy, timeout=PATIENCE_MS)


def test_a_lesion_of_a_plugin_that_is_off_stays_as_it_is(offering_window: MainWindow) -> None:
    panel, lab = offering_window.lesion_panel, offering_window.lab
    lab.lesions.replace_all([LesionSpec.parse("conv_in:every-offer/reverse=0.3;weights")])
    lab.plugins.switch("every-offer", on=False)
    panel.list.choose(0)
    assert not panel.editor.offered.isVisibleTo(panel.editor)
    assert "switched off" in panel.editor.no_amount.text()
    panel.editor.weights_only.setChecked(False)
    assert [str(spec) for spec in lab.lesions.active] == ["conv_in:every-offer/reverse=0.3"]
    assert "Reverse" not in entries(panel.more.operations)


def test_a_lesion_that_is_written_without_its_amount_takes_the_declared_one(offering_window: MainWindow) -> None:
    search, lab = offering_window.brain_map.search.field, offering_window.lab
    search.setText("conv_in:every-offer/reverse")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert [str(spec) for spec in lab.lesions.active] == ["conv_in:every-offer/reverse=0.5"]
    search.clear()


def test_a_recogniser_is_chosen_from_the_menu(offering_window: MainWindow) -> None:
    entries(menu(offering_window, "menu.recognisers"))["Brightness"].trigger()
    assert offering_window.lab.opener.recogniser == "every-offer/brightness"
    offering_window.actions_["recogniser.own"].trigger()


def test_plugins_that_are_off_offer_nothing(offering_window: MainWindow) -> None:
    window = offering_window
    for plugin in ("every-offer", "bad-offers"):
        window.lab.plugins.switch(plugin, on=False)
    for name in MENUS:
        assert not menu(window, name).menuAction().isVisible()
    assert not window.lesion_panel.more.isVisibleTo(window.lesion_panel)
    assert not window.sweep_panel.results.measures.isVisibleTo(window.sweep_panel.results)


def test_a_plugin_that_breaks_in_the_engine_is_left_alone(qtbot: QtBot, offering_window: MainWindow) -> None:
    lab = offering_window.lab
    lab.generation.happened.emit(PluginBroke(0, "bad-offers", "The plugin bad-offers made a mistake."))
    qtbot.waitUntil(lambda: not lab.plugins.shelf.is_on("bad-offers"), timeout=PATIENCE_MS)
