"""What is drawn around the images of a sheet, found again in pixels and in the text of a PDF."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageColor
from pypdf import PdfReader

from alienlab.domain.errors import SessionError
from alienlab.domain.lesions import Operation
from alienlab.session.sheets.colours import OPERATIONS, ramp
from alienlab.session.sheets.content import SheetAxes, SheetRegion, SheetScale, StripMark
from alienlab.session.sheets.legend import STRIP_SAID, scale_said
from alienlab.session.sheets.sheet import Labelling, Sheet, SheetCell, SheetSection, draw_sheet, write_sheet

GREY = np.full((64, 64, 3), 120, np.uint8)
REGIONS = (SheetRegion(0.0, 0.5, "down 0"), SheetRegion(0.5, 1.0, "up 0"))
SCALE = SheetScale("Effect", "seed spreads", 0.0, 2.0)
AXES = SheetAxes(columns=("dose 1", "dose 2", "dose 3"), rows=("cat", "dog"), across="dose", down="prompt")


def cell(caption="", *, number="", strip=None, value=None):
    caption = (caption,) if caption else ()
    return SheetCell(load=lambda: GREY, width=64, height=64, caption=caption, number=number, strip=strip, value=value)


def sheet(*cells, columns=3, axes=None, **more):
    return Sheet(title="T", common="", sections=(SheetSection("", cells, axes),), columns=columns, **more)


def pixels(made):
    return np.asarray(draw_sheet(made, most_pixels=50_000_000))


def is_colour(page, code):
    return (page == ImageColor.getrgb(code)).all(axis=2)


def grey_boxes(page):
    """Left, top, right and bottom of every image, in reading order."""
    found = is_colour(page, "#787878")
    rows = _runs(found.any(axis=1))
    return [(left, top, right, bottom) for top, bottom in rows for left, right in _runs(found[top:bottom].any(axis=0))]


def _runs(flags):
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def has_ink(page, left, top, right, bottom):
    return bool((page[max(top, 0) : bottom, max(left, 0) : right] < 120).all(axis=2).any())


def text_of(path):
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


def test_heads_stand_above_their_columns_and_labels_left_of_their_rows():
    page = pixels(sheet(*[cell() for _ in range(6)], axes=AXES))
    boxes = grey_boxes(page)
    assert len(boxes) == 6
    assert len({box[1] for box in boxes}) == 2
    for left, top, right, bottom in boxes:
        is_top, is_left = top == boxes[0][1], left == boxes[0][0]
        assert has_ink(page, left, top - 24, right, top - 4) == is_top
        if is_left:
            middle = (top + bottom) // 2
            assert has_ink(page, 38, middle - 16, left - 6, middle + 16)
            assert not has_ink(page, 0, top, 38, bottom)
    assert boxes[0][0] > 40
    assert boxes[2][2] == page.shape[1] - 40


def test_a_strip_marks_where_the_lesion_sits_in_the_colour_of_its_operation():
    marks = ((), (StripMark(0.25, 0.5, Operation.ZERO),), (StripMark(0.999, 1.0, Operation.NOISE),))
    page = pixels(sheet(*[cell(strip=strip) for strip in marks], regions=REGIONS))
    boxes = grey_boxes(page)
    below = [page[bottom + 2 : bottom + 16, left:right] for left, _, right, bottom in boxes]
    orange = [is_colour(strip, OPERATIONS[Operation.ZERO]).any(axis=0) for strip in below]
    assert [_runs(one) for one in orange] == [[], [(64, 128)], []]
    [(start, end)] = _runs(is_colour(below[2], OPERATIONS[Operation.NOISE]).any(axis=0))
    assert end == 256
    assert end - start >= 2  # a single module of many is seen
    legend = page[: boxes[0][1] - 4]
    for operation in Operation:
        is_used = operation in (Operation.ZERO, Operation.NOISE)
        assert is_colour(legend, OPERATIONS[operation]).any() == is_used


def test_without_strips_there_is_no_legend():
    plain, marked = (pixels(sheet(cell("a", strip=strip), regions=REGIONS)) for strip in (None, ()))
    assert grey_boxes(marked)[0][1] > grey_boxes(plain)[0][1] + 30
    assert not has_ink(plain, 0, 90, 600, grey_boxes(plain)[0][1] - 2)


def test_values_have_the_colours_of_the_bar():
    values = (0.0, 1.0, 2.0, 5.0)
    page = pixels(sheet(*[cell(value=value) for value in values], columns=4, scale=SCALE))
    boxes = grey_boxes(page)
    colours = ramp()
    expected = (colours[0], colours[round(0.5 * 255)], colours[-1], colours[-1])
    for (left, _, right, bottom), colour in zip(boxes, expected, strict=True):
        assert is_colour(page[bottom + 2 : bottom + 40, left:right], colour).sum() > 50
        assert has_ink(page, left + 20, bottom + 2, right, bottom + 30)  # the number
    bar = page[: boxes[0][1] - 4]
    assert is_colour(bar, colours[2]).any()
    assert is_colour(bar, colours[-3]).any()
    assert not is_colour(pixels(sheet(*[cell() for _ in values], scale=SCALE)), colours[2]).any()


def test_a_small_value_is_the_strong_end_of_a_reversed_scale():
    kept = SheetScale("Concept kept", "of intact", 0.0, 1.0, is_reversed=True)
    page = pixels(sheet(cell(value=0.0), columns=1, scale=kept))
    left, _, right, bottom = grey_boxes(page)[0]
    assert is_colour(page[bottom:, left:right], ramp()[-1]).any()


@pytest.mark.parametrize(("high", "value", "text"), [(1.5, 0.5, "0.50"), (30.0, 7.0, "7.0"), (0.02, 0.0123, "0.0123")])
def test_values_have_as_many_decimals_as_the_bar_tells_apart(high, value, text):
    assert SheetScale("", "", 0.0, high).text(value) == text


def test_391_images_stand_on_one_page(tmp_path):
    cells = [cell(f"module {i}", number=str(i), strip=(), value=i / 200) for i in range(391)]
    made = sheet(*cells, columns=24, scale=SCALE, regions=REGIONS, is_one_page=True, are_columns_free=True)
    began = time.process_time()
    write_sheet(made, tmp_path / "wall.pdf")
    write_sheet(made, tmp_path / "wall.png")
    assert time.process_time() - began < 15
    [page] = PdfReader(tmp_path / "wall.pdf").pages
    words = page.extract_text().split()
    assert all(str(number) in words for number in range(391))
    assert "module" not in words
    corners = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: corners.append((tm[4], tm[5])) if text.strip() else None)
    assert all(30 < x < page.mediabox.width - 30 and 15 < y < page.mediabox.height - 30 for x, y in corners)
    with Pillow.open(tmp_path / "wall.png") as picture:
        assert picture.width * picture.height <= 20_000_000
        assert len(grey_boxes(np.asarray(picture.convert("RGB")))) == 391


def test_what_does_not_go_on_one_page_gives_a_sentence(tmp_path):
    made = sheet(*[cell("a") for _ in range(2000)], columns=1, is_one_page=True)
    with pytest.raises(SessionError, match="do not go on one page"):
        write_sheet(made, tmp_path / "wall.pdf")


def test_two_images_fill_a_page_that_lies(tmp_path):
    write_sheet(sheet(cell("one"), cell("two"), columns=2), tmp_path / "two.pdf")
    [page] = PdfReader(tmp_path / "two.pdf").pages
    assert page.mediabox.width > page.mediabox.height
    corners = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: corners.append((text.strip(), tm[4])))
    places = {text: x for text, x in corners if text in ("one", "two")}
    assert places["two"] - places["one"] > 0.42 * float(page.mediabox.width)


def test_a_tall_grid_stands_upright(tmp_path):
    write_sheet(sheet(*[cell("a") for _ in range(15)], columns=3), tmp_path / "tall.pdf")
    [page] = PdfReader(tmp_path / "tall.pdf").pages
    assert page.mediabox.height > page.mediabox.width


def test_every_page_of_a_pdf_repeats_heads(tmp_path):
    rows = tuple(f"row {number};" for number in range(40))
    axes = SheetAxes(columns=("left;", "right;"), rows=rows, across="side", down="row")
    made = Sheet(
        title="Title",
        common="shared",
        sections=(SheetSection("Part", tuple(cell() for _ in range(80)), axes),),
        columns=2,
    )
    write_sheet(made, tmp_path / "long.pdf")
    pages = text_of(tmp_path / "long.pdf")
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert text.startswith("Title shared Part")
        for head in ("left;", "right;", "side →", "row ↓"):
            assert text.count(head) == 1
        assert text.endswith(f"page {number} of {len(pages)}")
    assert all(" ".join(pages).count(row) == 1 for row in rows)


def test_numbers_and_nothing_take_the_place_of_captions(tmp_path):
    for labels, said in ((Labelling.CAPTIONS, "a caption"), (Labelling.NUMBERS, "no. 7"), (Labelling.NONE, "")):
        write_sheet(sheet(cell("a caption", number="no. 7"), labels=labels), tmp_path / "sheet.pdf")
        [text] = text_of(tmp_path / "sheet.pdf")
        assert [words in text for words in ("a caption", "no. 7")] == [
            words == said for words in ("a caption", "no. 7")
        ]


def test_a_preview_is_no_larger_than_wanted():
    made = sheet(*[cell(f"number {i}") for i in range(200)], columns=10)
    for most in (3_000_000, 200_000, 5_000):
        preview = draw_sheet(made, most_pixels=most)
        assert most / 4 < preview.width * preview.height <= most * 1.02


@pytest.mark.parametrize("count", [40, 391])
def test_captions_of_one_page_give_way_to_numbers_where_they_are_many(count, tmp_path):
    """Their lines make a row higher: without them it is hardly higher than its images."""
    cells = [cell("words " * 40, number=str(i)) for i in range(count)]
    page = pixels(sheet(*cells, columns=8 if count == 40 else 24, is_one_page=True, are_columns_free=True))
    boxes = grey_boxes(page)
    assert len(boxes) == count
    tops = sorted({top for _, top, _, _ in boxes})
    side = boxes[0][2] - boxes[0][0]
    assert (tops[1] - tops[0] > 1.4 * side) == (count == 40)


@pytest.mark.parametrize("is_one_page", [False, True])
def test_a_preview_is_the_sheet_made_smaller(is_one_page, tmp_path):
    """Also where the sheet has numbers and so small a picture of it would have none."""
    cells = [cell(f"a long caption of {i}", number=str(i), strip=(), value=i / 100) for i in range(150)]
    made = sheet(*cells, columns=15, scale=SCALE, regions=REGIONS, is_one_page=is_one_page)
    write_sheet(made, tmp_path / "sheet.png")
    preview = draw_sheet(made, most_pixels=400_000)
    with Pillow.open(tmp_path / "sheet.png") as written:
        expected = written.convert("RGB").resize(preview.size, Pillow.Resampling.BOX)
    difference = np.abs(np.asarray(preview, np.float32) - np.asarray(expected, np.float32))
    assert difference.mean() < 6.0


def test_a_high_preview_is_as_wide_as_it_is_looked_at():
    made = sheet(*[cell(f"number {i}") for i in range(80)], columns=2)
    assert draw_sheet(made, most_pixels=200_000).width < 200
    assert draw_sheet(made, most_pixels=200_000, least_width=500).width == 500


def test_every_page_of_a_pdf_has_the_legend(tmp_path):
    cells = [cell(f"number {i};", strip=(), value=i / 100) for i in range(100)]
    write_sheet(sheet(*cells, columns=6, scale=SCALE, regions=REGIONS), tmp_path / "long.pdf")
    pages = text_of(tmp_path / "long.pdf")
    assert len(pages) > 3
    for text in pages:
        assert text.count(STRIP_SAID) == text.count(scale_said(SCALE)) == 1


def test_a_page_of_one_row_ends_beneath_it(tmp_path):
    write_sheet(sheet(*[cell(f"number {i};") for i in range(6)], columns=6), tmp_path / "row.pdf")
    [page] = PdfReader(tmp_path / "row.pdf").pages
    assert page.mediabox.height < 0.5 * page.mediabox.width
    corners = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: corners.append(tm[5]) if text.strip() else None)
    assert all(0 < y < page.mediabox.height for y in corners)


def test_labels_of_any_script_and_length_are_drawn(tmp_path):
    odd = ("שלום עולם", "日本語の長い説明文", "\udce9\x00", "w" * 900, "😀" * 50, "")
    axes = SheetAxes(columns=odd[:3], rows=odd[3:], across=odd[0], down=odd[3])
    made = sheet(*[cell(odd[i % 6], number=odd[i % 6], strip=(), value=1.0) for i in range(9)], axes=axes, scale=SCALE)
    for name in ("odd.png", "odd.pdf", "odd.html"):
        write_sheet(made, tmp_path / name)
    with Pillow.open(tmp_path / "odd.png") as picture:
        page = np.asarray(picture.convert("RGB"))
    assert (page[:, :30] == 255).all()
    assert (page[:, -30:] == 255).all()
