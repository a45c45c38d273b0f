import io

import numpy as np
import pytest
from PIL import Image as Pillow
from pypdf import PdfReader

from alienlab.domain.errors import ImageError, SessionError
from alienlab.session.log.reading import SessionReader
from alienlab.session.sheets.sheet import (
    Sheet,
    SheetCell,
    SheetOptions,
    SheetSection,
    default_columns,
    session_sheet,
    sheet_of,
    write_sheet,
)
from tests.fakes.recipes import make_image


@pytest.fixture
def filled(session, save):
    """Two seeds with an intact image and two altered ones each, the altered ones rendered first."""
    for seed in (1, 2):
        for lesions in (("mid_block.*:zero",), ("*:noise=0.02@7",), ()):
            save(session, *lesions, seed=seed, prompt="a cat in a party hat")
    return session


def make_sheet(*cells, columns=3, title="A sheet", common="what is common", heading=""):
    return Sheet(title=title, common=common, sections=(SheetSection(heading, cells),), columns=columns)


def text_of(path):
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


def page_of(path):
    with Pillow.open(path) as picture:
        return np.array(picture.convert("RGB"))


def test_each_row_begins_with_the_intact_image(filled):
    sheet = sheet_of(filled)
    assert (sheet.title, sheet.columns) == ("cats", 3)
    assert sheet.common.startswith("“a cat in a party hat” · 20 steps")
    assert [section.heading for section in sheet.sections] == ["seed 1", "seed 2"]
    for section in sheet.sections:
        assert [cell.caption for cell in section.cells] == [("intact",), ("mid_block.*:zero",), ("*:noise=0.02@7",)]


def test_images_that_stand_alone_share_a_section(session, save):
    for seed in range(5):
        save(session, seed=seed)
    sheet = sheet_of(session, options=SheetOptions(title="Seeds"))
    assert sheet.title == "Seeds"
    [section] = sheet.sections
    assert section.heading == ""
    assert [cell.caption for cell in section.cells] == [(f"seed {seed}",) for seed in range(5)]


def test_those_beside_compared_ones_say_all_that_sets_them_apart(filled, save):
    save(filled, prompt="a dog", seed=9)
    last = sheet_of(filled).sections[-1]
    assert last.heading == "Single images"
    assert [cell.caption for cell in last.cells] == [("intact", "“a dog”", "seed 9")]


def test_one_recipe_stands_once(session, save):
    save(session)
    save(session)
    assert len(sheet_of(session).cells) == 1


def test_chosen_records_alone_are_shown(filled):
    chosen = [record for record in filled.records() if record.recipe.seed == 2 and not record.recipe.lesions]
    sheet = sheet_of(filled, records=chosen)
    assert [cell.caption for cell in sheet.cells] == [("intact",)]
    assert "seed 2" in sheet.common


def test_columns_divide_long_sections_evenly():
    assert [default_columns([n]) for n in (1, 5, 6, 7, 12, 391)] == [1, 5, 6, 4, 6, 8]
    assert default_columns([2, 5]) == 5


def test_a_png_has_every_pixel_at_a_whole_scale(filled, tmp_path):
    session_sheet(filled, tmp_path / "sheet.png")
    page = page_of(tmp_path / "sheet.png")
    image = make_image(2, width=16, height=16)
    enlarged = image.repeat(16, axis=0).repeat(16, axis=1)
    assert _places(page, enlarged) == 3  # each of the three of seed 2
    assert page.shape[1] == 40 + 3 * 256 + 2 * 20 + 40


def test_large_images_stand_as_they_are(tmp_path):
    image = make_image(1, width=300, height=200)
    write_sheet(make_sheet(SheetCell.of(image, ("as it is",))), tmp_path / "sheet.png")
    assert _places(page_of(tmp_path / "sheet.png"), image) == 1


def test_margins_are_even_and_empty(filled, tmp_path):
    session_sheet(filled, tmp_path / "sheet.png")
    page = page_of(tmp_path / "sheet.png").astype(int)
    rows, columns = np.nonzero((page < 250).any(axis=2))
    left, right = columns.min(), page.shape[1] - 1 - columns.max()
    top, bottom = rows.min(), page.shape[0] - 1 - rows.max()
    assert left == right == 39  # the frame of an image stands one pixel out
    assert 38 <= top <= 52
    assert 38 <= bottom <= 60


def test_different_shapes_are_never_stretched(tmp_path):
    wide, tall = make_image(1, width=32, height=8), make_image(2, width=8, height=32)
    write_sheet(make_sheet(SheetCell.of(wide, ("w",)), SheetCell.of(tall, ("t",))), tmp_path / "sheet.png")
    page = page_of(tmp_path / "sheet.png")
    for image in (wide, tall):
        assert _places(page, image.repeat(8, axis=0).repeat(8, axis=1)) == 1


def test_very_many_images_are_made_smaller_or_sent_to_a_pdf(tmp_path):
    image = make_image(1, width=512, height=512)
    many = make_sheet(*[SheetCell.of(image, (str(i),)) for i in range(400)], columns=20)
    write_sheet(many, tmp_path / "sheet.png")
    with Pillow.open(tmp_path / "sheet.png") as picture:
        assert picture.width * picture.height <= 64_000_000
    with pytest.raises(SessionError, match=r"too many for one PNG sheet. Write a PDF"):
        write_sheet(make_sheet(*many.cells * 20, columns=2), tmp_path / "too-many.png")


