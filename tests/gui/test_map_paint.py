"""The brain map painted by effect: what its colours, its legend, its card and its clicks say."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import cmap
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from alienlab.app.lesion_list import LesionList
from alienlab.app.open_brain import OpenBrain
from alienlab.app.selection import Selection
from alienlab.app.sweeps.map_paint import MapPaint, Painting
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.effects import THRESHOLDS, Effect, Measures, Scale, Verdict, Yardsticks
from alienlab.domain.events import Image
from alienlab.domain.lesions import LesionSpec
from alienlab.ui.appearance import apply_theme
from alienlab.ui.brain_map import BrainMap
from alienlab.ui.brain_map.colours import colouring_of, gradient_of, name_on
from alienlab.ui.brain_map.gradient_bar import placed_side_by_side
from alienlab.ui.theme import DARK, LIGHT, Appearance, Theme
from tests.fakes.anatomies import unet_anatomy

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])

STRONG = "mid_block.resnets.0.conv1"
MIDDLING = "mid_block.resnets.0.conv2"
WEAK = "mid_block.resnets.1.conv1"
UNMEASURED = "mid_block.resnets.1.conv2"
YARDSTICKS = Yardsticks(
    floor_perceptual=0.03, floor_structural=0.05, spread_perceptual=0.3, spread_structural=0.6, seeds=4
)
TOP = {Appearance.DARK: 1.0, Appearance.LIGHT: 0.0}
"""Where viridis is farthest from the ground."""


def measures(*, perceptual: float | None = 0.0, cat: float = 0.98, hat: float = 0.9, **others: float) -> Measures:
    values = {"ssim": 1.0, "pixel": 0.0, "noise": 0.2, "flatness": 0.1, "nothing": 0.01, **others}
    return Measures(perceptual=perceptual, latent_cosine=1.0, concepts=(("cat", cat), ("party hat", hat)), **values)


def effect_of(**values: float) -> Effect:
    return Effect(measures(**values), measures(), YARDSTICKS)


def effects() -> dict[str, Effect]:
    """0.03, 1 and 3 seed spreads."""
    return {
        WEAK: effect_of(perceptual=0.01, ssim=0.99),
        MIDDLING: effect_of(perceptual=0.3, ssim=0.7),
        STRONG: effect_of(perceptual=0.9, ssim=0.2, cat=0.06, hat=0.12),
    }


def plain_image(red: int, green: int, blue: int, *, width: int = 96, height: int = 96) -> Image:
    return np.full((height, width, 3), (red, green, blue), dtype=np.uint8)


def painting_of(found: Mapping[str, Effect], *, title: str = "zero · a cat with a party hat · seed 7") -> Painting:
    return Painting(title, found, YARDSTICKS, lambda _: plain_image(200, 40, 40), lambda: plain_image(40, 40, 200))


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return unet_anatomy()


@pytest.fixture
def selection(qapp: QApplication) -> Selection:
    return Selection()


@pytest.fixture
def lesions(qapp: QApplication) -> LesionList:
    return LesionList(QUndoStack(qapp))


@pytest.fixture
def paint(qapp: QApplication) -> MapPaint:
    return MapPaint()


@pytest.fixture
def brain_map(
    qtbot: QtBot, qapp: QApplication, anatomy: Anatomy, selection: Selection, lesions: LesionList, paint: MapPaint
) -> BrainMap:
    brain = OpenBrain()
    brain.set_anatomy(anatomy)
    widget = BrainMap(brain, selection, lesions, apply_theme(qapp, Appearance.DARK), paint=paint)
    qtbot.addWidget(widget)
    widget.resize(640, 560)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def painted(qtbot: QtBot, brain_map: BrainMap, paint: MapPaint) -> BrainMap:
    show(qtbot, brain_map, paint, effects())
    return brain_map


def show(qtbot: QtBot, brain_map: BrainMap, paint: MapPaint, found: Mapping[str, Effect]) -> None:
    paint.show(painting_of(found))
    shown = set(found) & set(brain_map.view.picture.layout.cells)
    qtbot.waitUntil(lambda: set(brain_map.view.picture.paint or ()) == shown)


def pixel(brain_map: BrainMap, path: str) -> QColor:
    return brain_map.view.grab().toImage().pixelColor(brain_map.cell_center(path))


def viridis(share: float) -> QColor:
    return QColor(cmap.Colormap("viridis")(share).hex)


def labels_in_order(brain_map: BrainMap) -> list[tuple[float, float]]:
    return sorted((label.left, label.left + label.width) for label in brain_map.effects.gradient.labels() if label)


# Colours


def test_the_strongest_effect_has_the_last_colour_and_a_spread_two_thirds_of_the_way(painted: BrainMap) -> None:
    assert pixel(painted, STRONG) == viridis(1.0)
    expected = viridis(0.22 + 0.78 * 1.0 / max(1.5, float(np.percentile([1 / 30, 1.0, 3.0], 95))))
    assert close(pixel(painted, MIDDLING), expected)


def close(one: QColor, other: QColor) -> bool:
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(first - second) <= 3 for first, second in parts)


def test_what_is_not_measured_is_hollow(painted: BrainMap) -> None:
    assert pixel(painted, UNMEASURED) == QColor(DARK.surface)
    image, rect = painted.view.grab().toImage(), painted.cell_rect(UNMEASURED)
    edge = [image.pixelColor(x, rect.center().y()) for x in range(rect.left() - 1, rect.left() + 3)]
    assert any(close(colour, QColor(DARK.faint)) for colour in edge)


def test_another_scale_and_verdicts_paint_other_colours(painted: BrainMap, paint: MapPaint, qtbot: QtBot) -> None:
    paint.set_scale(Scale.KEPT)
    qtbot.waitUntil(lambda: close(pixel(painted, MIDDLING), viridis(0.22)))
    assert close(pixel(painted, STRONG), viridis(1.0 - 0.78 * 0.06 / 0.98))
    paint.set_scale(None)
    qtbot.waitUntil(lambda: pixel(painted, WEAK) == QColor(DARK.verdicts[Verdict.NOTHING]))
    assert pixel(painted, MIDDLING) == QColor(DARK.verdicts[Verdict.ANOTHER])
    assert pixel(painted, STRONG) == QColor(DARK.verdicts[Verdict.LOST])


def test_kinds_and_effects_take_turns_without_moving_the_map(
    painted: BrainMap, paint: MapPaint, qtbot: QtBot, anatomy: Anatomy
) -> None:
    layout, before = painted.view.picture.layout, painted.cell_rect(STRONG)
    assert painted.effects.isVisible() and not painted.legend.isVisible()
    QTest.mouseClick(painted.effects.show_kinds, LEFT)
    qtbot.waitUntil(painted.legend.isVisible)
    assert pixel(painted, STRONG) == QColor(DARK.kinds[anatomy[STRONG].kind])
    assert not painted.effects.gradient.isVisible() and not painted.effects.scales.isVisible()
    assert painted.view.picture.layout is layout and painted.cell_rect(STRONG) == before
    QTest.keyClick(painted.view, Qt.Key.Key_E)
    qtbot.waitUntil(painted.effects.gradient.isVisible)
    assert paint.is_shown and painted.cell_rect(STRONG) == before
    assert pixel(painted, STRONG) == viridis(1.0)


class Resizes(QObject):
    """Heights that a widget takes while it is watched."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.heights: list[int] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.heights.append(watched.height())
        return False


