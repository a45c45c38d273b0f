"""The results of a sweep as a model: what changes, what is shown in which order, and what is alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from alienlab.app.sweeps.columns import describe_result
from alienlab.app.sweeps.families import FamilyFinder, find_families
from alienlab.app.sweeps.results_model import Criteria, ResultRole, SweepFilter, SweepResults
from alienlab.app.sweeps.thumbnails import LARGEST, SMALLEST, side_for
from alienlab.domain.anatomy import Anatomy, Kind
from alienlab.domain.effects import Effect, Measures, Verdict, Yardsticks
from alienlab.domain.events import Image
from alienlab.domain.lesions import Operation, Treatment
from alienlab.domain.sweeps.kinds import doses, knockouts
from alienlab.domain.sweeps.refining import half_way, with_values
from alienlab.domain.sweeps.results import Result
from alienlab.domain.sweeps.sweep import Axis, Sweep
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.recipes import make_recipe

RISING, FALLING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
YARDSTICKS = Yardsticks(
    floor_perceptual=0.03, floor_structural=0.05, spread_perceptual=0.3, spread_structural=0.6, seeds=4
)
REGION = "mid_block.resnets.0"
NAMES = ("norm1", "conv1", "time_emb_proj", "norm2", "conv2")
"""Modules of that region, in order of execution."""


def effect_of(*, perceptual: float | None = 0.0, ssim: float = 1.0, cat: float = 0.98, noise: float = 0.2) -> Effect:
    return Effect(measures(perceptual, ssim, cat, noise), measures(0.0, 1.0, 0.98, 0.2), YARDSTICKS)


def measures(perceptual: float | None, ssim: float, cat: float, noise: float) -> Measures:
    return Measures(
        perceptual=perceptual,
        ssim=ssim,
        pixel=0.0,
        latent_cosine=None,
        concepts=(("cat", cat),),
        nothing=0.01,
        noise=noise,
        flatness=0.1,
    )


EFFECTS: tuple[Effect | None, ...] = (
    effect_of(perceptual=0.6, ssim=0.4),  # 2 spreads: another image
    None,
    effect_of(perceptual=0.05, ssim=0.9),  # 1/6: nuance
    effect_of(perceptual=0.9, ssim=0.2, cat=0.1),  # 3: lost concept
    effect_of(perceptual=0.15, ssim=0.7),  # 1/2: altered
)


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return unet_anatomy()


@pytest.fixture
def results(qapp) -> Iterator[SweepResults]:
    model = SweepResults()
    yield model
    model.finish()


def sweep_of(*axes: Axis, identity: str = "one") -> Sweep:
    return Sweep(id=identity, title="a sweep", base=make_recipe(), axes=axes)


def rows_of(sweep: Sweep, anatomy: Anatomy, effects: Sequence[Effect | None] = ()) -> list[Result]:
    known = [*effects, *[None] * sweep.size]
    return [row_of(trial, known[place], anatomy) for place, trial in enumerate(sweep.trials())]


def row_of(trial, effect: Effect | None, anatomy: Anatomy) -> Result:
    module = next((module for module in anatomy if module.path == trial.module), None)
    return Result(
        trial=trial,
        key=f"key of {trial.label}",
        effect=effect,
        is_rendered=effect is not None,
        failure="",
        module=module,
        depth=None if module is None else float(module.depth),
    )


def region_sweep(anatomy: Anatomy) -> Sweep:
    return sweep_of(knockouts(anatomy, pattern=f"{REGION}.*"))


def show(model: SweepResults, sweep: Sweep, rows: Sequence[Result], images: Mapping[str, Image] | None = None) -> None:
    model.show(sweep, rows, image=(images or {}).get, title=sweep.title)


def names(filtered: SweepFilter) -> list[str]:
    return [result.trial.label.removeprefix(f"{REGION}.") for result in filtered.results()]


# The table


def test_a_row_a_trial_with_what_is_known_of_it(results: SweepResults, anatomy: Anatomy) -> None:
    sweep = region_sweep(anatomy)
    show(results, sweep, rows_of(sweep, anatomy, EFFECTS))
    assert results.rowCount() == 5
    told = {column.name: results.index(3, place).data() for place, column in enumerate(results.columns)}
    assert told["label"] == f"{REGION}.norm2" and told["kind"] == "norm" and told["region"] == REGION
    assert told["depth"] == str(anatomy[f"{REGION}.norm2"].depth)
    assert told["verdict"] == "lost concept" and told["spreads"] == "3.00" and told["perceptual"] == "0.900"
    assert (
        told["ssim"] == "0.200" and told["latent"] == "–" and told["kept"] == "10 %" and told["concept:cat"] == "10 %"
    )
    assert results.index(1, results.column("spreads")).data() == "–"
    headings = [results.headerData(place, Qt.Orientation.Horizontal) for place in range(results.columnCount())]
    assert headings[0] == "Trial" and "Effect, seed spreads" in headings and headings[-1] == "cat"
    assert results.index(3, 0).data(ResultRole.RESULT) is results.results[3]


def test_an_update_tells_of_changed_rows_only(results: SweepResults, anatomy: Anatomy) -> None:
    sweep = region_sweep(anatomy)
    show(results, sweep, rows_of(sweep, anatomy, [EFFECTS[0]]))
    changed: list[tuple[int, int]] = []
    resets: list[bool] = []
    results.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    results.modelReset.connect(lambda: resets.append(True))
    held = QPersistentModelIndex(results.index(4, 0))
    results.update(rows_of(sweep, anatomy, [EFFECTS[0], None, EFFECTS[2], EFFECTS[3]]))
    assert changed == [(2, 3)] and not resets and held.row() == 4
    results.update(rows_of(sweep, anatomy, [EFFECTS[0], None, EFFECTS[2], EFFECTS[3]]))
    assert changed == [(2, 3)]
    results.update(rows_of(sweep, anatomy, [EFFECTS[0], EFFECTS[1], EFFECTS[2], EFFECTS[0], EFFECTS[4]]))
    assert changed == [(2, 3), (3, 4)]


def test_a_concept_that_becomes_known_gets_a_column(results: SweepResults, anatomy: Anatomy) -> None:
    sweep = region_sweep(anatomy)
    show(results, sweep, rows_of(sweep, anatomy))
    before = results.columnCount()
    resets: list[bool] = []
    results.modelReset.connect(lambda: resets.append(True))
    results.update(rows_of(sweep, anatomy, [EFFECTS[0]]))
    assert results.columnCount() == before + 1 and not resets
    assert results.index(0, results.column("concept:cat")).data() == "98 %"


def test_values_of_a_refined_sweep_are_inserted(results: SweepResults, anatomy: Anatomy) -> None:
    sweep = sweep_of(doses(Treatment(Operation.NOISE, amount=0.1), [0.0, 0.1, 0.2, 0.3], pattern=f"{REGION}.*"))
    show(results, sweep, rows_of(sweep, anatomy))
    last = QPersistentModelIndex(results.index(3, 0))
    inserted: list[tuple[int, int]] = []
    resets: list[bool] = []
    results.rowsInserted.connect(lambda _, first, end: inserted.append((first, end)))
    results.modelReset.connect(lambda: resets.append(True))
    values = sweep.axes[0].values
    finer = with_values(sweep, [half_way(values[0], values[1]), half_way(values[2], values[3])])
    results.update(rows_of(finer, anatomy), finer)
    assert inserted == [(1, 1), (4, 4)] and not resets and last.row() == 5
    numbers = [row.trial.values[0].number for row in results.results]
    assert numbers == pytest.approx([0.0, 0.05, 0.1, 0.2, 0.25, 0.3])
    assert results.sweep is finer


def test_other_trials_are_shown_anew(results: SweepResults, anatomy: Anatomy) -> None:
    sweep = region_sweep(anatomy)
    show(results, sweep, rows_of(sweep, anatomy))
    with_other = sweep_of(knockouts(anatomy, pattern="conv_*"), identity="two")
    results.update(rows_of(with_other, anatomy), with_other)
    assert [results.index(row, 0).data() for row in range(3)] == ["conv_in", "conv_norm_out", "conv_out"]
    assert results.rowCount() == 3


def test_a_tooltip_tells_everything(anatomy: Anatomy) -> None:
    rows = rows_of(region_sweep(anatomy), anatomy, EFFECTS)
    lines = describe_result(rows[3]).split("\n")
    assert lines[:3] == [
        f"{REGION}.norm2",
        "lost concept: cat · 3.00 seed spreads",
        "perceptual 0.900 · SSIM 0.20 · pixel 0.000",
    ]
    assert "cat 10 %" in lines and "concept kept 10 %" in lines
    assert lines[-1] == f"norm · middle · depth {anatomy[f'{REGION}.norm2'].depth}"
    assert "Not rendered yet" in describe_result(rows[1])
    assert "Out of memory" in describe_result(replace(rows[1], failure="Out of memory"))


# Order and filter


@pytest.fixture
def filtered(results: SweepResults, anatomy: Anatomy) -> SweepFilter:
    sweep = region_sweep(anatomy)
    show(results, sweep, rows_of(sweep, anatomy, EFFECTS))
    return SweepFilter(results, results)


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [
        ("spreads", RISING, "time_emb_proj conv2 norm1 norm2 conv1"),
        ("spreads", FALLING, "norm2 norm1 conv2 time_emb_proj conv1"),
        ("ssim", RISING, "norm2 norm1 conv2 time_emb_proj conv1"),
        ("verdict", RISING, "time_emb_proj conv2 norm1 norm2 conv1"),
        ("verdict", FALLING, "norm2 norm1 conv2 time_emb_proj conv1"),
        ("kind", RISING, "conv1 conv2 time_emb_proj norm1 norm2"),
        ("label", FALLING, "time_emb_proj norm2 norm1 conv2 conv1"),
        ("kept", FALLING, "norm1 time_emb_proj conv2 norm2 conv1"),
        ("latent", FALLING, "norm1 conv1 time_emb_proj norm2 conv2"),
    ],
)
def test_what_is_not_known_comes_last_in_either_order(
    results: SweepResults, filtered: SweepFilter, column: str, order: Qt.SortOrder, expected: str
) -> None:
    filtered.sort(results.column(column), order)
    assert names(filtered) == expected.split()
    filtered.sort(-1)
    assert names(filtered) == list(NAMES)


def test_numbers_order_as_numbers(results: SweepResults, anatomy: Anatomy) -> None:
    sweep = sweep_of(doses(Treatment(Operation.NOISE, amount=0.1), [0.1, 0.02, 0.9, 1.0], pattern=f"{REGION}.*"))
    show(results, sweep, rows_of(sweep, anatomy))
    filtered = SweepFilter(results, results)
    filtered.sort(results.column("label"), RISING)
    assert [result.trial.label for result in filtered.results()] == [
        "noise 2 %",
        "noise 10 %",
        "noise 90 %",
        "noise 100 %",
    ]


def test_an_update_moves_a_row_to_its_place(results: SweepResults, filtered: SweepFilter, anatomy: Anatomy) -> None:
    filtered.sort(results.column("spreads"), FALLING)
    held = QPersistentModelIndex(filtered.index(0, 0))
    strongest = effect_of(perceptual=1.5, ssim=0.1)
    results.update(rows_of(region_sweep(anatomy), anatomy, [EFFECTS[0], strongest, *EFFECTS[2:]]))
    assert names(filtered) == ["conv1", "norm2", "norm1", "conv2", "time_emb_proj"]
    assert held.row() == 1


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (Criteria(), "norm1 conv1 time_emb_proj norm2 conv2"),
        (Criteria(words=("norm",)), "norm1 norm2"),
        (Criteria(words=("resnets.0", "emb")), "time_emb_proj"),
        (Criteria(words=("nowhere",)), ""),
        (Criteria(verdicts=frozenset({Verdict.ALTERED, Verdict.LOST})), "norm2 conv2"),
        (Criteria(kinds=frozenset({Kind.CONV})), "conv1 conv2"),
        (Criteria(region="mid_block"), "norm1 conv1 time_emb_proj norm2 conv2"),
        (Criteria(region="mid_block.resnet"), ""),
        (Criteria(kinds=frozenset({Kind.CONV}), verdicts=frozenset({Verdict.ALTERED})), "conv2"),
    ],
)
def test_only_what_meets_the_criteria_is_shown(filtered: SweepFilter, criteria: Criteria, expected: str) -> None:
    filtered.set_criteria(criteria)
    assert names(filtered) == expected.split()


def test_depths_are_from_the_least_to_the_most(filtered: SweepFilter, anatomy: Anatomy) -> None:
    depth = float(anatomy[f"{REGION}.conv1"].depth)
    filtered.set_criteria(Criteria(depths=(depth, depth)))
    assert names(filtered) == [name for name in NAMES if anatomy[f"{REGION}.{name}"].depth == depth]


def test_a_result_that_gets_its_verdict_passes_then(
    results: SweepResults, filtered: SweepFilter, anatomy: Anatomy
) -> None:
    filtered.set_criteria(Criteria(verdicts=frozenset({Verdict.ALTERED})))
    assert names(filtered) == ["conv2"]
    results.update(rows_of(region_sweep(anatomy), anatomy, [EFFECTS[0], EFFECTS[4], *EFFECTS[2:]]))
    assert names(filtered) == ["conv1", "conv2"]


# Thumbnails


def plain(colour: tuple[int, int, int], *, width: int = 64, height: int = 64) -> Image:
    return np.full((height, width, 3), colour, dtype=np.uint8)


def thumbnail(results: SweepResults, row: int) -> QImage | None:
    return results.index(row, 0).data(ResultRole.THUMBNAIL)


def test_a_thumbnail_is_read_in_another_thread_when_it_is_first_asked_for(
    results: SweepResults, anatomy: Anatomy, qtbot: QtBot
) -> None:
    sweep = region_sweep(anatomy)
    rows = rows_of(sweep, anatomy, EFFECTS)
    readers: list[tuple[str, threading.Thread]] = []

    def image(key: str) -> Image:
        readers.append((key, threading.current_thread()))
        return plain((10, 200, 30), width=1024, height=512)

    results.show(sweep, rows, image=image, title="")
    changed: list[int] = []
    results.dataChanged.connect(lambda first, last, roles: changed.append(first.row()))
    assert not readers
    assert thumbnail(results, 2) is None
    qtbot.waitUntil(lambda: thumbnail(results, 2) is not None)
    picture = thumbnail(results, 2)
    assert picture is not None and (picture.width(), picture.height()) == (192, 96)
    assert picture.pixelColor(5, 5) == QColor(10, 200, 30)
    qtbot.waitUntil(lambda: changed == [2])
    assert [key for key, _ in readers] == [rows[2].key]
    assert readers[0][1] is not threading.current_thread()
    assert thumbnail(results, 1) is None and len(readers) == 1


def test_trials_that_share_an_image_share_its_thumbnail(results: SweepResults, anatomy: Anatomy, qtbot: QtBot) -> None:
    sweep = region_sweep(anatomy)
    rows = [replace(row, key="shared", is_rendered=True) for row in rows_of(sweep, anatomy)]
    show(results, sweep, rows, {"shared": plain((1, 2, 3))})
    changed: list[tuple[int, int]] = []
    results.dataChanged.connect(lambda first, last, roles: changed.append((first.row(), last.row())))
    assert thumbnail(results, 0) is None
    qtbot.waitUntil(lambda: changed == [(0, 4)])
    assert thumbnail(results, 4) is not None


def test_an_image_that_could_not_be_read_is_tried_again_when_more_is_known(
    results: SweepResults, anatomy: Anatomy, qtbot: QtBot
) -> None:
    sweep = region_sweep(anatomy)
    images: dict[str, Image] = {}
    tried: list[str] = []
    rows = [replace(row, is_rendered=True) for row in rows_of(sweep, anatomy)]
    results.show(sweep, rows, image=lambda key: (tried.append(key), images.get(key))[1], title="")
    assert thumbnail(results, 0) is None
    qtbot.waitUntil(lambda: tried == [rows[0].key])
    images[rows[0].key] = plain((9, 9, 9))
    assert thumbnail(results, 0) is None
    results.update([replace(rows[0], effect=EFFECTS[0]), *rows[1:]])
    qtbot.waitUntil(lambda: thumbnail(results, 0) is not None)


def test_another_sweep_forgets_thumbnails(results: SweepResults, anatomy: Anatomy, qtbot: QtBot) -> None:
    sweep = region_sweep(anatomy)
    rows = rows_of(sweep, anatomy, EFFECTS)
    show(results, sweep, rows, {row.key: plain((250, 0, 0)) for row in rows})
    qtbot.waitUntil(lambda: thumbnail(results, 0) is not None)
    show(results, sweep, rows, {row.key: plain((0, 0, 250)) for row in rows})
    qtbot.waitUntil(lambda: thumbnail(results, 0) is not None)
    picture = thumbnail(results, 0)
    assert picture is not None and picture.pixelColor(0, 0) == QColor(0, 0, 250)


def test_many_thumbnails_take_no_more_room_than_there_is() -> None:
    assert side_for(0) == side_for(391) == LARGEST
    assert side_for(1_000_000) == SMALLEST
    for count in (3_000, 5_000, 20_000):
        assert 3 * count * side_for(count) ** 2 <= 256 * 2**20


# Families


def three_clusters(rows: Sequence[Result]) -> dict[str, np.ndarray]:
    """Rows 0, 1 and 2 of every 10 in one cluster, 3 to 8 in another, the last in a third."""
    random = np.random.default_rng(3)
    centres = np.eye(32)[:3] * 5
    cluster = [0, 0, 0, 1, 1, 1, 1, 1, 1, 2]
    return {row.key: centres[cluster[at % 10]] + random.normal(size=32) * 0.2 for at, row in enumerate(rows)}


def test_three_clusters_are_found(anatomy: Anatomy) -> None:
    sweep = sweep_of(knockouts(anatomy))
    rows = rows_of(sweep, anatomy)[:100]
    families = find_families(rows, three_clusters(rows))
    expected = [
        {row.key for at, row in enumerate(rows) if at % 10 in places}
        for places in ((3, 4, 5, 6, 7, 8), (0, 1, 2), (9,))
    ]
    assert [set(family.keys) for family in families] == expected
    assert families == find_families(rows, dict(reversed(three_clusters(rows).items())))


def test_the_representative_is_the_one_in_the_middle(anatomy: Anatomy) -> None:
    rows = rows_of(sweep_of(knockouts(anatomy)), anatomy)[:12]
    angles = [
        0.0,
        0.2,
        0.4,
        0.6,
        0.8,
        *(2.0 + 0.01 * step for step in range(4)),
        *(4.0 + 0.01 * step for step in range(3)),
    ]
    embeddings = {row.key: np.array([np.cos(angle), np.sin(angle)]) for row, angle in zip(rows, angles, strict=True)}
    families = find_families(rows, embeddings)
    assert [len(family.keys) for family in families] == [5, 4, 3]
    assert families[0].representative == rows[2].key


def test_a_family_is_named_by_what_is_typical(anatomy: Anatomy) -> None:
    paths = [path for path in anatomy.within("mid_block") if path.endswith(("conv1", "conv2"))]
    others = list(anatomy.paths[:9])
    axis = knockouts(anatomy)
    chosen = Axis(axis.kind, tuple(value for value in axis.values if value.module in {*paths, *others}))
    rows = rows_of(sweep_of(chosen), anatomy)
    altered, nuance = effect_of(perceptual=0.15, ssim=0.7), effect_of(perceptual=0.05, ssim=0.9)
    rows = [replace(row, effect=altered if row.trial.module in paths else nuance, is_rendered=True) for row in rows]
    embeddings = {row.key: np.array([1.0, 0.0] if row.trial.module in paths else [0.0, 1.0]) for row in rows}
    jitter = np.random.default_rng(0)
    embeddings = {key: vector + jitter.normal(size=2) * 0.01 for key, vector in embeddings.items()}
    names_ = {family.name for family in find_families(rows, embeddings) if rows_in(family.keys, rows, paths)}
    assert names_ and all(name.startswith("altered · mid_block · conv") for name in names_)


def rows_in(keys: Sequence[str], rows: Sequence[Result], paths: Sequence[str]) -> bool:
    return all(row.trial.module in paths for row in rows if row.key in keys)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_a_few_images_make_a_few_families(anatomy: Anatomy, count: int) -> None:
    rows = rows_of(sweep_of(knockouts(anatomy)), anatomy)[:10]
    families = find_families(rows, {row.key: np.eye(8)[at] for at, row in enumerate(rows[:count])})
    assert sorted(key for family in families for key in family.keys) == sorted(row.key for row in rows[:count])


def test_equal_images_are_one_family(anatomy: Anatomy) -> None:
    rows = rows_of(sweep_of(knockouts(anatomy)), anatomy)[:30]
    families = find_families(rows, {row.key: np.ones(8) for row in rows})
    assert len(families) == 1 and len(families[0].keys) == 30


def test_families_are_found_in_the_background(anatomy: Anatomy, qtbot: QtBot) -> None:
    rows = rows_of(sweep_of(knockouts(anatomy)), anatomy)[:60]
    finder = FamilyFinder()
    found: list[object] = []
    finder.came.connect(found.append)
    finder.find(rows[:20], three_clusters(rows))
    finder.find(rows, three_clusters(rows))
    assert not found
    qtbot.waitUntil(lambda: bool(found), timeout=60_000)
    finder.finish()
    assert found == [find_families(rows, three_clusters(rows))]
