"""A sheet of what a session has rendered."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.differences import SEPARATOR, captions, common, wording
from alienlab.domain.effects import Effect, Scale
from alienlab.domain.laboratories.captions import lab_heading
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe, Recipe
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.records import RenderRecord
from alienlab.session.sheets.content import (
    MAX_COLUMNS,
    Labelling,
    Sheet,
    SheetCell,
    SheetSection,
    StripMark,
    default_columns,
)
from alienlab.session.sheets.scale import Effects, all_measures, scale_for, value_of
from alienlab.session.sheets.strip import regions_of, strip_of

AnatomyOf = Callable[[str], Anatomy | None]
"""The anatomy of the brain of a hash; None where it is not known."""

PAGE_SHAPE = 1.25 * math.sqrt(2)
"""Columns to rows of a sheet on one page: that of paper, for cells that are a quarter higher than their images."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOptions:
    """How a sheet is made; what is None is chosen by what stands on it."""

    columns: int | None = None
    title: str | None = None
    labels: Labelling = Labelling.CAPTIONS
    strip: bool = True
    """Whether strips show where lesions sit, as far as the anatomy is known."""
    scale: Scale | None = None
    """The measure that is shown; None shows none."""
    is_one_page: bool = False


USUAL = SheetOptions()
USUAL_SIZE = (512, 512)
"""Pixels of an image that is gone, and of which nothing says how large it was."""


def sheet_of(
    session: SessionReader,
    *,
    records: Sequence[RenderRecord] | None = None,
    options: SheetOptions = USUAL,
    anatomy_of: AnatomyOf = lambda brain: None,
) -> Sheet:
    """A sheet of these records, or of all, the oldest first.

    Images of the same prompt and noise make a section that begins with the intact one, as pictures of the same
    experiment of a laboratory make one. Raises SessionError where there are none.
    """
    chosen = _without_repeats(session.records() if records is None else records)
    cells = CellMaker(session, options, anatomy_of, chosen)
    sections = tuple(_sections(cells, chosen))
    return Sheet(
        title=session.name if options.title is None else options.title,
        common=common([record.recipe for record in chosen]),
        sections=sections,
        columns=columns_for([len(section.cells) for section in sections], options),
        scale=scale_for(options.scale, (cell.value for section in sections for cell in section.cells)),
        labels=options.labels,
        regions=regions_of(_brains(chosen), anatomy_of) if options.strip else (),
        is_one_page=options.is_one_page,
        are_columns_free=options.is_one_page and options.columns is None,
    )


def columns_for(lengths: Sequence[int], options: SheetOptions) -> int:
    """As many as the options say; else what fills a page, or what reads well."""
    if options.columns is not None:
        return options.columns
    if options.is_one_page:
        return min(MAX_COLUMNS, max(1, math.ceil(math.sqrt(sum(lengths) * PAGE_SHAPE))))
    return default_columns(lengths)


class CellMaker:
    """Makes the cells of a sheet from records of its session."""

    def __init__(
        self,
        session: SessionReader,
        options: SheetOptions,
        anatomy_of: AnatomyOf,
        records: Sequence[RenderRecord] = (),
    ) -> None:
        """``records`` are asked for the computations of intact minds whose anatomy is not known."""
        self._session, self._options, self._anatomy_of = session, options, anatomy_of
        self._intact: dict[Recipe, str] = {
            record.recipe: record.computation_id for record in records if not record.recipe.lesions
        }
        self._effects = Effects(session)

    def cell(self, record: RenderRecord, caption: tuple[str, ...], *, number: str = "") -> SheetCell:
        """``number`` is the record's own where none is given."""
        effect = self._effect(record)
        width, height = record.size_if_known() or USUAL_SIZE
        return SheetCell(
            load=lambda: self._session.load_image(record),
            width=width,
            height=height,
            caption=caption,
            number=number or str(record.number),
            strip=self._strip(record.recipe) if self._options.strip else None,
            value=value_of(effect, self._options.scale),
            measures=all_measures(effect),
        )

    def _strip(self, recipe: Recipe) -> tuple[StripMark, ...] | None:
        """None of a laboratory's picture: no brain made it."""
        return None if isinstance(recipe, LabRecipe) else strip_of(recipe, self._anatomy_of(recipe.brain))

    def _effect(self, record: RenderRecord) -> Effect | None:
        intact = record.recipe.intact
        if isinstance(intact, LabRecipe):
            return None
        if intact not in self._intact:
            anatomy = self._anatomy_of(intact.brain)
            self._intact[intact] = "" if anatomy is None else intact.computation_id(anatomy)
        return self._effects.of(record.computation_id, self._intact[intact])


def _brains(records: Iterable[RenderRecord]) -> list[str]:
    return [record.recipe.brain for record in records if isinstance(record.recipe, DiffusionRecipe)]


def _without_repeats(records: Sequence[RenderRecord]) -> list[RenderRecord]:
    """Oldest first, of equal recipes one whose image is there."""
    kept: dict[Recipe, RenderRecord] = {}
    for record in sorted(records, key=lambda record: record.number):
        earlier = kept.get(record.recipe)
        if earlier is None or (earlier.missing and not record.missing):
            kept[record.recipe] = record
    return list(kept.values())


def _sections(cells: CellMaker, records: Sequence[RenderRecord]) -> list[SheetSection]:
    groups: dict[Hashable, list[RenderRecord]] = {}
    for record in records:
        groups.setdefault(record.recipe.family, []).append(record)
    headings = _headings([[record.recipe for record in group] for group in groups.values()])
    sections = [
        _section(cells, heading, group)
        for heading, group in zip(headings, groups.values(), strict=True)
        if len(group) > 1
    ]
    return [*sections, *_section_of_singles(cells, records, groups)]


def _headings(groups: Sequence[Sequence[Recipe]]) -> list[str]:
    """What sets groups apart; nothing where there is only one."""
    if len(groups) == 1:
        return [""]
    imagined = [group[0].intact for group in groups if isinstance(group[0], DiffusionRecipe)]
    said = iter(SEPARATOR.join(lines) for lines in captions(imagined))
    if len(imagined) == 1:
        said = iter([wording(recipe) for recipe in imagined if isinstance(recipe, DiffusionRecipe)])
    labs = [[recipe for recipe in group if isinstance(recipe, LabRecipe)] for group in groups]
    every_lab = [recipe for group in labs for recipe in group]
    return [lab_heading(group, every_lab) if group else next(said) for group in labs]


def _section(cells: CellMaker, heading: str, group: list[RenderRecord]) -> SheetSection:
    ordered = sorted(group, key=lambda record: (bool(record.recipe.lesions), record.number))
    lines = captions([record.recipe for record in ordered])
    return SheetSection(heading, tuple(map(cells.cell, ordered, lines)))


def _section_of_singles(
    cells: CellMaker, records: Sequence[RenderRecord], groups: dict[Hashable, list[RenderRecord]]
) -> list[SheetSection]:
    """What has nothing to be compared with, together; captions say all that is not common to the sheet."""
    lines = captions([record.recipe for record in records])
    singles = tuple(
        cells.cell(record, caption)
        for record, caption in zip(records, lines, strict=True)
        if len(groups[record.recipe.family]) == 1
    )
    heading = "Single images" if len(singles) < len(records) else ""
    return [SheetSection(heading, singles)] if singles else []