def test_the_map_keeps_its_size_all_the_while_that_legends_take_turns(painted: BrainMap, paint: MapPaint) -> None:
    resizes = Resizes(painted.view)
    for shown in (False, True, False):
        paint.set_shown(shown)
        painted._repaint()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert set(resizes.heights) <= {painted.view.height()}


def test_without_a_painting_there_is_only_the_legend_of_kinds(
    brain_map: BrainMap, paint: MapPaint, qtbot: QtBot
) -> None:
    height = brain_map.view.height()
    assert brain_map.legend.isVisible() and not brain_map.effects.show_effects.isVisible()
    assert not brain_map.menu_actions[-1].isEnabled()
    show(qtbot, brain_map, paint, effects())
    assert not brain_map.legend.isVisible() and brain_map.menu_actions[-1].isEnabled()
    paint.show(None)
    qtbot.waitUntil(lambda: brain_map.view.height() == height)
    assert brain_map.legend.isVisible() and brain_map.view.picture.paint is None


def test_many_changes_are_painted_at_once_and_none_lays_out_again(
    painted: BrainMap, paint: MapPaint, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = painted.view.picture.layout
    paints: list[object] = []
    set_picture = painted.view.set_picture
    monkeypatch.setattr(painted.view, "set_picture", lambda picture: (paints.append(picture), set_picture(picture)))
    for _ in range(20):
        paint.show(painting_of({**effects(), UNMEASURED: effect_of(perceptual=0.6)}))
    qtbot.waitUntil(lambda: pixel(painted, UNMEASURED) != QColor(DARK.surface))
    assert len(paints) == 1 and painted.view.picture.layout is layout


def test_another_theme_paints_from_its_own_ground(painted: BrainMap, qapp: QApplication) -> None:
    painted.set_theme(apply_theme(qapp, Appearance.LIGHT))
    assert pixel(painted, STRONG) == viridis(0.0)
    assert pixel(painted, UNMEASURED) == QColor(LIGHT.surface)
    painted.set_theme(apply_theme(qapp, Appearance.DARK))
    assert pixel(painted, STRONG) == viridis(1.0)


def test_lesions_and_searches_still_show(painted: BrainMap, lesions: LesionList) -> None:
    lesions.add([LesionSpec.parse(f"{STRONG}:zero")])
    assert painted.view.picture.paint is not None
    image, rect = painted.view.grab().toImage(), painted.cell_rect(STRONG)
    across = [image.pixelColor(x, rect.center().y()) for x in range(rect.left() - 1, rect.right() + 2)]
    assert any(colour.red() > colour.blue() + 60 for colour in across) and viridis(1.0) in across
    QTest.keyClicks(painted.search.field, MIDDLING)
    assert painted.view.picture.matches == {MIDDLING}
    assert pixel(painted, WEAK).lightness() < viridis(0.22).lightness()


@pytest.mark.parametrize("scale", list(Scale))
@THEMES
def test_any_values_get_colours(scale: Scale, theme: Theme) -> None:
    for values in ([], [None], [0.0, 0.0], [0.4], [0.4, 0.4], [float("nan"), float("inf"), 0.2], [-1e-9, 0.3]):
        gradient = gradient_of(scale, values, theme)
        assert gradient.low < gradient.high < float("inf")
        assert gradient.colour(gradient.low - 5) == gradient.colour(gradient.low) == gradient.colours[0]
        assert gradient.colour(gradient.high + 5) == gradient.colour(gradient.high) == gradient.colours[-1]
    strong = gradient_of(scale, [0.3], theme).colours[0 if scale is Scale.KEPT else -1]
    assert QColor(strong) == viridis(TOP[theme.appearance])


def test_a_few_extremes_do_not_leave_the_rest_alike() -> None:
    gradient = gradient_of(Scale.PERCEPTUAL, [*(number / 100 for number in range(100)), 50.0], DARK)
    assert 0.9 < gradient.high < 1.0 and gradient.is_exceeded
    assert gradient.colour(50.0) == gradient.colours[-1]


def test_what_a_scale_cannot_measure_is_left_out() -> None:
    blind = Effect(measures(perceptual=None), measures(perceptual=None), YARDSTICKS)
    colouring = colouring_of({WEAK: blind, STRONG: effect_of(perceptual=0.5)}, Scale.PERCEPTUAL, DARK)
    assert set(colouring.cells) == {STRONG}


@THEMES
def test_colours_stand_out_from_the_ground_and_names_from_them(theme: Theme) -> None:
    ramp = gradient_of(Scale.SPREADS, [], theme).colours
    for colour in (*ramp, *theme.verdicts.values()):
        assert contrast(colour, theme.surface) >= 1.95
        assert contrast(name_on(colour, theme), colour) >= 4.3


@THEMES
@pytest.mark.parametrize("eyes", ["normal", "protan", "deutan", "tritan"])
def test_verdicts_are_told_apart_by_any_eyes(theme: Theme, eyes: str) -> None:
    assert set(theme.verdicts) == set(Verdict)
    seen = [seen_by(eyes, colour) for colour in theme.verdicts.values()]
    assert min(np.linalg.norm(one - other) for one, other in itertools.combinations(seen, 2)) >= 0.12


EYES = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.052]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
"""What each kind of eyes makes of linear RGB (Machado, Oliveira and Fernandes 2009, severity 1)."""
_LMS = np.array([[0.41222, 0.53633, 0.05145], [0.2119, 0.6807, 0.1074], [0.0883, 0.28172, 0.62998]])
_LAB = np.array([[0.21045, 0.79362, -0.00407], [1.978, -2.42859, 0.45059], [0.0259, 0.78277, -0.80868]])


