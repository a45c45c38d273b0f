"""The panel of a sweep's results: what wall, table and plots show, and what clicks on them say."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from alienlab.app.sweeps.columns import SEVERITY
from alienlab.app.sweeps.results_model import Criteria, SweepResults
from alienlab.domain.anatomy import Anatomy, Kind
from alienlab.domain.effects import THRESHOLDS, Effect, Measures, Scale, Verdict, Yardsticks
from alienlab.domain.events import Image
from alienlab.domain.lesions import Operation, Treatment
from alienlab.domain.space.walks import evenly
from alienlab.domain.sweeps.kinds import doses, knockouts, line, progressive, prompts, seeds
from alienlab.domain.sweeps.orders import Order
from alienlab.domain.sweeps.results import Result, collapse, curve
from alienlab.domain.sweeps.sweep import Axis, Sweep, Trial
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.sweeps.grouping import Grouping
from alienlab.ui.sweeps.plot_data import PlotKind, plot_of, plots_for
from alienlab.ui.sweeps.results_panel import NO_SWEEP, Page, ResultsPanel
from alienlab.ui.sweeps.wall import SIDES, WAITING
from alienlab.ui.sweeps.wall_layout import GAP, MARGIN
from alienlab.ui.theme import DARK, LIGHT, Appearance
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.recipes import make_recipe

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
PATIENCE_MS = 60_000
YARDSTICKS = Yardsticks(
    floor_perceptual=0.03, floor_structural=0.05, spread_perceptual=0.3, spread_structural=0.6, seeds=4
)
NOISE = Treatment(Operation.NOISE, amount=0.1)


def effect_of(*, perceptual: float | None = 0.0, cat: float = 0.98, noise: float = 0.2) -> Effect:
    def measures(distance: float | None, probability: float, likeness: float) -> Measures:
        structural = 0.0 if distance is None else 2 * distance
        return Measures(
            perceptual=distance,
            ssim=1.0 - min(1.5, structural),
            pixel=0.0,
            latent_cosine=1.0,
            concepts=(("cat", probability),),
            nothing=0.01,
            noise=likeness,
            flatness=0.1,
        )

    return Effect(measures(perceptual, cat, noise), measures(0.0, 0.98, 0.2), YARDSTICKS)


def any_effect(trial: Trial) -> Effect:
    """The same for the same trial; a tenth of them noise."""
    chance = random.Random(trial.label)
    return effect_of(perceptual=chance.random() * 0.5, noise=0.9 if chance.random() < 0.1 else 0.2)


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return unet_anatomy()


def sweep_of(*axes: Axis) -> Sweep:
    return Sweep(id=" ".join(axis.kind for axis in axes), title="a sweep", base=make_recipe(), axes=axes)


def rows_of(sweep: Sweep, anatomy: Anatomy, effect: Callable[[Trial], Effect | None] = any_effect) -> list[Result]:
    rows = []
    for trial in sweep.trials():
        module = next((module for module in anatomy if module.path == trial.module), None)
        measured = effect(trial)
        depth = None if module is None else float(module.depth)
        rows.append(Result(trial, f"key of {trial.label}", measured, measured is not None, "", module, depth))
    return rows


def colour_of(key: str) -> tuple[int, int, int]:
    chance = random.Random(key)
    return chance.randrange(256), chance.randrange(256), chance.randrange(256)


def image(key: str) -> Image:
    return np.full((96, 96, 3), colour_of(key), dtype=np.uint8)


@pytest.fixture
def model(qapp: QApplication) -> SweepResults:
    return SweepResults()


@pytest.fixture
def appearance(qapp: QApplication) -> AppearanceSwitch:
    return AppearanceSwitch(qapp, Appearance.DARK)


@pytest.fixture
def panel(qtbot: QtBot, model: SweepResults, appearance: AppearanceSwitch) -> Iterator[ResultsPanel]:
    widget = ResultsPanel(model, appearance)
    qtbot.addWidget(widget)
    widget.resize(780, 560)
    with qtbot.waitExposed(widget):
        widget.show()
    yield widget
    widget.finish()


@pytest.fixture
def opened(panel: ResultsPanel) -> list[Result]:
    found: list[Result] = []
    panel.result_opened.connect(found.append)
    return found


@pytest.fixture
def hovered(panel: ResultsPanel) -> list[Result | None]:
    found: list[Result | None] = []
    panel.result_hovered.connect(found.append)
    return found


def show(model: SweepResults, sweep: Sweep, rows: Sequence[Result]) -> None:
    model.show(sweep, rows, image=image, title=sweep.title)


@pytest.fixture
def atlas(model: SweepResults, panel: ResultsPanel, anatomy: Anatomy) -> list[Result]:
    """Each of the 391 modules knocked out, and measured."""
    sweep = sweep_of(knockouts(anatomy))
    rows = rows_of(sweep, anatomy)
    show(model, sweep, rows)
    return rows


def shows_image(panel: ResultsPanel, number: int) -> bool:
    """Whether the tile shows the image of its own result."""
    tile = panel.wall.tile_rect(number)
    pixel = panel.wall.viewport().grab().toImage().pixelColor(tile.left() + tile.width() // 2, tile.top() + 10)
    return pixel == QColor(*colour_of(panel.wall.results[number].key))


def pixel_at(widget: QWidget, spot: QPoint) -> QColor:
    return widget.grab().toImage().pixelColor(spot)


# The wall


def test_the_wall_has_a_tile_for_each_trial_in_order(panel: ResultsPanel, atlas: list[Result], qtbot: QtBot) -> None:
    assert list(panel.wall.results) == atlas and len(panel.wall.results) == 391
    columns = (panel.wall.viewport().width() - 2 * MARGIN + GAP) // (64 + GAP)
    for number in (0, columns - 1, columns, columns + 3):
        tile = panel.wall.tile_rect(number)
        assert tile.left() == MARGIN + (number % columns) * (64 + GAP)
        assert tile.top() == MARGIN + (number // columns) * (64 + 4 + GAP)
    qtbot.waitUntil(lambda: shows_image(panel, 0) and shows_image(panel, columns + 1))


def test_the_line_beneath_an_image_has_the_colour_of_its_verdict(panel: ResultsPanel, atlas: list[Result]) -> None:
    for number in range(20):
        effect = atlas[number].effect
        assert effect is not None
        under = panel.wall.tile_rect(number).bottomLeft() + QPoint(20, -1)
        assert pixel_at(panel.wall.viewport(), under) == QColor(DARK.verdicts[effect.verdict])


def test_a_click_opens_the_result_of_the_tile(
    panel: ResultsPanel, atlas: list[Result], opened: list[Result], hovered: list[Result | None]
) -> None:
    viewport = panel.wall.viewport()
    columns = (viewport.width() - 2 * MARGIN + GAP) // (64 + GAP)
    spot = QPoint(MARGIN + 2 * (64 + GAP) + 30, MARGIN + 3 * (64 + 4 + GAP) + 30)
    QTest.mouseMove(viewport, spot)
    QTest.mouseClick(viewport, LEFT, NONE, spot)
    assert opened == hovered == [atlas[3 * columns + 2]]
    QTest.mouseClick(viewport, LEFT, NONE, QPoint(MARGIN + 64 + 1, MARGIN + 30))
    assert len(opened) == 1
    QTest.mousePress(viewport, LEFT, NONE, spot)
    QTest.mouseRelease(viewport, LEFT, NONE, spot + QPoint(64 + GAP, 0))
    assert len(opened) == 1
    QTest.mouseMove(viewport, QPoint(2, 2))
    assert hovered[-1] is None and len(hovered) <= 4


def test_keys_walk_over_the_wall_and_enter_opens(
    panel: ResultsPanel, atlas: list[Result], opened: list[Result]
) -> None:
    wall = panel.wall
    columns = (wall.viewport().width() - 2 * MARGIN + GAP) // (64 + GAP)
    QTest.keyClick(wall, Qt.Key.Key_Return)
    assert not opened
    for key, place in (
        (Qt.Key.Key_Right, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, columns + 1),
        (Qt.Key.Key_Left, columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 390),
    ):
        QTest.keyClick(wall, key)
        assert wall.current is atlas[place]
    assert wall.viewport().rect().contains(wall.tile_rect(390))
    QTest.keyClick(wall, Qt.Key.Key_Enter)
    assert opened == [atlas[390]]
    QTest.keyClick(wall, Qt.Key.Key_Home)
    QTest.keyClick(wall, Qt.Key.Key_PageDown)
    assert wall.current is not None and wall.current is not atlas[0]
    assert wall.viewport().rect().contains(wall.tile_rect(atlas.index(wall.current)))


def test_tiles_grow_and_shrink_around_the_pointer(panel: ResultsPanel, atlas: list[Result], qtbot: QtBot) -> None:
    wall = panel.wall
    wall.verticalScrollBar().setValue(600)
    number = next(place for place in range(391) if wall.tile_rect(place).top() > 100)
    spot = wall.tile_rect(number).center()
    turn(wall.viewport(), spot, 120)
    assert wall.side == 80 and abs(wall.tile_rect(number).center().y() - spot.y()) < 4
    turn(wall.viewport(), spot, 60)
    assert wall.side == 80
    turn(wall.viewport(), spot, 60)
    assert wall.side == 96
    for _ in range(12):
        QTest.keyClick(wall, Qt.Key.Key_Minus)
    assert wall.side == SIDES[0] == 32 and not panel.wall_controls.smaller.isEnabled()
    for _ in range(12):
        QTest.mouseClick(panel.wall_controls.larger, LEFT)
    assert wall.side == SIDES[-1] == 192 and not panel.wall_controls.larger.isEnabled()
    before = wall.verticalScrollBar().value()
    turn(wall.viewport(), spot, -120, NONE)
    assert wall.side == 192 and wall.verticalScrollBar().value() > before


def turn(
    widget: QWidget, spot: QPoint, angle: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier
) -> None:
    there = QPointF(widget.mapToGlobal(spot))
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(
        QPointF(spot), there, QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton, modifiers, phase, False
    )
    QApplication.sendEvent(widget, event)


def test_images_come_as_the_sweep_runs_and_the_wall_stays_where_it_is(
    panel: ResultsPanel, model: SweepResults, anatomy: Anatomy, qtbot: QtBot
) -> None:
    sweep = sweep_of(knockouts(anatomy))
    show(model, sweep, rows_of(sweep, anatomy, lambda trial: None))
    assert panel.count.text() == "0 of 391 rendered" and panel.wall.notice == WAITING
    assert len(panel.wall.results) == 391 and not panel.export.isEnabled()
    tile = panel.wall.tile_rect(3)
    assert pixel_at(panel.wall.viewport(), tile.topLeft() + QPoint(20, 20)) == QColor(DARK.surface)
    assert pixel_at(panel.wall.viewport(), tile.topLeft() + QPoint(20, 0)) == QColor(DARK.line)
    panel.wall.verticalScrollBar().setValue(500)
    some = {f"key of {path}" for path in anatomy.paths[::3]}
    model.update(rows_of(sweep, anatomy, lambda t: any_effect(t) if f"key of {t.label}" in some else None))
    qtbot.waitUntil(lambda: sum(result.is_rendered for result in panel.wall.results) == 131)
    assert panel.count.text() == "131 of 391 rendered" and panel.export.isEnabled() and panel.wall.notice == ""
    assert panel.wall.verticalScrollBar().value() == 500
    first = next(place for place in range(0, 391, 3) if panel.wall.tile_rect(place).top() > 0)
    qtbot.waitUntil(lambda: shows_image(panel, first))


def test_the_wall_follows_the_order_of_the_table(
    panel: ResultsPanel, model: SweepResults, atlas: list[Result], qtbot: QtBot
) -> None:
    controls = panel.wall_controls
    controls.order.setCurrentIndex(controls.order.findData("spreads"))
    strongest = sorted(atlas, key=lambda row: -(row.effect.spreads or 0.0) if row.effect else 0.0)
    qtbot.waitUntil(lambda: list(panel.wall.results) == strongest)
    assert panel.table.horizontalHeader().sortIndicatorSection() == model.column("spreads")
    assert panel.table.model().index(0, 0).data() == strongest[0].trial.label
    QTest.mouseClick(controls.direction, LEFT)
    qtbot.waitUntil(lambda: panel.wall.results[-1] is strongest[0])
    panel.table.sortByColumn(model.column("depth"), Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: panel.wall.results[0].depth == min(row.depth or 0.0 for row in atlas))
    assert controls.order.currentData() == "depth"
    controls.order.setCurrentIndex(0)
    qtbot.waitUntil(lambda: list(panel.wall.results) == atlas)


# Groups


def test_groups_by_verdict_hold_each_result_once(panel: ResultsPanel, atlas: list[Result], qtbot: QtBot) -> None:
    panel.wall_controls.choose(Grouping.VERDICT)
    groups = panel.wall.groups
    expected = [verdict for verdict in SEVERITY if any(verdict_of(row) is verdict for row in atlas)]
    assert [group.verdict for group in groups] == expected
    for group in groups:
        assert list(group.results) == [row for row in atlas if verdict_of(row) is group.verdict]
    top = panel.wall.tile_rect(0).top()
    assert top > 30
    swatch = pixel_at(panel.wall.viewport(), QPoint(MARGIN + 6, top - GAP - 12))
    assert groups[0].verdict is not None and swatch == QColor(DARK.verdicts[groups[0].verdict])
    second = panel.wall.tile_rect(len(groups[0].results))
    last = panel.wall.tile_rect(len(groups[0].results) - 1)
    assert second.left() == MARGIN and second.top() > last.bottom() + 30


def verdict_of(row: Result) -> Verdict | None:
    return None if row.effect is None else row.effect.verdict


def test_groups_by_region_follow_the_network(panel: ResultsPanel, atlas: list[Result], anatomy: Anatomy) -> None:
    panel.wall_controls.choose(Grouping.REGION)
    groups = {group.heading: [row.trial.module for row in group.results] for group in panel.wall.groups}
    assert list(groups) == [
        "time_embedding",
        "top",
        *(f"down_blocks.{block}" for block in range(4)),
        "mid_block",
        *(f"up_blocks.{block}" for block in range(4)),
    ]
    assert groups["mid_block"] == list(anatomy.within("mid_block"))
    assert groups["top"] == ["conv_in", "conv_norm_out", "conv_out"]


def test_families_are_asked_for_and_shown_with_their_pictures(
    panel: ResultsPanel, atlas: list[Result], qtbot: QtBot
) -> None:
    wanted: list[tuple[str, ...]] = []
    panel.embeddings_wanted.connect(wanted.append)
    assert panel.wall_controls.grouping.findData(Grouping.FAMILY) < 0
    panel.set_offers_families(True)
    panel.wall_controls.choose(Grouping.FAMILY)
    assert wanted == [tuple(row.key for row in atlas)] and panel.wall.notice
    random_ = np.random.default_rng(1)
    cluster = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2]
    embeddings = {
        row.key: np.eye(16)[cluster[at % 10]] + random_.normal(size=16) * 0.05 for at, row in enumerate(atlas[:390])
    }
    panel.set_embeddings(embeddings)
    qtbot.waitUntil(lambda: len(panel.wall.groups) == 4, timeout=PATIENCE_MS)
    assert [len(group.results) for group in panel.wall.groups] == [195, 117, 78, 1]
    assert panel.wall.groups[3].results == (atlas[390],) and not panel.wall.notice
    assert list(panel.wall.groups[1].results) == [row for at, row in enumerate(atlas[:390]) if cluster[at % 10] == 1]
    assert all(group.representative in {row.key for row in group.results} for group in panel.wall.groups[:3])
    assert len(wanted) == 1


def test_two_axes_make_a_grid(
    panel: ResultsPanel, model: SweepResults, anatomy: Anatomy, opened: list[Result], qtbot: QtBot
) -> None:
    sweep = sweep_of(seeds([7, 8, 9, 10]), doses(NOISE, evenly(0, 1, 11), pattern="mid_block.*"))
    rows = rows_of(sweep, anatomy)
    show(model, sweep, rows)
    assert panel.wall_controls.chosen is Grouping.GRID
    first = panel.wall.tile_rect(0)
    for number, row in enumerate(rows):
        tile = panel.wall.tile_rect(number)
        down, across = row.trial.place
        assert tile.left() - first.left() == across * (64 + GAP) and tile.top() - first.top() == down * (64 + 4 + GAP)
    assert first.left() > 40 and first.top() > 20
    viewport = panel.wall.viewport()
    QTest.mouseClick(viewport, LEFT, NONE, first.center() + QPoint(2 * (64 + GAP), 3 * (64 + 4 + GAP)))
    assert [row.trial.place for row in opened] == [(3, 2)]
    QTest.keyClick(panel.wall, Qt.Key.Key_Up)
    assert panel.wall.current is not None and panel.wall.current.trial.place == (2, 2)
    panel.wall.horizontalScrollBar().setValue(panel.wall.horizontalScrollBar().maximum())
    assert panel.wall.tile_rect(10).right() < viewport.width()
    QTest.mouseClick(viewport, LEFT, NONE, QPoint(10, first.center().y()))
    assert len(opened) == 1
    panel.filtered.set_criteria(Criteria(words=("seed", "9")))
    qtbot.waitUntil(lambda: len(panel.wall.results) < len(rows))
    kept = {row.trial.place: number for number, row in enumerate(panel.wall.results)}
    assert panel.wall.tile_rect(kept[2, 0]).top() - first.top() == 2 * (64 + 4 + GAP)


def test_series_of_a_progressive_sweep_are_groups(panel: ResultsPanel, model: SweepResults, anatomy: Anatomy) -> None:
    sweep = sweep_of(progressive(anatomy, orders=[(Order.RANDOM, 1), (Order.DEPTH, 0)], steps=8))
    show(model, sweep, rows_of(sweep, anatomy))
    assert [(group.heading, len(group.results)) for group in panel.wall.groups] == [("random 1", 9), ("depth first", 9)]
    offered = [panel.wall_controls.grouping.itemData(at) for at in range(panel.wall_controls.grouping.count())]
    assert offered == [Grouping.SERIES, Grouping.NONE, Grouping.VERDICT]


# Filter


def test_chips_count_and_filter(panel: ResultsPanel, atlas: list[Result], qtbot: QtBot) -> None:
    chips = panel.filter_bar.chips
    counts = {verdict: sum(verdict_of(row) is verdict for row in atlas) for verdict in Verdict}
    qtbot.waitUntil(lambda: chips.buttons[Verdict.NOISE].isVisible())
    for verdict, button in chips.buttons.items():
        assert button.isVisible() is (counts[verdict] > 0)
        if counts[verdict]:
            assert button.text().endswith(str(counts[verdict]))
            assert THRESHOLDS.explain(verdict) in button.toolTip()
    QTest.mouseClick(chips.buttons[Verdict.NOISE], LEFT)
    qtbot.waitUntil(lambda: len(panel.wall.results) == counts[Verdict.NOISE])
    QTest.mouseClick(chips.buttons[Verdict.ALTERED], LEFT)
    both = counts[Verdict.NOISE] + counts[Verdict.ALTERED]
    qtbot.waitUntil(lambda: len(panel.wall.results) == both)
    assert panel.count.text() == f"{both} of 391 shown"
    assert chips.buttons[Verdict.NUANCE].text().endswith(str(counts[Verdict.NUANCE]))
    QTest.mouseClick(panel.filter_bar.clear, LEFT)
    qtbot.waitUntil(lambda: len(panel.wall.results) == 391)
    assert not any(button.isChecked() for button in chips.buttons.values()) and panel.count.text() == "391 images"


def test_words_kind_region_and_depth_filter(
    panel: ResultsPanel, atlas: list[Result], anatomy: Anatomy, qtbot: QtBot
) -> None:
    bar = panel.filter_bar
    qtbot.waitUntil(lambda: bar.kinds.count() == 4)

    def shown() -> list[str]:
        return [str(result.trial.module) for result in panel.filtered.results()]

    QTest.keyClicks(bar.words, "attn2 to_k")
    assert shown() == [path for path in anatomy.paths if "attn2" in path and "to_k" in path]
    noise = [row for row in atlas if "attn2" in row.trial.label and "to_k" in row.trial.label]
    assert sum(int(button.text().split()[-1]) for button in bar.chips.buttons.values() if button.isVisible()) == len(
        noise
    )
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    bar.kinds.setCurrentIndex(bar.kinds.findData(Kind.CONV))
    assert shown() == [module.path for module in anatomy if module.kind is Kind.CONV]
    bar.regions.setCurrentIndex(bar.regions.findText("up_blocks.3"))
    assert shown() == [path for path in anatomy.within("up_blocks.3") if anatomy[path].kind is Kind.CONV]
    depths = [anatomy[path].depth for path in shown()]
    bar.least.setValue(depths[2])
    bar.most.setValue(depths[4])
    assert shown() == [
        path
        for path in anatomy.within("up_blocks.3")
        if anatomy[path].kind is Kind.CONV and depths[2] <= anatomy[path].depth <= depths[4]
    ]
    QTest.mouseClick(bar.clear, LEFT)
    assert len(shown()) == 391 and bar.kinds.currentIndex() == bar.regions.currentIndex() == 0
    assert bar.least.value() == bar.least.minimum() and bar.most.value() == bar.most.maximum()


def test_what_meets_no_criteria_says_so_and_can_be_cleared(
    panel: ResultsPanel, atlas: list[Result], qtbot: QtBot
) -> None:
    QTest.keyClicks(panel.filter_bar.words, "nowhere")
    assert not panel.wall.isVisible() and panel.show_all.isVisible()
    QTest.mouseClick(panel.show_all, LEFT)
    assert panel.wall.isVisible() and panel.filter_bar.words.text() == ""


def test_modules_are_not_asked_for_where_there_are_none(
    panel: ResultsPanel, model: SweepResults, anatomy: Anatomy, qtbot: QtBot
) -> None:
    sweep = sweep_of(seeds(range(12)))
    show(model, sweep, rows_of(sweep, anatomy))
    qtbot.waitUntil(lambda: not panel.filter_bar.kinds.isVisible())
    panel.show_page(Page.TABLE)
    assert panel.table.isColumnHidden(model.column("depth")) and not panel.table.isColumnHidden(model.column("ssim"))


# The table


def test_rows_of_the_table_open_and_tell(
    panel: ResultsPanel, model: SweepResults, atlas: list[Result], opened: list[Result], hovered: list[Result | None]
) -> None:
    panel.show_page(Page.TABLE)
    table = panel.table
    spot = table.visualRect(table.model().index(4, 0)).center()
    QTest.mouseMove(table.viewport(), spot)
    QTest.mouseClick(table.viewport(), LEFT, NONE, spot)
    assert opened == [atlas[4]] and hovered[-1] is atlas[4]
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [atlas[4], atlas[5]]
    cell = table.model().index(4, model.column("verdict"))
    assert cell.data() == str(verdict_of(atlas[4])) and atlas[4].trial.label in cell.data(Qt.ItemDataRole.ToolTipRole)


def test_the_table_shows_pictures_and_verdicts(panel: ResultsPanel, atlas: list[Result], qtbot: QtBot) -> None:
    panel.show_page(Page.TABLE)
    table = panel.table
    row = table.visualRect(table.model().index(2, 0))
    spot = QPoint(row.left() + 14, row.center().y())
    qtbot.waitUntil(lambda: pixel_at(table.viewport(), spot) == QColor(*colour_of(atlas[2].key)))


# Plots


def dot_colour(panel: ResultsPanel, number: int) -> QColor:
    return pixel_at(panel.plots.view, panel.plots.view.point_of(number))


def test_points_stand_at_their_depth_in_the_colour_of_their_verdict(panel: ResultsPanel, atlas: list[Result]) -> None:
    panel.show_page(Page.PLOTS)
    plot = panel.plots.view.plot
    assert panel.plots.kind is PlotKind.DEPTH and plot is not None
    expected = {(row.depth, row.effect.spreads) for row in atlas if row.effect is not None}
    assert {(dot.x, dot.y) for dot in plot.dots} == expected and len(plot.dots) == 391
    assert plot.y_title == "Effect (seed spreads)" and "modules from the latent" in plot.x_title
    assert [(guide.name, guide.value) for guide in plot.guides] == [
        ("numerical floor 0.1", pytest.approx(0.1)),
        ("seed spread 1", 1.0),
    ]
    strongest = max(range(391), key=lambda number: plot.dots[number].y)
    verdict = verdict_of(plot.dots[strongest].result)
    assert verdict is not None and dot_colour(panel, strongest) == QColor(DARK.verdicts[verdict])


def test_a_point_shows_its_image_and_opens(
    panel: ResultsPanel, atlas: list[Result], opened: list[Result], hovered: list[Result | None], qtbot: QtBot
) -> None:
    panel.show_page(Page.PLOTS)
    view = panel.plots.view
    settle(panel, qtbot)
    number = lone_dot(panel)
    result, spot = view.dots[number].result, view.point_of(number)
    QTest.mouseMove(view.viewport(), spot + QPoint(3, 2))
    qtbot.waitUntil(view.card.isVisible)
    assert hovered == [result] and view.rect().contains(view.card.geometry())
    assert result.trial.label in view.card.text and str(verdict_of(result)) in view.card.text
    middle = view.card.picture.geometry().center()
    qtbot.waitUntil(lambda: pixel_at(view.card, middle) == QColor(*colour_of(result.key)))
    QTest.mouseClick(view.viewport(), LEFT, NONE, spot)
    assert opened == [result]
    QTest.mouseMove(view.viewport(), QPoint(2, 2))
    qtbot.waitUntil(lambda: not view.card.isVisible())
    assert hovered == [result, None]


def settle(panel: ResultsPanel, qtbot: QtBot) -> None:
    """Axes take their room when they are painted, with the next events."""
    view = panel.plots.view

    def stays() -> bool:
        before = view.point_of(0)
        view.grab()
        QApplication.processEvents()
        return view.point_of(0) == before

    qtbot.waitUntil(lambda: stays() and stays())


def lone_dot(panel: ResultsPanel) -> int:
    """A point that is far from all others."""
    view = panel.plots.view
    spots = [view.point_of(number) for number in range(len(view.dots))]

    def room(number: int) -> int:
        return min((spots[number] - spot).manhattanLength() for at, spot in enumerate(spots) if at != number)

    return max(range(len(spots)), key=room)


def test_keys_walk_from_point_to_point(panel: ResultsPanel, atlas: list[Result], opened: list[Result]) -> None:
    panel.show_page(Page.PLOTS)
    view = panel.plots.view
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Return)
    from_left = sorted(view.dots, key=lambda dot: (dot.x, dot.y))
    assert opened == [from_left[1].result] and view.card.isVisible()


def test_boxes_have_the_quartiles_of_their_kind(panel: ResultsPanel, atlas: list[Result], anatomy: Anatomy) -> None:
    panel.show_page(Page.PLOTS)
    panel.plots.choose(PlotKind.KINDS, Scale.PERCEPTUAL)
    plot = panel.plots.view.plot
    assert plot is not None and [name for _, name in plot.ticks] == ["conv, 98", "linear, 184", "norm, 109"]
    for box in plot.boxes:
        values = sorted(
            row.effect.measures.perceptual or 0.0
            for row in atlas
            if row.effect is not None and row.module is not None and row.module.kind is box.kind
        )
        assert box.count == len(values) and box.median == pytest.approx(float(np.median(values)))
        assert sum(value <= box.quartiles[0] for value in values) == pytest.approx(len(values) / 4, abs=1)
        assert all(
            abs(dot.x - box.x) < 0.32 for dot in plot.dots if dot.result.module and dot.result.module.kind is box.kind
        )


def kept_until(count: float) -> Callable[[Trial], Effect]:
    """The concept is lost from so many modules on; noise from 300 on."""

    def effect(trial: Trial) -> Effect:
        number = trial.values[0].number
        cat = 0.9 if number < count else 0.1
        return effect_of(perceptual=0.5 * (1 - math.exp(-number / 80)), cat=cat, noise=0.9 if number > 300 else 0.2)

    return effect


def test_a_damage_curve_equals_the_data_and_marks_the_collapse(
    panel: ResultsPanel, model: SweepResults, anatomy: Anatomy
) -> None:
    sweep = sweep_of(progressive(anatomy, orders=[(Order.RANDOM, 1)], steps=10))
    rows = rows_of(sweep, anatomy, kept_until(150))
    show(model, sweep, rows)
    panel.show_page(Page.PLOTS)
    plot = panel.plots.view.plot
    assert panel.plots.kind is PlotKind.DAMAGE and plot is not None and len(plot.curves) == 1
    assert [(dot.x, dot.y) for dot in plot.curves[0].dots] == list(curve(rows, Scale.SPREADS))
    assert plot.curves[0].collapse == collapse(curve(rows, Scale.KEPT)) == 156
    view = panel.plots.view
    place = next(number for number, dot in enumerate(view.dots) if dot.x == 156)
    column = view.point_of(place).x()
    image_ = view.grab().toImage()
    marked = [image_.pixelColor(column + step, y) for step in (-1, 0, 1) for y in range(60, 300)]
    assert sum(colour.blue() > colour.red() + 60 for colour in marked) > 40
    panel.plots.choose(PlotKind.DAMAGE, Scale.KEPT)
    plot = panel.plots.view.plot
    assert plot is not None and [(dot.x, dot.y) for dot in plot.curves[0].dots] == list(curve(rows, Scale.KEPT))
    assert [guide.value for guide in plot.guides] == [0.5]


def test_series_are_curves_of_their_own(panel: ResultsPanel, model: SweepResults, anatomy: Anatomy) -> None:
    sweep = sweep_of(progressive(anatomy, orders=[(Order.RANDOM, 1), (Order.DEPTH, 0)], steps=10))
    early, late = kept_until(60), kept_until(230)
    show(model, sweep, rows_of(sweep, anatomy, lambda t: (early if t.values[0].series == "random 1" else late)(t)))
    panel.show_page(Page.PLOTS)
    plot = panel.plots.view.plot
    assert plot is not None
    assert [(one.name, one.collapse) for one in plot.curves] == [("random 1", 78), ("depth first", 235)]


def test_a_dose_response_has_its_unit_and_yardsticks(
    panel: ResultsPanel, model: SweepResults, anatomy: Anatomy
) -> None:
    sweep = sweep_of(doses(NOISE, evenly(0, 0.2, 11), pattern="mid_block.*"))
    rows = rows_of(sweep, anatomy, lambda trial: effect_of(perceptual=2 * trial.values[0].number))
    show(model, sweep, rows)
    panel.show_page(Page.PLOTS)
    panel.plots.choose(PlotKind.DOSE, Scale.PERCEPTUAL)
    view = panel.plots.view
    plot = view.plot
    assert plot is not None and plot.x_title == "Dose (%)" and plot.x_factor == 100
    assert [(dot.x, dot.y) for dot in plot.curves[0].dots] == [
        (pytest.approx(0.02 * step), pytest.approx(0.04 * step)) for step in range(11)
    ]
    assert [guide.name for guide in plot.guides] == ["numerical floor 0.03", "seed spread 0.3"]
    spots = [view.point_of(number) for number in range(11)]
    assert all(after.x() > before.x() and after.y() < before.y() for before, after in itertools.pairwise(spots))


@pytest.mark.parametrize(
    ("axes", "expected"),
    [
        (lambda anatomy: [knockouts(anatomy)], [PlotKind.DEPTH, PlotKind.KINDS]),
        (lambda anatomy: [knockouts(anatomy, by_region=True)], [PlotKind.TRIALS]),
        (lambda anatomy: [progressive(anatomy, orders=[(Order.DEPTH, 0)], steps=4)], [PlotKind.DAMAGE]),
        (lambda anatomy: [doses(NOISE, [0.1, 0.2])], [PlotKind.DOSE]),
        (lambda anatomy: [line("a cat", "a dog", [0.0, 0.5, 1.0])], [PlotKind.LINE]),
        (lambda anatomy: [seeds([1, 2, 3])], [PlotKind.TRIALS]),
        (lambda anatomy: [prompts(["a cat", "a dog"])], [PlotKind.TRIALS]),
        (lambda anatomy: [seeds([1, 2]), doses(NOISE, [0.1, 0.2])], [PlotKind.DOSE]),
    ],
)
def test_each_sweep_has_the_plots_that_say_something_of_it(
    anatomy: Anatomy, axes: Callable[[Anatomy], list[Axis]], expected: list[PlotKind]
) -> None:
    sweep = sweep_of(*axes(anatomy))
    rows = rows_of(sweep, anatomy)
    assert list(plots_for(sweep, rows)) == expected
    for kind in expected:
        for scale in Scale:
            plot = plot_of(kind, sweep, rows, scale)
            assert len(plot.dots) == len(rows) and plot.x_title and plot.y_title


def test_plots_follow_the_sweep_and_keep_what_is_zoomed(
    panel: ResultsPanel, model: SweepResults, anatomy: Anatomy, qtbot: QtBot
) -> None:
    sweep = sweep_of(knockouts(anatomy))
    show(model, sweep, rows_of(sweep, anatomy, lambda trial: None))
    panel.show_page(Page.PLOTS)
    view = panel.plots.view
    assert not view.isVisible() and "Nothing is measured yet" in panel.plots.notice.text()
    some = set(anatomy.paths[:100])
    model.update(rows_of(sweep, anatomy, lambda trial: any_effect(trial) if trial.label in some else None))
    qtbot.waitUntil(lambda: view.isVisible() and len(view.dots) == 100)
    turn(view.viewport(), view.rect().center(), 240, NONE)
    zoomed = view.viewRange()
    model.update(rows_of(sweep, anatomy))
    qtbot.waitUntil(lambda: len(view.dots) == 391)
    assert view.viewRange() == zoomed
    QTest.keyClick(view, Qt.Key.Key_F)
    assert view.viewRange() != zoomed and view.viewRange()[1][0] <= 0.0


def test_a_scale_that_nothing_is_measured_on_says_so(
    panel: ResultsPanel, model: SweepResults, anatomy: Anatomy
) -> None:
    sweep = sweep_of(seeds(range(5)))
    show(model, sweep, rows_of(sweep, anatomy, lambda trial: effect_of(perceptual=None)))
    panel.show_page(Page.PLOTS)
    panel.plots.choose(PlotKind.TRIALS, Scale.PERCEPTUAL)
    assert not panel.plots.view.isVisible() and "Nothing is measured on this scale" in panel.plots.notice.text()


# The panel


def test_without_a_sweep_the_panel_says_what_to_do(panel: ResultsPanel, model: SweepResults, atlas) -> None:
    model.show(None, [], image=image, title="")
    assert panel.notice.isVisible() and panel.notice.text() == NO_SWEEP
    assert not panel.filter_bar.isVisible() and not panel.export.isEnabled() and panel.count.text() == ""


def test_pages_are_turned_by_tabs_and_keys(panel: ResultsPanel, atlas: list[Result], qtbot: QtBot) -> None:
    views = {Page.WALL: panel.wall, Page.TABLE: panel.table, Page.PLOTS: panel.plots}
    for page in (Page.TABLE, Page.PLOTS, Page.WALL):
        QTest.mouseClick(panel.tabs[page], LEFT)
        assert panel.page is page and [view.isVisible() for view in views.values()] == [one is page for one in Page]
    panel.activateWindow()
    panel.wall.setFocus()
    QTest.keyClick(panel.wall, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: panel.page is Page.TABLE)


def test_export_is_asked_for(panel: ResultsPanel, atlas: list[Result], qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.csv_wanted):
        QTest.mouseClick(panel.export, LEFT)


def test_another_sweep_begins_without_filter_and_order(
    panel: ResultsPanel, model: SweepResults, atlas: list[Result], anatomy: Anatomy, qtbot: QtBot
) -> None:
    QTest.keyClicks(panel.filter_bar.words, "attn1")
    panel.filtered.sort(model.column("spreads"), Qt.SortOrder.DescendingOrder)
    sweep = sweep_of(seeds(range(12)))
    rows = rows_of(sweep, anatomy)
    show(model, sweep, rows)
    qtbot.waitUntil(lambda: list(panel.wall.results) == rows)
    assert panel.filter_bar.words.text() == ""
    assert panel.wall_controls.order.currentIndex() == 0


def test_both_themes_are_worn(panel: ResultsPanel, atlas: list[Result], appearance: AppearanceSwitch) -> None:
    appearance.choose(Appearance.LIGHT)
    try:
        assert pixel_at(panel.wall.viewport(), QPoint(3, 3)) == QColor(LIGHT.surface)
        panel.show_page(Page.PLOTS)
        assert pixel_at(panel.plots.view, QPoint(2, 2)) == QColor(LIGHT.surface)
    finally:
        appearance.choose(Appearance.DARK)


def test_every_control_says_what_it_does(panel: ResultsPanel, atlas: list[Result], qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: panel.filter_bar.kinds.count() == 4)
    for page in Page:
        panel.show_page(page)
        controls: list[QWidget] = [
            *panel.findChildren(QToolButton),
            *panel.findChildren(QComboBox),
            *panel.findChildren(QSpinBox),
        ]
        shown = [one for one in controls if one.isVisible() and not isinstance(one.parent(), QLineEdit)]
        assert len(shown) > 8 and all(control.toolTip() and control.accessibleName() for control in shown)


@pytest.mark.parametrize("width", [500, 640, 780, 1100])
def test_nothing_is_cut_off(panel: ResultsPanel, atlas: list[Result], qtbot: QtBot, width: int) -> None:
    panel.resize(width, 560)
    qtbot.waitUntil(lambda: panel.width() == width and panel.filter_bar.kinds.count() == 4)

    def is_whole() -> bool:
        buttons: list[QWidget] = [*panel.filter_bar.chips.buttons.values(), *panel.findChildren(QComboBox)]
        shown = [one for one in buttons if one.isVisible()]
        return all(
            one.width() >= min(one.sizeHint().width(), one.maximumWidth())
            and panel.rect().contains(one.rect().translated(one.mapTo(panel, QPoint())))
            for one in shown
        )

    for page in Page:
        panel.show_page(page)
        qtbot.waitUntil(is_whole)
