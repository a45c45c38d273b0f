"""A sheet as one HTML file that needs nothing else: no network, no other files."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from PIL import Image as Pillow

from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image
from alienlab.session.files import write_atomically
from alienlab.session.paths import resources_folder
from alienlab.session.sheets.content import Labelling, Sheet, SheetAxes, SheetCell, SheetSection
from alienlab.session.sheets.html_marks import legend, mark_styles, strip, symbols, value
from alienlab.session.sheets.wrapping import breakable, printable

_TILES = (320, 224, 160, 112, 80)
"""Widths of an image in pixels, for more and more columns."""
_LEAST_WITH_WORDS = 96
_WHOLE = 256
"""Images up to this wide keep their pixels when they are enlarged."""
_ZOOM = (
    '<dialog id="zoom" aria-label="Enlarged image"><span class="counted"></span>'
    '<button class="close" title="Close (Esc)" aria-label="Close">×</button>'
    '<button class="back" title="Previous (←)" aria-label="Previous image">‹</button><img alt="">'
    '<button class="on" title="Next (→)" aria-label="Next image">›</button><div class="said" dir="auto"></div></dialog>'
)


def write_sheet_html(sheet: Sheet, path: Path) -> None:
    """Raises SessionError where it cannot be written."""
    write_atomically(path, sheet_html(sheet).encode())


def sheet_html(sheet: Sheet) -> str:
    """The document. Its policy lets it load nothing, and run nothing but what is written into it here."""
    style, script = _style(sheet), _resource("sheet.js")
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return "\n".join(
        [
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="generator" content="AlienLab">',
            f"<title>{_text(sheet.title)}</title><style>{style}</style></head>",
            f"<body{_classes(sheet)}>{symbols(sheet)}<header>",
            f'<h1 dir="auto">{_text(sheet.title)}</h1><p class="common" dir="auto">{_text(sheet.common)}</p>',
            f"{legend(sheet)}</header>{_controls(sheet)}<main>",
            *_sections(sheet),
            f"</main><footer>AlienLab</footer>{_ZOOM}<script>{script}</script></body></html>",
        ]
    )


def _resource(name: str) -> str:
    """A file that is written into every sheet."""
    return (resources_folder() / "sheet" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """As a content security policy names what it lets through."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _style(sheet: Sheet) -> str:
    least = _LEAST_WITH_WORDS if sheet.labels is Labelling.CAPTIONS else 32
    sizes = f":root {{ --columns: {sheet.columns}; --tile: {_tile(sheet)}px; --least: {least}px; }}"
    return f"{_resource('sheet.css')}\n{sizes}\n{mark_styles(sheet)}"


