"""A sheet of a sweep, with its axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.differences import INTACT_CAPTION, SEPARATOR, common
from alienlab.domain.errors import SessionError
from alienlab.domain.events import Image
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.sweeps.sweep import Kind, Sweep, Trial
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.sweep_log import SweepRecord
from alienlab.session.sheets.content import MAX_COLUMNS, Sheet, SheetAxes, SheetCell, SheetSection
from alienlab.session.sheets.records import USUAL, CellMaker, SheetOptions, columns_for
from alienlab.session.sheets.scale import scale_for
from alienlab.session.sheets.strip import regions_of

ONE_ROW = 12
"""Values of an axis up to which they stand in one row, as columns with heads."""
NOT_RENDERED = "not rendered"


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Recipes in rows and columns, with what these are called. A recipe that is None leaves its place empty."""

    axes: SheetAxes
    rows: tuple[tuple[DiffusionRecipe | None, ...], ...]


def sweep_sheet(
    session: SessionReader,
    sweep_record: SweepRecord,
    *,
    anatomy: Anatomy,
    options: SheetOptions = USUAL,
) -> Sheet:
    """The images of a sweep: in a grid along its axes where these are short enough, else one after the other.

    The intact image comes first, or in a column or row of its own where there are several. What is not rendered
    yet is an empty frame. Raises SessionError where nothing is rendered at all, PatternMatchesNothing where the
    anatomy is another one.
    """
    sweep = sweep_record.sweep
    maker = _Maker(session, anatomy, options, (sweep.base.width, sweep.base.height))
    grid = None if options.columns is not None else _grid_of(sweep)
    sections = [_listed(sweep, maker)] if grid is None else _gridded(grid, sweep, maker)
    if not maker.has_found:
        raise SessionError(f"None of the images of “{sweep.title}” is rendered yet. Go on with the sweep first.")
    wide = [len(section.axes.columns) for section in sections if section.axes is not None]
    columns = max(wide) if wide else columns_for([len(section.cells) for section in sections], options)
    return Sheet(
        title=sweep.title if options.title is None else options.title,
        common=common([trial.recipe for trial in sweep.trials()]),
        sections=tuple(sections),
        columns=columns,
        scale=scale_for(options.scale, (cell.value for section in sections for cell in section.cells)),
        labels=options.labels,
        regions=regions_of([sweep.base.brain], maker.anatomy_of) if options.strip else (),
        is_one_page=options.is_one_page,
        are_columns_free=options.is_one_page and options.columns is None and grid is None,
    )


class _Maker:
    """Makes cells of recipes: of those that compute the same, one image serves all."""

    def __init__(self, session: SessionReader, anatomy: Anatomy, options: SheetOptions, size: tuple[int, int]) -> None:
        """``size`` is that of the images, as far as the sweep knows."""
        self._session, self._anatomy = session, anatomy
        self._cells = CellMaker(session, options, self.anatomy_of)
        self._keys: dict[DiffusionRecipe, str] = {}
        self._files = session.files()
        self._size = size
        self.has_found = False

    def anatomy_of(self, brain: str) -> Anatomy:
        del brain
        return self._anatomy

    def key(self, recipe: DiffusionRecipe) -> str:
        if recipe not in self._keys:
            self._keys[recipe] = recipe.computation_id(self._anatomy)
        return self._keys[recipe]

    def is_intact(self, recipe: DiffusionRecipe) -> bool:
        return self.key(recipe) == self.key(recipe.intact)

    def cell(self, recipe: DiffusionRecipe | None, *caption: str, number: str = "") -> SheetCell:
        record = None if recipe is None or self.key(recipe) not in self._files else self._session.find(self.key(recipe))
        if record is None or recipe is None:
            return _empty(self._size, (*caption, NOT_RENDERED), number)
        self.has_found = True
        return self._cells.cell(replace(record, recipe=recipe), caption, number=number)


def _empty(size: tuple[int, int], caption: tuple[str, ...], number: str) -> SheetCell:
    def missing() -> Image:
        raise SessionError(NOT_RENDERED)

    return SheetCell(load=missing, width=size[0], height=size[1], caption=caption, number=number)


def _listed(sweep: Sweep, maker: _Maker) -> SheetSection:
    """One after the other, the intact one before them."""
    trials = list(sweep.trials())
    cells = [maker.cell(trial.recipe, trial.label, number=_number(trial, place)) for place, trial in enumerate(trials)]
    intact = list(dict.fromkeys(trial.recipe.intact for trial in trials))
    if len(intact) == 1 and not any(maker.is_intact(trial.recipe) for trial in trials):
        cells.insert(0, maker.cell(intact[0], INTACT_CAPTION, number=INTACT_CAPTION))
    return SheetSection("", tuple(cells))