def seen_by(eyes: str, colour: str) -> np.ndarray:
    """In OKLab, where distances are those that one sees."""
    return _LAB @ np.cbrt(_LMS @ np.clip(EYES[eyes] @ linear(colour), 0, 1))


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    dark, light = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


# Legend


def test_ticks_stand_where_their_values_do(painted: BrainMap, paint: MapPaint, qtbot: QtBot) -> None:
    bar = painted.effects.gradient
    high = float(np.percentile([1 / 30, 1.0, 3.0], 95))
    image = bar.grab().toImage()
    for value in (0.1, 1.0):
        x = bar.bar.left() + value / high * bar.bar.width()
        columns = [image.pixelColor(round(x) + step, round(bar.bar.center().y())) for step in (-1, 0, 1)]
        assert QColor(DARK.text) in columns
    assert [tick.value for tick in bar.ticks] == pytest.approx([0.1, 1.0])
    assert "numerical floor 0.1" in bar.toolTip() and "seed spread 1" in bar.toolTip()
    assert bar.toolTip().startswith(Scale.SPREADS.tip)
    paint.set_scale(Scale.NOISE)
    qtbot.waitUntil(lambda: not bar.ticks)


@pytest.mark.parametrize("width", [250, 300, 330, 420, 640, 900])
@pytest.mark.parametrize("scale", [Scale.SPREADS, Scale.PERCEPTUAL, Scale.STRUCTURAL])
@pytest.mark.parametrize("strength", [1.0, 0.2, 0.01])
def test_labels_never_overlap_nor_leave_the_bar(
    painted: BrainMap, paint: MapPaint, qtbot: QtBot, width: int, scale: Scale, strength: float
) -> None:
    paint.set_scale(scale)
    show(qtbot, painted, paint, {STRONG: effect_of(perceptual=strength, ssim=1 - strength)})
    painted.resize(width, 560)
    bar = painted.effects.gradient
    qtbot.waitUntil(lambda: bar.width() == painted.width())
    labels = labels_in_order(painted)
    assert labels and labels[0][0] >= 0 and labels[-1][1] <= bar.width()
    assert all(before[1] < after[0] for before, after in itertools.pairwise(labels))


