"""What an HTML sheet marks its images with: strips, values, and the legend of both. Drawn in SVG."""

from __future__ import annotations

from html import escape

from alienlab.domain.effect_scale import ON_DARK, ON_LIGHT
from alienlab.domain.lesions import AnyOperation, Operation
from alienlab.session.sheets.colours import OFFERED, OPERATIONS, in_order, ramp
from alienlab.session.sheets.content import Sheet, SheetCell, SheetRegion, SheetScale
from alienlab.session.sheets.design import has_strips, has_values
from alienlab.session.sheets.legend import STRIP_SAID, scale_said

_WIDE = 1000
"""Width of a strip in its own unit."""
_LEAST = 12
"""Of a mark, so that a single module is seen."""
_TONES = 48
"""Colours of values."""
_SHARE_OF_LETTER = 0.017
"""Of the width of the legend."""


def mark_styles(sheet: Sheet) -> str:
    """Rules for the colours that depend on what stands on the sheet; empty where there are none."""
    rules = [f".o-{_name(operation)} {{ fill: {colour}; }}" for operation, colour in OPERATIONS.items()]
    rules.append(f".o-offered {{ fill: {OFFERED}; }}")
    if has_values(sheet):
        rules += _tones(ON_LIGHT)
        rules.append(f"@media screen and (prefers-color-scheme: dark) {{ {' '.join(_tones(ON_DARK))} }}")
    return "\n".join(rules)


def symbols(sheet: Sheet) -> str:
    """The strip of an intact mind, which all others are drawn upon."""
    if not has_strips(sheet):
        return ""
    regions = "".join(
        f'<rect class="t{number % 2}" x="{region.start * _WIDE:.1f}" width="{(region.end - region.start) * _WIDE:.1f}" '
        'height="10"/>'
        for number, region in enumerate(sheet.regions)
    )
    return (
        f'<svg hidden width="0" height="0"><symbol id="track" viewBox="0 0 {_WIDE} 10" preserveAspectRatio="none">'
        f'<rect class="t0" width="{_WIDE}" height="10"/>{regions}</symbol></svg>'
    )


def strip(cell: SheetCell) -> str:
    """Nothing where the cell has none."""
    if cell.strip is None:
        return ""
    marks = []
    for mark in cell.strip:
        wide = max((mark.end - mark.start) * _WIDE, _LEAST)
        start = min(mark.start * _WIDE, _WIDE - wide)
        marks.append(f'<rect class="o-{_name(mark.operation)}" x="{start:.1f}" width="{wide:.1f}" height="10"/>')
    said = ", ".join(dict.fromkeys(str(mark.operation) for mark in cell.strip)) or "intact"
    return (
        f'<svg class="strip" role="img" aria-label="{escape(said)}" viewBox="0 0 {_WIDE} 10" '
        f'preserveAspectRatio="none"><use href="#track"/>{"".join(marks)}</svg>'
    )


def value(cell: SheetCell, scale: SheetScale | None) -> str:
    """A patch of its colour, and the number; nothing where it was not measured."""
    if scale is None or cell.value is None:
        return ""
    tone = _tone(scale.share(cell.value), scale)
    patch = f'<svg viewBox="0 0 1 1" aria-hidden="true"><rect class="v{tone}" width="1" height="1"/></svg>'
    return f'<div class="value" title="{escape(scale_said(scale))}">{patch}{scale.text(cell.value)}</div>'


def legend(sheet: Sheet) -> str:
    blocks = [*([_strip_legend(sheet)] if has_strips(sheet) else []), *([_bar(sheet)] if has_values(sheet) else [])]
    return f'<div class="legend">{"".join(blocks)}</div>' if blocks else ""


def _strip_legend(sheet: Sheet) -> str:
    found = in_order(mark.operation for cell in sheet.cells for mark in cell.strip or ())
    operations = "".join(
        f'<span class="operation"><svg viewBox="0 0 1 1" aria-hidden="true"><rect class="o-{_name(one)}" width="1" '
        f'height="1"/></svg>{escape(str(one))}</span>'
        for one in found
    )
    names = "".join(
        f'<text x="{(region.start + region.end) / 2 * 100:.1f}%" y="12">{escape(name)}</text>'
        for region in sheet.regions
        for name in _name_in(region)
    )
    return (
        f'<div>{STRIP_SAID}{operations}<svg class="track" viewBox="0 0 {_WIDE} 10" preserveAspectRatio="none" '
        f'aria-hidden="true"><use href="#track"/></svg><svg class="names">{names}</svg></div>'
    )


def _name_in(region: SheetRegion) -> tuple[str, ...]:
    """The name that there is room for, if any."""
    share = region.end - region.start
    return tuple(name for name in region.names if share > _SHARE_OF_LETTER * len(name))[:1]


def _bar(sheet: Sheet) -> str:
    scale = sheet.scale
    assert scale is not None
    steps = "".join(
        f'<rect class="v{_tone((step + 0.5) / _TONES, scale)}" x="{step}" width="{_TONES - step}" height="1"/>'
        for step in range(_TONES)
    )
    is_exceeded = any(cell.value is not None and cell.value > scale.high for cell in sheet.cells)
    ends = (scale.text(scale.low), scale.text((scale.low + scale.high) / 2), scale.text(scale.high))
    last = f"≥ {ends[-1]}" if is_exceeded else ends[-1]
    spans = "".join(f"<span>{text}</span>" for text in (*ends[:-1], last))
    return (
        f'<div class="bar">{escape(scale_said(scale))}<svg class="track" viewBox="0 0 {_TONES} 1" '
        f'preserveAspectRatio="none" aria-hidden="true">{steps}</svg><div class="ends">{spans}</div></div>'
    )


def _tones(ends: tuple[float, float]) -> list[str]:
    return [f".v{tone} {{ fill: {colour}; }}" for tone, colour in enumerate(ramp(ends, _TONES))]


def _tone(share: float, scale: SheetScale) -> int:
    return round((1.0 - share if scale.is_reversed else share) * (_TONES - 1))


def _name(operation: AnyOperation) -> str:
    return operation.replace("+", "-added") if isinstance(operation, Operation) else "offered"