def test_a_pdf_says_what_the_sheet_says(filled, tmp_path):
    session_sheet(filled, tmp_path / "sheet.pdf", title="Cats, altered")
    [text] = text_of(tmp_path / "sheet.pdf")
    for words in ("Cats, altered", "“a cat in a party hat” · 20 steps", "seed 1", "seed 2"):
        assert text.count(words) == 1
    for caption in ("intact", "mid_block.*:zero", "*:noise=0.02@7"):
        assert text.count(caption) == 2
    assert "page" not in text


def test_a_pdf_holds_images_at_full_resolution(tmp_path):
    image = make_image(1, width=512, height=384)
    write_sheet(make_sheet(SheetCell.of(image, ("a",))), tmp_path / "sheet.pdf")
    [embedded] = PdfReader(tmp_path / "sheet.pdf").pages[0].images
    assert np.array_equal(np.array(Pillow.open(io.BytesIO(embedded.data)).convert("RGB")), image)


def test_a_long_pdf_repeats_its_heading(tmp_path):
    cells = [SheetCell.of(make_image(i, width=8, height=8), (f"number {i};",)) for i in range(100)]
    write_sheet(make_sheet(*cells, columns=6, heading="A section"), tmp_path / "sheet.pdf")
    pages = text_of(tmp_path / "sheet.pdf")
    assert len(pages) > 3
    for number, text in enumerate(pages, start=1):
        assert text.startswith("A sheet what is common A section")
        assert ("(continued)" in text) == (number > 1)
        assert text.endswith(f"page {number} of {len(pages)}")
    everything = " ".join(pages)
    assert all(everything.count(f"number {i};") == 1 for i in range(100))


def test_no_text_runs_off_a_page(tmp_path):
    lines = ("x" * 3000, "up_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q:zero", "word " * 200)
    cells = [SheetCell.of(make_image(i, width=8, height=40), lines) for i in range(9)]
    for columns in (1, 2, 9, 40):
        sheet = make_sheet(*cells, columns=columns, title="T" * 500, common="C · " * 900, heading="H" * 900)
        write_sheet(sheet, tmp_path / "sheet.pdf")
        for page in PdfReader(tmp_path / "sheet.pdf").pages:
            corners = []
            page.extract_text(visitor_text=lambda text, cm, tm, *_, c=corners: c.append((tm[4], tm[5], text)))
            assert all(0 < x < page.mediabox.width and 0 < y < page.mediabox.height for x, y, t in corners if t.strip())
        write_sheet(sheet, tmp_path / "sheet.png")
        page = page_of(tmp_path / "sheet.png")
        assert (page[:, -20:] == 255).all()
        assert (page[-20:] == 255).all()


def test_a_lost_image_leaves_its_frame_and_caption(filled, tmp_path):
    lost = filled.records()[0]
    lost.file.unlink()
    for name in ("sheet.png", "sheet.pdf"):
        session_sheet(filled, tmp_path / name)
    assert text_of(tmp_path / "sheet.pdf")[0].count("intact") == 2
    with pytest.raises(ImageError):
        filled.load_image(lost)


def test_signs_of_many_scripts_are_drawn(tmp_path):
    write_sheet(
        make_sheet(SheetCell.of(make_image(), ("× ✕ – ≥ ≈ ▲ é Ω Ж 日本 😀 שלום",)), title="ΩЖ \udce9"),
        tmp_path / "sheet.pdf",
    )
    [text] = text_of(tmp_path / "sheet.pdf")
    assert "× ✕ – ≥ ≈ ▲ é Ω Ж" in text


def test_what_cannot_be_made_gives_a_sentence(session, tmp_path):
    with pytest.raises(SessionError, match="nothing to show"):
        session_sheet(session, tmp_path / "sheet.png")
    cell = SheetCell.of(make_image(), ("a",))
    for name in ("sheet", "sheet.jpg", "sheet.png.txt"):
        with pytest.raises(SessionError, match=r"End the name in \.png, \.pdf or \.html"):
            write_sheet(make_sheet(cell), tmp_path / name)
    for columns in (0, -1, 41):
        with pytest.raises(SessionError, match="columns"):
            make_sheet(cell, columns=columns)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SessionError):
        write_sheet(make_sheet(cell), tmp_path / "file" / "sheet.png")


def test_a_sheet_is_made_while_the_session_is_open_elsewhere(filled, tmp_path):
    with SessionReader.open_read_only(filled.folder) as reader:
        session_sheet(reader, tmp_path / "sheet.PNG")
    assert (tmp_path / "sheet.PNG").is_file()


def _places(page, image):
    """How often ``image`` stands on ``page``, pixel for pixel."""
    height, width = image.shape[:2]
    rows, columns = np.nonzero((page[: -height + 1, : -width + 1] == image[0, 0]).all(axis=2))
    return sum(np.array_equal(page[y : y + height, x : x + width], image) for y, x in zip(rows, columns, strict=True))