@pytest.mark.parametrize(
    ("spots", "widths", "expected"),
    [
        ([50.0, 150.0], [40.0, 40.0], [30.0, 130.0]),
        ([0.0, 200.0], [40.0, 40.0], [0.0, 160.0]),
        ([95.0, 105.0], [40.0, 40.0], [55.0, 105.0]),
        ([10.0, 20.0], [90.0, 90.0], None),
        ([100.0, 100.0], [150.0, 0.0], [25.0, 100.0]),
        ([100.0, 100.0], [250.0, 0.0], None),
    ],
)
def test_labels_are_placed_below_their_ticks(
    spots: Sequence[float], widths: Sequence[float], expected: Sequence[float] | None
) -> None:
    placed = placed_side_by_side(spots, widths, QRectF(0, 0, 200, 20))
    assert placed == (None if expected is None else pytest.approx(expected))


def test_the_scale_is_chosen_in_the_legend(painted: BrainMap, paint: MapPaint, qtbot: QtBot) -> None:
    box = painted.effects.scales
    assert [box.itemText(index) for index in range(box.count())] == [*(scale.heading for scale in Scale), "Verdict"]
    assert box.itemData(1, Qt.ItemDataRole.ToolTipRole) == Scale.PERCEPTUAL.tip
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert paint.scale is Scale.PERCEPTUAL
    qtbot.waitUntil(lambda: box.toolTip() == Scale.PERCEPTUAL.tip)
    QTest.keyClick(box, Qt.Key.Key_End)
    assert paint.scale is None
    qtbot.waitUntil(painted.effects.swatches.isVisible)


