"""Which two images are compared, and what differs between them."""

from __future__ import annotations

import numpy as np
import pytest

from alienlab.app.comparison import Arrangement, Comparison, Tile, TileState
from alienlab.app.image_difference import Channel, Span, common_size, difference
from alienlab.app.pixel_readout import one_pixel, two_pixels
from alienlab.app.two_images import SHORTEST_BLINK_MS, Tool, TwoImages
from tests.fakes.recipes import make_recipe

FINISHED = TileState.FINISHED


def tile(key: str, *lesions: str, seed: int = 1) -> Tile:
    return Tile(key=key, recipe=make_recipe("a cat", *lesions, seed=seed), image=noise(len(key)), state=FINISHED)


def noise(seed: int, height: int = 6, width: int = 8) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


INTACT, ALTERED, OTHER = tile("i"), tile("al", "conv_in:zero"), tile("oth", seed=9)


@pytest.fixture
def comparison(qapp) -> Comparison:
    made = Comparison()
    made.add([OTHER])
    made.compare(INTACT, ALTERED)
    return made


@pytest.fixture
def two(comparison: Comparison) -> TwoImages:
    return TwoImages(comparison)


def keys(two: TwoImages) -> tuple[str, ...]:
    """Of A and B; empty where there is none."""
    return tuple("" if one is None else one.key for one in (two.a, two.b))


def test_a_and_b_follow_the_pair(comparison: Comparison, two: TwoImages) -> None:
    assert keys(two) == ("i", "al")
    two.swap()
    assert keys(two) == ("al", "i")
    assert [shown.key for shown in two.shown()] == ["al", "i"]
    two.swap()
    comparison.compare(INTACT, None)
    assert keys(two) == ("i", "")
    comparison.clear()
    assert keys(two) == ("", "")


def test_a_tool_opens_marked_tiles_and_closes_them_again(comparison: Comparison, two: TwoImages) -> None:
    comparison.arrange(Arrangement.GRID)
    two.choose(OTHER, ALTERED)
    assert not two.is_used
    assert len(two.shown()) == 3  # the grid, until a tool is used
    two.use(Tool.WIPE)
    assert keys(two) == ("oth", "al")
    assert two.is_used
    two.use(Tool.SIDE_BY_SIDE)
    assert [shown.key for shown in two.shown()] == ["oth", "al"]
    two.close()
    assert len(two.shown()) == 3
    assert comparison.arrangement is Arrangement.GRID


def test_without_marks_a_tool_shows_the_pair(comparison: Comparison, two: TwoImages) -> None:
    comparison.arrange(Arrangement.GRID)
    two.mark(OTHER)
    two.use(Tool.ONION)
    assert comparison.arrangement is Arrangement.PAIR
    assert keys(two) == ("i", "al")


def test_a_third_mark_takes_the_place_of_the_first_and_a_second_one_takes_it_away(
    comparison: Comparison, two: TwoImages
) -> None:
    comparison.arrange(Arrangement.GRID)
    for one in (INTACT, ALTERED, OTHER):
        two.mark(one)
    assert [one.key for one in two.marked] == ["al", "oth"]
    two.mark(OTHER)
    assert [one.key for one in two.marked] == ["al"]


def test_another_pair_or_arrangement_forgets_the_marks(comparison: Comparison, two: TwoImages) -> None:
    comparison.arrange(Arrangement.GRID)
    two.choose(OTHER, ALTERED)
    two.use(Tool.WIPE)
    comparison.compare(OTHER, None)
    assert not two.is_open
    assert two.marked == ()
    two.choose(OTHER, ALTERED)
    comparison.arrange(Arrangement.PAIR)
    assert two.marked == ()


def test_a_marked_tile_gets_its_image_when_that_is_finished(comparison: Comparison, two: TwoImages) -> None:
    comparison.arrange(Arrangement.GRID)
    two.choose(ALTERED, OTHER)
    finished = Tile(key="al", recipe=ALTERED.recipe, image=noise(77))
    comparison.replace_tile(finished)
    assert two.marked[0].image is finished.image


def test_settings_stay_in_their_ranges_and_only_changes_are_told(two: TwoImages) -> None:
    told: list[None] = []
    two.changed.connect(lambda: told.append(None))
    two.change(wipe=1.5, onion=-1, blink_ms=10)
    assert (two.settings.wipe, two.settings.onion, two.settings.blink_ms) == (1.0, 0.0, SHORTEST_BLINK_MS)
    two.change(wipe=7)
    assert len(told) == 1
    assert 1000 / SHORTEST_BLINK_MS < 3  # changes in a second


@pytest.mark.parametrize("channel", list(Channel))
def test_a_difference_is_b_less_a_of_every_pixel(channel: Channel) -> None:
    a, b = noise(1), noise(2)
    weights = {"luminance": (0.2126, 0.7152, 0.0722), "red": (1, 0, 0), "green": (0, 1, 0), "blue": (0, 0, 1)}
    truth = ((b.astype(int) - a.astype(int)) * np.array(weights[channel])).sum(axis=2)
    found = difference(a, b, channel)
    np.testing.assert_allclose(found.values, truth, atol=1e-9)
    assert found.mean == pytest.approx(np.abs(truth).mean())
    column, row = found.place
    assert abs(truth[row, column]) == pytest.approx(np.abs(truth).max())
    assert found.largest == pytest.approx(truth[row, column])


def test_the_range_fits_the_data_or_is_what_was_asked_for() -> None:
    a = np.full((10, 10, 3), 100, np.uint8)
    b = a + np.uint8(13)
    found = difference(a, b, Channel.RED)
    assert [found.span(span) for span in Span] == [16, 64, 255]
    assert difference(a, a, Channel.RED).span(Span.AUTO) > 0
    b[0, 0] = 255  # one pixel of a hundred does not pale the others
    assert difference(a, b, Channel.RED).span(Span.AUTO) <= 32


def test_unlike_sizes_are_compared_on_the_larger_one_without_stretching() -> None:
    a = noise(3, 4, 4)
    b = a.repeat(2, axis=0).repeat(2, axis=1)
    assert common_size(a, b) == (8, 8)
    assert not difference(a, b, Channel.GREEN).values.any()
    wide = np.zeros((4, 8, 3), np.uint8)
    wide[:, 2:6] = a
    values = difference(a, wide, Channel.BLUE).values
    assert np.isnan(values[:, [0, 1, 6, 7]]).all()
    assert not values[:, 2:6].any()


def test_pixels_are_read_as_they_are() -> None:
    a = np.zeros((2, 2, 3), np.uint8)
    b = a.copy()
    a[1, 0], b[1, 0] = (203, 181, 90), (190, 181, 92)
    assert one_pixel(a, (0, 1)) == "x 0, y 1 · 203 181 90 of 255"
    said = "x 0, y 1 · A 203 181 90 · B 190 181 92 · B − A −13 0 +2 of 255"
    assert two_pixels(a, (0, 1), b, (0, 1)) == said
    assert "B not there" in two_pixels(a, (0, 1), b, None)