def _tile(sheet: Sheet) -> int:
    return _TILES[min(sheet.columns // 4, len(_TILES) - 1)]


def _classes(sheet: Sheet) -> str:
    is_plain = sheet.labels is not Labelling.CAPTIONS
    is_whole = all(cell.width <= _WHOLE for cell in sheet.cells)
    names = " ".join([*(["plain"] if is_plain else []), *(["whole"] if is_whole else [])])
    return f' class="{names}"' if names else ""


def _controls(sheet: Sheet) -> str:
    headings = _headings(sheet)
    choices = [
        f'<option value="m{number} {way}">{_text(heading)}, {said} first</option>'
        for number, heading in enumerate(headings)
        for way, said in (("down", "largest"), ("up", "smallest"))
    ]
    order = (
        '<label>Order <select id="order" title="What the images of each section are ordered by">'
        f'<option value="">as on the sheet</option>{"".join(choices)}</select></label>'
    )
    size = (
        f'<label>Size <input id="size" type="range" min="32" max="512" step="16" value="{_tile(sheet)}" '
        'title="How wide the images are, in pixels"></label>'
    )
    return f'<div class="controls">{order if headings else ""}{size}</div>'


def _headings(sheet: Sheet) -> list[str]:
    """What the sheet can be sorted by."""
    return list(dict.fromkeys(heading for cell in sheet.cells for heading in cell.measures))


def _sections(sheet: Sheet) -> Iterator[str]:
    headings, number = _headings(sheet), 0
    for section in sheet.sections:
        figures = [_figure(cell, number + place, sheet, headings) for place, cell in enumerate(section.cells)]
        number += len(figures)
        heading = f'<h2 dir="auto">{_text(section.heading)}</h2>' if section.heading else ""
        yield f'<section>{heading}{_arranged(section, figures)}<div class="cells sorted" hidden></div></section>'


def _arranged(section: SheetSection, figures: Sequence[str]) -> str:
    if section.axes is None:
        return f'<div class="cells original">{"".join(figures)}</div>'
    return (
        f'<table class="original">{_head(section.axes)}<tbody>{"".join(_rows(section.axes, figures))}</tbody></table>'
    )


def _head(axes: SheetAxes) -> str:
    corner = f'<th class="name row">{_text(axes.down)}{" ↓" if axes.down else ""}</th>' if axes.rows else ""
    across = f'<th class="name" colspan="{len(axes.columns)}">{_text(axes.across)} →</th>' if axes.across else ""
    named = f"<tr>{'<td></td>' if axes.rows else ''}{across}</tr>" if across else ""
    heads = "".join(f'<th scope="col" dir="auto">{_text(label)}</th>' for label in axes.columns)
    return f"<thead>{named}<tr>{corner}{heads}</tr></thead>"


def _rows(axes: SheetAxes, figures: Sequence[str]) -> Iterator[str]:
    wide = len(axes.columns)
    for number, start in enumerate(range(0, len(figures), wide)):
        label = axes.rows[number] if number < len(axes.rows) else ""
        head = f'<th class="row" scope="row" dir="auto">{_text(label)}</th>' if axes.rows else ""
        yield f"<tr>{head}{''.join(f'<td>{figure}</td>' for figure in figures[start : start + wide])}</tr>"


def _figure(cell: SheetCell, number: int, sheet: Sheet, headings: Sequence[str]) -> str:
    measured = "".join(
        f' data-m{place}="{cell.measures[heading]!r}"'
        for place, heading in enumerate(headings)
        if heading in cell.measures
    )
    parts = (_picture(cell), strip(cell), value(cell, sheet.scale), _caption(cell, sheet.labels))
    return f'<figure data-order="{number}"{measured}>{"".join(parts)}</figure>'


def _picture(cell: SheetCell) -> str:
    said = _text(" · ".join(filter(None, cell.caption)) or cell.number)
    try:
        source = _data_uri(cell.load())
    except AlienLabError:
        return '<div class="missing">no image</div>'
    return (
        f'<button title="{said}" aria-label="Enlarge {said}">'
        f'<img src="{source}" alt="{said}" width="{cell.width}" height="{cell.height}" decoding="async"></button>'
    )


def _data_uri(image: Image) -> str:
    buffer = io.BytesIO()
    Pillow.fromarray(image).save(buffer, "PNG")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def _caption(cell: SheetCell, labels: Labelling) -> str:
    match labels:
        case Labelling.CAPTIONS:
            place = [] if cell.caption else [f'<span class="place">{_text(cell.number)}</span>']
            return _lines([*place, *(f"<span>{_words(line)}</span>" for line in cell.caption)])
        case Labelling.NUMBERS:
            return _lines([f"<span>{_text(cell.number)}</span>"])
        case Labelling.NONE:
            return ""


def _lines(lines: Iterable[str]) -> str:
    return f'<figcaption dir="auto">{"".join(lines)}</figcaption>'


def _words(text: str) -> str:
    """Long paths are broken at their dots."""
    return "<wbr>".join(map(escape, breakable(text)))


def _text(text: str) -> str:
    """As it stands in a document or an attribute."""
    return escape(printable(text).strip())