@pytest.mark.parametrize("width", [260, 640, 1000])
def test_a_verdict_in_the_legend_tells_how_many_and_selects_them(
    painted: BrainMap, paint: MapPaint, selection: Selection, qtbot: QtBot, width: int
) -> None:
    paint.set_scale(None)
    show(qtbot, painted, paint, {**effects(), UNMEASURED: effect_of(perceptual=0.3), "gone.conv": effects()[STRONG]})
    painted.resize(width, 560)
    swatches = painted.effects.swatches
    qtbot.waitUntil(lambda: swatches.isVisible() and swatches.width() == painted.width())
    shown = {verdict: button for verdict, button in swatches.buttons.items() if button.isVisible()}
    assert set(shown) == {Verdict.NOTHING, Verdict.ANOTHER, Verdict.LOST}
    assert all(swatches.rect().contains(button.geometry()) for button in shown.values())
    assert shown[Verdict.ANOTHER].text().endswith("2") and shown[Verdict.LOST].text().endswith("1")
    assert THRESHOLDS.explain(Verdict.ANOTHER) in shown[Verdict.ANOTHER].toolTip()
    QTest.mouseClick(shown[Verdict.ANOTHER], LEFT)
    assert selection.paths == {MIDDLING, UNMEASURED}


def test_a_long_title_is_elided_and_told_by_its_tooltip(painted: BrainMap, paint: MapPaint, qtbot: QtBot) -> None:
    title = "zero each module · " + "a very long prompt " * 20
    paint.show(painting_of(effects(), title=title))
    qtbot.waitUntil(lambda: painted.effects.title.whole_text == title)
    assert painted.effects.title.toolTip() == title and painted.effects.title.text() != title
    assert painted.width() == 640


def test_every_control_says_what_it_does(painted: BrainMap, paint: MapPaint, qtbot: QtBot) -> None:
    controls: list[QWidget] = [*painted.effects.findChildren(QToolButton), *painted.effects.findChildren(QComboBox)]
    assert all(control.toolTip() and control.accessibleName() for control in controls if control.isVisible())
    paint.set_scale(None)
    qtbot.waitUntil(painted.effects.swatches.isVisible)
    assert all(control.toolTip() and control.accessibleName() for control in controls if control.isVisible())


# Card


def hover(brain_map: BrainMap, path: str, qtbot: QtBot) -> str:
    QTest.mouseMove(brain_map.view, brain_map.cell_center(path))
    qtbot.waitUntil(lambda: brain_map.card.isVisible() and path in brain_map.card.text.replace("\u200b", ""))
    return brain_map.card.text


def hover_anew(brain_map: BrainMap, path: str, qtbot: QtBot) -> str:
    QTest.mouseMove(brain_map.view, QPoint(1, 1))
    qtbot.waitUntil(lambda: not brain_map.card.isVisible())
    return hover(brain_map, path, qtbot)


def test_the_card_tells_of_the_effect_and_shows_both_images(painted: BrainMap, qtbot: QtBot) -> None:
    text = hover(painted, STRONG, qtbot)
    assert "lost concept · 3.00 seed spreads" in text
    assert "perceptual 0.900 · SSIM 0.20" in text and "cat 6 %, party hat 12 %" in text
    image = painted.card.grab().toImage()
    for label, colour in ((painted.card.effect.altered, (200, 40, 40)), (painted.card.effect.intact, (40, 40, 200))):
        middle = label.mapTo(painted.card, label.rect().center())
        assert image.pixelColor(middle) == QColor(*colour)
    assert painted.rect().contains(painted.card.geometry())


