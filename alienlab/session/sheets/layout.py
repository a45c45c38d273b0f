"""A sheet in rows, with its texts wrapped and its heights measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from alienlab.session.sheets.content import Labelling, Sheet, SheetAxes, SheetCell, SheetSection
from alienlab.session.sheets.design import Design
from alienlab.session.sheets.surface import Measure, Type
from alienlab.session.sheets.wrapping import Fits, wrap, wrap_all

MAX_CAPTION_LINES = 12
MAX_HEADING_LINES = 4
MAX_HEAD_LINES = 4
ROW_GAP = 1.2
"""Between the label of a row and its images, in sizes of its type."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section, with the rule above it."""

    lines: tuple[str, ...]
    height: float

    def continued(self) -> Heading:
        """As it stands on the pages that follow."""
        return replace(self, lines=(*self.lines[:-1], f"{self.lines[-1]} (continued)"))


@dataclass(frozen=True, slots=True)
class Heads:
    """The labels above the columns; each page has them."""

    across: str
    down: str
    columns: tuple[tuple[str, ...], ...]
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Cells side by side, each with the lines of its caption, and the label of the row."""

    cells: tuple[tuple[SheetCell, tuple[str, ...]], ...]
    label: tuple[str, ...]
    image_height: float
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class SectionLayout:
    """A section in rows."""

    heading: Heading | None
    heads: Heads | None
    rows: tuple[Row, ...]


def lay_out(sheet: Sheet, design: Design, measure: Measure, *, width: float) -> list[SectionLayout]:
    """Every section; ``width`` is the room of headings."""
    return [_section(section, design, measure, width) for section in sheet.sections if section.cells]


def fits_in(width: float, kind: Type, measure: Measure) -> Fits:
    return lambda text: measure(text, kind) <= width


def row_label_width(sheet: Sheet, head: Type, measure: Measure, *, most: float) -> float:
    """What the labels of the rows take, the gap to the images included; 0 where there are none."""
    axes = [section.axes for section in sheet.sections if section.axes is not None and section.axes.rows]
    if not axes:
        return 0.0
    labels = (label for one in axes for label in (*one.rows, f"{one.down} ↓"))
    words = (text for label in labels for text in wrap(label, lambda text: True, most=1))
    longest = max((measure(text, head) for text in words), default=0.0)
    return min(longest, most) + ROW_GAP * head.size


def _section(section: SheetSection, design: Design, measure: Measure, width: float) -> SectionLayout:
    return SectionLayout(
        heading=_heading(section.heading, design, fits_in(width, design.heading, measure)),
        heads=None if section.axes is None else _heads(section.axes, design, measure),
        rows=tuple(_rows(section, design, measure)),
    )


def _heading(text: str, design: Design, fits: Fits) -> Heading | None:
    reserved = " (continued)"
    lines = wrap(text, lambda line: fits(line + reserved), most=MAX_HEADING_LINES)
    return Heading(lines, len(lines) * design.heading.line + 1.3 * design.heading.size) if lines else None


def _heads(axes: SheetAxes, design: Design, measure: Measure) -> Heads | None:
    room = fits_in(design.column_width + 0.6 * design.gutter, design.head, measure)
    columns = tuple(wrap(label, room, most=MAX_HEAD_LINES) for label in axes.columns)
    lines = max(map(len, columns), default=0)
    is_named = bool(axes.across)
    if not lines and not is_named:
        return None
    height = (lines + is_named) * design.head.line + 0.5 * design.caption.size
    across = _arrowed(axes.across, "→", design, measure, design.width - design.row_labels)
    down = _arrowed(axes.down, "↓", design, measure, design.row_labels - ROW_GAP * design.head.size)
    return Heads(across, down, columns, height)


def _arrowed(name: str, arrow: str, design: Design, measure: Measure, width: float) -> str:
    """On one line with where it leads; empty without a name."""
    kind = Type(design.head.size)
    lines = wrap(name, lambda text: measure(f"{text} {arrow}", kind) <= width, most=1)
    return f"{lines[0]} {arrow}" if lines else ""


def _rows(section: SheetSection, design: Design, measure: Measure) -> Iterator[Row]:
    room = fits_in(design.row_labels - ROW_GAP * design.head.size, design.head, measure)
    labels = section.axes.rows if section.axes is not None and design.row_labels else ()
    for number, start in enumerate(range(0, len(section.cells), design.columns)):
        label = wrap(labels[number], room, most=MAX_HEADING_LINES) if number < len(labels) else ()
        yield _row(section.cells[start : start + design.columns], label, design, measure)


def _row(cells: tuple[SheetCell, ...], label: tuple[str, ...], design: Design, measure: Measure) -> Row:
    captioned = tuple((cell, _caption(cell, design, measure)) for cell in cells)
    image_height = max(design.fitted(cell.width, cell.height)[1] for cell in cells)
    has_values_beside = design.has_value and design.labels is Labelling.NUMBERS
    lines = max(int(has_values_beside), *(len(caption) for _, caption in captioned))
    height = image_height + beneath(design) + (design.gap + lines * design.caption.line if lines else 0.0)
    return Row(captioned, label, image_height, max(height, len(label) * design.head.line))


def beneath(design: Design) -> float:
    """Height of what stands between an image and its caption."""
    strip = design.gap + design.strip if design.has_strip else 0.0
    return strip + (value_height(design) if design.has_value else 0.0)


def value_height(design: Design) -> float:
    """With the gap above it."""
    return design.gap + (design.caption.size if design.labels is Labelling.CAPTIONS else design.strip)


def _caption(cell: SheetCell, design: Design, measure: Measure) -> tuple[str, ...]:
    fits = fits_in(design.column_width, design.caption, measure)
    match design.labels:
        case Labelling.CAPTIONS:
            return wrap_all(cell.caption, fits, most=MAX_CAPTION_LINES)
        case Labelling.NUMBERS:
            return wrap(cell.number, fits, most=1)
        case Labelling.NONE:
            return ()
