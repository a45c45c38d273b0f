"""Sheets of sweeps, and of renders that were measured."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from alienlab.domain.effects import Scale
from alienlab.domain.errors import SessionError
from alienlab.domain.lesions import Operation, Treatment
from alienlab.domain.sweeps import kinds
from alienlab.domain.sweeps.orders import Order
from alienlab.domain.sweeps.sweep import Sweep
from alienlab.session.brains.anatomies import KnownAnatomies
from alienlab.session.log.sweep_log import SweepLog
from alienlab.session.paths import AppPaths, embedded_brain
from alienlab.session.sheets.sheet import SheetOptions, sheet_of, sweep_sheet
from alienlab.session.sheets.strip import regions_of, strip_of
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.recipes import make_image, make_recipe
from tests.fakes.swept import keep_sweep

ANATOMY = unet_anatomy(channels=(32, 64, 128, 128))
NOISE = Treatment(Operation.NOISE, 0.1)
SPREADS = SheetOptions(scale=Scale.SPREADS)


def doses(*amounts):
    return kinds.doses(NOISE, amounts)


def images(cells):
    """The number of the random image that a cell shows; None where it has none."""
    return [
        number
        for cell in cells
        for number in range(60)
        if np.array_equal(cell.load(), make_image(number, width=16, height=16))
    ]


def test_two_axes_are_a_grid_with_heads(session):
    record = keep_sweep(session, ANATOMY, kinds.seeds((4, 5)), doses(0.0, 0.1, 0.2))
    sheet = sweep_sheet(session, record, anatomy=ANATOMY, options=SPREADS)
    [section] = sheet.sections
    assert section.axes is not None
    assert section.axes.columns == ("noise 0 %", "noise 10 %", "noise 20 %")
    assert section.axes.rows == ("seed 4", "seed 5")
    assert (section.axes.across, section.axes.down) == ("dose", "")
    assert (sheet.columns, len(section.cells), sheet.title) == (3, 6, "A sweep")
    assert images(section.cells) == [0, 2, 3, 1, 4, 5]
    assert [cell.value for cell in section.cells] == pytest.approx([0, 0.4, 0.6, 0, 0.8, 1.0])
    assert sheet.scale is not None
    assert (sheet.scale.low, sheet.scale.high, sheet.scale.unit) == (0.0, 1.5, "seed spreads")
    assert "lesion" not in sheet.common
    assert all(len(cell.strip) == 1 for cell in section.cells[1:3])
    assert section.cells[0].strip == ()


def test_intact_images_have_a_column_where_each_row_has_its_own(session):
    record = keep_sweep(session, ANATOMY, kinds.prompts(("a cat", "a dog")), doses(0.1, 0.2))
    [section] = sweep_sheet(session, record, anatomy=ANATOMY).sections
    assert section.axes is not None
    assert section.axes.columns == ("intact", "noise 10 %", "noise 20 %")
    assert images(section.cells) == [0, 2, 3, 1, 4, 5]


def test_or_a_row_where_each_column_has(session):
    record = keep_sweep(session, ANATOMY, doses(0.1, 0.2), kinds.seeds((4, 5, 6)))
    [section] = sweep_sheet(session, record, anatomy=ANATOMY).sections
    assert section.axes is not None
    assert section.axes.rows == ("intact", "noise 10 %", "noise 20 %")
    assert images(section.cells)[:3] == [0, 1, 2]


def test_one_for_all_stands_before_the_grid(session):
    record = keep_sweep(
        session, ANATOMY, kinds.knockouts(ANATOMY, pattern="mid_block.resnets.*.conv1"), doses(0.1, 0.2)
    )
    first, grid = sweep_sheet(session, record, anatomy=ANATOMY).sections
    assert [cell.caption for cell in first.cells] == [("intact",)]
    assert grid.axes is not None
    assert grid.axes.down == "module"
    assert len(grid.cells) == 4


def test_a_short_dose_is_one_row_that_begins_intact(session):
    record = keep_sweep(session, ANATOMY, doses(0.1, 0.2, 0.3))
    sheet = sweep_sheet(session, record, anatomy=ANATOMY)
    [section] = sheet.sections
    assert section.axes is not None
    assert section.axes.columns == ("intact", "noise 10 %", "noise 20 %", "noise 30 %")
    assert (section.axes.rows, sheet.columns) == ((), 4)


def test_series_of_one_axis_are_rows(session):
    axis = kinds.progressive(ANATOMY, orders=[(Order.DEPTH, 0), (Order.END, 0)], steps=3)
    record = keep_sweep(session, ANATOMY, axis)
    [section] = sweep_sheet(session, record, anatomy=ANATOMY).sections
    assert section.axes is not None
    assert section.axes.rows == ("depth first", "from the end")
    assert section.axes.columns[0] == "0"
    assert section.axes.columns[-1] == "391"
    assert images(section.cells[:4])[0] == images(section.cells[4:])[0] == 0


def test_modules_follow_each_other_after_the_intact_image(session):
    record = keep_sweep(session, ANATOMY, kinds.knockouts(ANATOMY, pattern="mid_block.attentions.0.*"))
    sheet = sweep_sheet(session, record, anatomy=ANATOMY, options=SPREADS)
    [section] = sheet.sections
    assert section.axes is None
    assert section.cells[0].caption == ("intact",)
    paths = [path for path in ANATOMY.paths if path.startswith("mid_block.attentions.0.")]
    assert [cell.caption for cell in section.cells[1:]] == [(path,) for path in paths]
    assert [cell.number for cell in section.cells[1:]] == [str(ANATOMY[path].order) for path in paths]
    queries = [cell for cell in section.cells if cell.caption[0].endswith(("attn1.to_q", "attn1.to_k"))]
    assert images(queries[:1]) == images(queries[1:])  # they compute the same, so one image serves both
    assert queries[0].strip != queries[1].strip
    for cell, path in zip(section.cells[1:], paths, strict=True):
        [mark] = cell.strip
        assert mark.start * 391 == pytest.approx(ANATOMY[path].order)


def test_columns_that_are_asked_for_come_before_the_axes(session):
    record = keep_sweep(session, ANATOMY, kinds.seeds((4, 5)), doses(0.1, 0.2))
    sheet = sweep_sheet(session, record, anatomy=ANATOMY, options=SheetOptions(columns=3))
    assert sheet.columns == 3
    assert all(section.axes is None for section in sheet.sections)


def test_a_sweep_without_images_gives_a_sentence_and_one_with_some_has_gaps(session):
    sweep = Sweep(id="x", title="Empty", base=make_recipe(size=(16, 16)), axes=(kinds.seeds((1, 2)),))
    record = SweepLog(session).add(sweep)
    with pytest.raises(SessionError, match="None of the images of “Empty” is rendered"):
        sweep_sheet(session, record, anatomy=ANATOMY)
    keep_sweep(session, ANATOMY, kinds.seeds((7,)))
    wider = SweepLog(session).add(
        Sweep(id="y", title="Half", base=make_recipe(size=(16, 16), steps=4), axes=(kinds.seeds((7, 8)),))
    )
    [section] = sweep_sheet(session, wider, anatomy=ANATOMY).sections
    assert images(section.cells[:1]) == [0]
    with pytest.raises(SessionError):
        section.cells[1].load()


def test_renders_show_what_sweeps_measured(session):
    keep_sweep(session, ANATOMY, doses(0.1, 0.2))
    measured = sheet_of(session, options=SPREADS, anatomy_of=lambda brain: ANATOMY)
    assert [cell.value for cell in measured.cells] == pytest.approx([0.0, 0.2, 0.4])
    assert set(measured.cells[1].measures) >= {"Effect", "Structural distance", "Flatness"}
    unknown = sheet_of(session, options=SPREADS)  # the intact render is in the session, so its id is known
    assert [cell.value for cell in unknown.cells] == pytest.approx([0.0, 0.2, 0.4])
    assert [cell.strip for cell in unknown.cells] == [None, None, None]
    assert sheet_of(session).scale is None
    assert all(cell.strip is None for cell in sheet_of(session, options=SheetOptions(strip=False)).cells)


def test_a_strip_joins_neighbours_of_the_same_operation():
    recipe = make_recipe("a cat", "mid_block.*:zero", "mid_block.resnets.0.norm1:noise=0.5")
    strip = strip_of(recipe, ANATOMY)
    assert strip is not None
    assert [mark.operation for mark in strip] == [Operation.NOISE, Operation.ZERO]
    orders = [ANATOMY[path].order for path in ANATOMY.within("mid_block")]
    assert strip[0].start * 391 == pytest.approx(min(orders))
    assert strip[-1].end * 391 == pytest.approx(max(orders) + 1)
    assert strip_of(make_recipe(), ANATOMY) == ()
    assert strip_of(make_recipe("a cat", "nowhere:zero"), ANATOMY) is None
    assert strip_of(recipe, None) is None


def test_regions_cover_the_network_in_order():
    regions = regions_of(["a", "b"], lambda brain: ANATOMY)
    assert [region.name for region in regions if region.name] == [
        *("down 0", "down 1", "down 2", "down 3"),
        "mid",
        *("up 0", "up 1", "up 2", "up 3"),
    ]
    assert regions[0].start == 0.0
    assert regions[-1].end == 1.0
    assert all(one.end == other.start for one, other in itertools.pairwise(regions))
    other = unet_anatomy(channels=(32, 64), attention=(True, False))
    assert regions_of(["a", "b"], {"a": ANATOMY, "b": other}.get) == ()


def test_anatomies_are_known_by_the_hash_of_their_brains(tmp_path):
    asked = []

    def hash_of(folder):
        asked.append(folder)
        return "the embedded one"

    known = KnownAnatomies(AppPaths.below(tmp_path), hash_of)
    assert asked == []
    anatomy = known("the embedded one")
    assert anatomy is not None
    assert len(anatomy) == 391
    assert known("another") is None
    assert known("the embedded one") is anatomy
    assert asked == [embedded_brain()]
