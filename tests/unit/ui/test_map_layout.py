"""The layout of the map: everything has its place, nothing overlaps, and it reads down and up again."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alienlab.domain.anatomy import Anatomy, Kind, Module, Role, Stage
from alienlab.ui.brain_map.geometry import Box, MapLayout
from alienlab.ui.brain_map.layout import lay_out, resolution_label
from tests.fakes.anatomies import region_anatomy, unet_anatomy

SKIPS_OF_SD1 = 12
"""What Stable Diffusion 1.x hands across: conv_in, and in each block two layers and a downsampler but the last."""


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return unet_anatomy()


@pytest.fixture(scope="module")
def layout(anatomy: Anatomy) -> MapLayout:
    return lay_out(anatomy)


NAMES = st.sampled_from(["resnets", "conv", "attn1", "0", "1", "12", "norm", "down_blocks", "to_out", "proj"])
PATHS = st.lists(NAMES, min_size=1, max_size=6).map(".".join)


@st.composite
def wild_anatomies(draw: st.DrawFn) -> Anatomy:
    """Modules of any names in any stage and order."""
    paths = draw(st.lists(PATHS, min_size=1, max_size=60, unique=True))
    modules = [
        Module(
            path,
            draw(st.sampled_from(Kind)),
            Role.OTHER,
            draw(st.sampled_from(Stage)),
            draw(st.integers(0, 5)),
            order,
            order,
            {"weight": (draw(st.integers(1, 10**6)),)},
        )
        for order, path in enumerate(paths)
    ]
    return Anatomy(tuple(modules), ())


SIZES = st.lists(st.integers(1, 40), max_size=4)
REGIONS = (
    st.tuples(SIZES, SIZES, SIZES, SIZES)
    .filter(any)
    .map(lambda sizes: region_anatomy(list(zip(Stage, sizes, strict=True))))
)
UNETS = st.builds(
    unet_anatomy,
    channels=st.lists(st.sampled_from([8, 16, 64]), min_size=1, max_size=3),
    layers=st.integers(1, 3),
    attention=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    transformer_layers=st.integers(1, 3),
    context=st.just(16),
)


@settings(max_examples=40)
@given(st.one_of(wild_anatomies(), REGIONS, UNETS))
def test_any_anatomy_is_laid_out_whole_and_without_overlaps(anatomy: Anatomy) -> None:
    assert_sound(lay_out(anatomy), anatomy)


def test_the_unet_of_stable_diffusion_is_laid_out_whole(layout: MapLayout, anatomy: Anatomy) -> None:
    assert_sound(layout, anatomy)


def test_two_thousand_modules_are_laid_out_whole() -> None:
    anatomy = unet_anatomy(channels=(4, 8, 8, 8), layers=13, context=4)
    assert len(anatomy) > 1900
    layout = lay_out(anatomy)
    assert list(layout.cells) == list(anatomy.paths)
    assert_no_overlaps([frame.box for frame in layout.frames])


def assert_sound(layout: MapLayout, anatomy: Anatomy) -> None:
    assert list(layout.cells) == list(anatomy.paths)
    shown = [cell.path for frame in layout.frames for row in frame.rows for cell in row.cells]
    assert sorted(shown) == sorted(anatomy.paths)
    whole = Box(0, 0, layout.width, layout.height)
    assert_no_overlaps([frame.box for frame in layout.frames])
    for frame in layout.frames:
        assert contains(whole, frame.box)
        inside = [row.handle for row in frame.rows] + [row.label for row in frame.rows if row.label]
        inside += [cell.slot for row in frame.rows for cell in row.cells]
        assert_no_overlaps([frame.label, *inside])
        assert all(contains(frame.box, box) for box in inside)
    for cell in layout.cells.values():
        assert contains(cell.slot, cell.box)


def assert_no_overlaps(boxes: list[Box]) -> None:
    for first, second in itertools.combinations(boxes, 2):
        assert not shrunk(first).overlaps(shrunk(second)), (first, second)


def contains(outer: Box, inner: Box) -> bool:
    inner = shrunk(inner)
    return outer.x <= inner.x and outer.y <= inner.y and inner.right <= outer.right and inner.bottom <= outer.bottom


def shrunk(box: Box) -> Box:
    """Without the last digits that adding up floats leaves."""
    return Box(box.x + 1e-6, box.y + 1e-6, box.width - 2e-6, box.height - 2e-6)


def test_the_encoder_reads_down_the_left_and_the_decoder_up_the_right(layout: MapLayout, anatomy: Anatomy) -> None:
    middle = layout.width / 2
    resnets = [module for module in anatomy if module.name == "conv1"]
    encoder = [layout.cells[module.path].box for module in resnets if module.stage is Stage.ENCODER]
    decoder = [layout.cells[module.path].box for module in resnets if module.stage is Stage.DECODER]
    assert all(box.right < middle for box in encoder)
    assert all(box.x > middle for box in decoder)
    assert [box.bottom for box in encoder] == sorted(box.bottom for box in encoder)
    assert [box.bottom for box in decoder] == sorted((box.bottom for box in decoder), reverse=True)


def test_the_middle_is_at_the_bottom_and_input_time_and_output_at_the_top(layout: MapLayout) -> None:
    cells = layout.cells
    lowest = max(cell.box.bottom for cell in cells.values())
    assert cells["mid_block.resnets.0.conv1"].box.bottom == lowest
    first, time, last = (cells[path].box for path in ("conv_in", "time_embedding.linear_1", "conv_out"))
    highest = min(cell.slot.y for cell in cells.values())
    assert {cells[path].slot.y for path in ("conv_in", "time_embedding.linear_1", "conv_out")} == {highest}
    assert first.right < time.x < time.right < last.x
    assert abs(time.center[0] - layout.width / 2) < layout.width / 10


def test_cells_of_a_region_follow_each_other_in_execution_order(layout: MapLayout, anatomy: Anatomy) -> None:
    boxes = [layout.cells[path].box for path in anatomy.within("up_blocks.1.attentions.2")]
    assert len(boxes) == 16
    assert len({box.bottom for box in boxes}) == 1
    assert [box.x for box in boxes] == sorted(box.x for box in boxes)


def test_more_parameters_never_make_a_lower_cell(layout: MapLayout, anatomy: Anatomy) -> None:
    by_size = sorted(anatomy, key=lambda module: module.parameters)
    heights = [round(layout.cells[module.path].box.height, 9) for module in by_size]
    assert heights == sorted(heights)
    assert heights[0] < heights[len(heights) // 2] < heights[-1]


def test_every_skip_connection_is_one_curve_from_left_to_right(layout: MapLayout) -> None:
    assert len(layout.skips) == SKIPS_OF_SD1
    assert all(skip.points[0][0] < layout.width / 2 < skip.points[-1][0] for skip in layout.skips)
    ends = {(skip.source, skip.target.rpartition(".")[0]) for skip in layout.skips}
    assert ("conv_in", "up_blocks.3.resnets.2") in ends


def test_the_whole_map_fits_its_pane_nearly_unscaled(layout: MapLayout) -> None:
    assert min(640 / layout.width, 500 / layout.height) > 0.85


def test_what_is_under_a_point(layout: MapLayout) -> None:
    cell = layout.cells["down_blocks.1.resnets.0.conv1"]
    assert layout.cell_at(*cell.box.center) is cell
    frame = next(frame for frame in layout.frames if frame.region == "down_blocks.1")
    assert layout.cell_at(frame.label.x, frame.label.y + 1) is None
    assert layout.frame_at(frame.label.x, frame.label.y + 1) is frame
    row = layout.row_at(*next(row for row in frame.rows if cell in row.cells).handle.center)
    assert row is not None and row.region == "down_blocks.1.resnets.0"
    assert layout.frame_at(-5, -5) is None


def test_neighbours(layout: MapLayout) -> None:
    def beside(path: str, step: tuple[int, int]) -> str | None:
        found = layout.neighbour(path, step)
        return found and found.path

    resnet = "down_blocks.0.resnets.0"
    assert beside(f"{resnet}.norm1", (1, 0)) == f"{resnet}.conv1"
    assert beside(f"{resnet}.conv1", (-1, 0)) == f"{resnet}.norm1"
    assert beside(f"{resnet}.norm1", (0, 1)) == "down_blocks.0.attentions.0.norm"
    assert beside("conv_in", (-1, 0)) is None


@pytest.mark.parametrize(("level", "text"), [(0, "full size"), (1, "½ size"), (3, "⅛ size"), (5, "1/32 size")])
def test_resolutions_are_said_as_people_say_them(level: int, text: str) -> None:
    assert resolution_label(level) == text