def test_the_cards_image_is_not_stretched(painted: BrainMap, paint: MapPaint, qtbot: QtBot) -> None:
    wide = plain_image(10, 200, 10, width=128, height=64)
    paint.show(Painting("wide", effects(), YARDSTICKS, lambda _: wide, lambda: None))
    qtbot.waitUntil(lambda: painted.effects.title.whole_text == "wide")
    hover(painted, MIDDLING, qtbot)
    shown = painted.card.effect.altered
    assert (shown.pixmap().width(), shown.pixmap().height()) == (118, 59)
    assert shown.size() == shown.pixmap().size()
    assert not painted.card.effect.intact.isVisible()


def test_the_card_fits_also_in_a_low_window(painted: BrainMap, qtbot: QtBot) -> None:
    for height in (560, 400, 340):
        painted.resize(640, height)
        qtbot.waitUntil(lambda height=height: painted.height() == height)
        hover_anew(painted, STRONG, qtbot)
        assert painted.rect().contains(painted.card.geometry())
        parts = [part for part in painted.card.findChildren(QWidget) if part.isVisible()]
        assert all(part.height() >= part.minimumSizeHint().height() for part in parts)


def test_the_card_follows_the_sweep_and_says_what_is_not_measured(
    painted: BrainMap, paint: MapPaint, qtbot: QtBot
) -> None:
    assert "not measured yet" in hover(painted, UNMEASURED, qtbot)
    paint.show(painting_of({**effects(), UNMEASURED: effect_of(perceptual=0.186, ssim=0.7)}))
    qtbot.waitUntil(lambda: "altered · 0.62 seed spreads" in painted.card.text)
    paint.set_shown(False)
    qtbot.waitUntil(painted.legend.isVisible)
    assert "seed spreads" not in hover_anew(painted, UNMEASURED, qtbot)


def test_an_image_is_read_once_while_the_pointer_rests(painted: BrainMap, paint: MapPaint, qtbot: QtBot) -> None:
    read: list[str] = []
    picture = plain_image(1, 2, 3)
    paint.show(Painting("counted", effects(), YARDSTICKS, lambda path: (read.append(path), picture)[1], lambda: None))
    hover(painted, STRONG, qtbot)
    paint.set_scale(None)
    qtbot.waitUntil(painted.effects.swatches.isVisible)
    assert painted.card.isVisible() and read == [STRONG]


# Opening


def test_a_click_on_a_painted_module_opens_it(painted: BrainMap, selection: Selection, qtbot: QtBot) -> None:
    opened: list[str] = []
    painted.module_opened.connect(opened.append)
    QTest.mouseClick(painted.view, LEFT, NONE, painted.cell_center(STRONG))
    assert opened == [STRONG] and selection.paths == {STRONG}
    for modifiers in (CTRL, SHIFT):
        QTest.mouseClick(painted.view, LEFT, modifiers, painted.cell_center(WEAK))
    QTest.mouseClick(painted.view, LEFT, NONE, painted.cell_center(UNMEASURED))
    assert opened == [STRONG]


def test_enter_opens_the_selected_module(
    painted: BrainMap, paint: MapPaint, selection: Selection, qtbot: QtBot
) -> None:
    opened: list[str] = []
    painted.module_opened.connect(opened.append)
    QTest.keyClick(painted.view, Qt.Key.Key_Return)
    assert not opened
    selection.replace([MIDDLING])
    QTest.keyClick(painted.view, Qt.Key.Key_Return)
    QTest.keyClick(painted.view, Qt.Key.Key_Enter)
    assert opened == [MIDDLING, MIDDLING]
    paint.set_shown(False)
    QTest.keyClick(painted.view, Qt.Key.Key_Return)
    QTest.mouseClick(painted.view, LEFT, NONE, painted.cell_center(STRONG))
    assert opened == [MIDDLING, MIDDLING]


def test_a_map_of_kinds_opens_nothing(brain_map: BrainMap, qtbot: QtBot) -> None:
    opened: list[str] = []
    brain_map.module_opened.connect(opened.append)
    QTest.mouseClick(brain_map.view, LEFT, NONE, brain_map.cell_center(STRONG))
    assert not opened