def _number(trial: Trial, place: int) -> str:
    """Of modules their place in the order of execution, which is what the sweep counts by; else that in the sweep."""
    return f"{trial.values[0].number:g}" if trial.values[0].module is not None else str(place + 1)


def _grid_of(sweep: Sweep) -> _Grid | None:
    """None where there are more columns than a sheet has, or a single long series."""
    if len(sweep.axes) == 1:
        return _of_series(sweep)
    rows, columns = sweep.axes
    trials = {trial.place: trial.recipe for trial in sweep.trials()}
    counts = len(rows.values), len(columns.values)
    if counts[1] > MAX_COLUMNS or (counts[0] < counts[1] and counts[1] > ONE_ROW):
        rows, columns = columns, rows
        trials = {place[::-1]: recipe for place, recipe in trials.items()}
        counts = counts[::-1]
    if counts[1] > MAX_COLUMNS:
        return None
    axes = SheetAxes(
        columns=tuple(value.label for value in columns.values),
        rows=tuple(value.label for value in rows.values),
        across=_named(columns.kind),
        down=_named(rows.kind),
    )
    cells = tuple(tuple(trials[row, column] for column in range(counts[1])) for row in range(counts[0]))
    return _Grid(axes, cells)


def _of_series(sweep: Sweep) -> _Grid | None:
    """A single axis: a row for each of its series, the columns by coordinate; or one row, where it is short."""
    trials = list(sweep.trials())
    series = list(dict.fromkeys(trial.values[0].series for trial in trials))
    numbers = sorted({trial.values[0].number for trial in trials})
    if len(series) == 1 and (len(trials) > ONE_ROW or sweep.kind is Kind.KNOCKOUT):
        return None
    if len(numbers) > MAX_COLUMNS:
        return None
    if len(series) == 1:
        labels = tuple(trial.values[0].label for trial in trials)
        return _Grid(SheetAxes(columns=labels, across=_named(sweep.kind)), (tuple(trial.recipe for trial in trials),))
    found = {(trial.values[0].series, trial.values[0].number): trial.recipe for trial in trials}
    rows = tuple(tuple(found.get((name, number)) for number in numbers) for name in series)
    axes = SheetAxes(
        columns=tuple(f"{number:g}" for number in numbers), rows=tuple(series), across=_named(sweep.kind), down="order"
    )
    return _Grid(axes, rows)


def _named(kind: Kind) -> str:
    """What an axis varies, where its labels do not say it."""
    match kind:
        case Kind.SEEDS | Kind.PROMPTS:
            return ""
        case Kind.PROGRESSIVE:
            return "modules altered"
        case Kind.LINE:
            return "position on the line"
        case _:
            return kind.axis


def _gridded(grid: _Grid, sweep: Sweep, maker: _Maker) -> list[SheetSection]:
    """The grid with the intact images where they serve: a column, a row, or one before all."""
    recipes = [recipe for row in grid.rows for recipe in row if recipe is not None]
    if any(maker.is_intact(recipe) for recipe in recipes):
        return [_section(grid, maker)]
    by_row = [_shared(row) for row in grid.rows]
    by_column = [_shared(column) for column in zip(*grid.rows, strict=True)]
    everywhere = {recipe.intact for recipe in recipes}
    if len(everywhere) == 1 and len(grid.rows) > 1:
        cell = maker.cell(everywhere.pop(), INTACT_CAPTION, number=INTACT_CAPTION)
        return [SheetSection("", (cell,)), _section(grid, maker)]
    if all(by_row) and len(grid.axes.columns) < MAX_COLUMNS:
        rows = tuple((intact, *row) for intact, row in zip(by_row, grid.rows, strict=True))
        axes = replace(grid.axes, columns=(INTACT_CAPTION, *grid.axes.columns))
        return [_section(_Grid(axes, rows), maker)]
    if all(by_column) and grid.axes.rows:
        axes = replace(grid.axes, rows=(INTACT_CAPTION, *grid.axes.rows))
        return [_section(_Grid(axes, (tuple(by_column), *grid.rows)), maker)]
    return [_section(grid, maker)]


def _shared(recipes: Sequence[DiffusionRecipe | None]) -> DiffusionRecipe | None:
    """The intact recipe of all of them, where it is the same."""
    intact = {recipe.intact for recipe in recipes if recipe is not None}
    return intact.pop() if len(intact) == 1 else None


def _section(grid: _Grid, maker: _Maker) -> SheetSection:
    cells = tuple(
        maker.cell(recipe, number=SEPARATOR.join(filter(None, (row, column))))
        for row, recipes in zip(grid.axes.rows or ("",), grid.rows, strict=True)
        for column, recipe in zip(grid.axes.columns, recipes, strict=True)
    )
    return SheetSection("", cells, grid.axes)
