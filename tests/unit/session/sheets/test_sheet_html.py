"""A sheet as an HTML file, parsed again."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from PIL import Image as Pillow

from alienlab.domain.errors import ImageError
from alienlab.domain.lesions import Operation
from alienlab.session.sheets.content import SheetAxes, SheetRegion, SheetScale, StripMark
from alienlab.session.sheets.sheet import Labelling, Sheet, SheetCell, SheetSection, write_sheet
from tests.fakes.recipes import make_image

VOID = {"meta", "img", "input", "wbr", "br", "rect", "use"}


class Parsed(HTMLParser):
    """Tags with their attributes in order, the text, and whether all that is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def said(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag]


def cell(seed, caption=("a caption",), **more):
    image = make_image(seed, width=20, height=12)
    return SheetCell(load=lambda: image, width=20, height=12, caption=caption, **more)


def sheet(*cells, columns=2, axes=None, title="A sheet", **more):
    return Sheet(title=title, common="shared", sections=(SheetSection("A part", cells, axes),), columns=columns, **more)


@pytest.fixture
def parsed(tmp_path):
    def write(made):
        write_sheet(made, tmp_path / "sheet.html")
        text = (tmp_path / "sheet.html").read_text(encoding="utf-8")
        return text, Parsed(text)

    return write


def test_every_image_is_in_the_file_pixel_for_pixel(parsed):
    text, page = parsed(sheet(*[cell(seed) for seed in range(5)]))
    assert page.open == []
    sources = [image["src"] for image in page.all("img") if image.get("src")]
    assert len(sources) == 5
    for seed, source in enumerate(sources):
        assert source is not None
        data = base64.b64decode(source.removeprefix("data:image/png;base64,"), validate=True)
        assert np.array_equal(np.asarray(Pillow.open(io.BytesIO(data))), make_image(seed, width=20, height=12))
    assert not re.search(r"https?:|//[a-z]|@import|url\(", re.sub(r"base64,[^\"]*", "", text))
    assert not page.all("link")
    assert all("src" not in script for script in page.all("script"))


def test_its_policy_lets_nothing_in_but_what_is_written_there(parsed):
    text, page = parsed(sheet(cell(0, strip=(StripMark(0.1, 0.2, Operation.ZERO),), value=1.0), scale=SCALE))
    [policy] = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    for tag in ("style", "script"):
        [written] = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(written.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
    assert not any(
        "style" in attributes or any(name.startswith("on") for name in attributes) for _, attributes in page.tags
    )


def test_hostile_texts_are_only_texts(parsed):
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)> \" ' & <!-- \udce9\x00"
    axes = SheetAxes(columns=(hostile,), rows=(hostile,), across=hostile, down=hostile)
    cells = (cell(0, (hostile,), number=hostile, measures={hostile: 1.0}),)
    made = sheet(*cells, axes=axes, columns=1, title=hostile, regions=(SheetRegion(0, 1, hostile),))
    _, page = parsed(made)
    assert page.open == []
    assert len(page.all("script")) == 1
    assert len(page.all("img")) == 2  # the image, and the place for the enlarged one
    assert page.said("h1") == page.said("title") == [hostile[:-2].strip()]
    caption = "".join(text for tag, text in page.texts if (tag == "span" and "alert" in text) or tag == "span")
    assert "<script>alert(1)</script>" in caption


def test_images_are_sorted_by_whatever_was_measured(parsed):
    cells = [cell(0, measures={"Effect": 0.5, "Flatness": 0.25}), cell(1, measures={"Effect": 1e-9}), cell(2)]
    _, page = parsed(sheet(*cells))
    [order] = page.all("select")
    assert order["id"] == "order"
    options = dict(zip([option["value"] for option in page.all("option")], page.said("option"), strict=True))
    assert options == {
        "": "as on the sheet",
        "m0 down": "Effect, largest first",
        "m0 up": "Effect, smallest first",
        "m1 down": "Flatness, largest first",
        "m1 up": "Flatness, smallest first",
    }
    keys = [{key: float(one[key] or "") for key in ("data-m0", "data-m1") if key in one} for one in page.all("figure")]
    assert keys == [{"data-m0": 0.5, "data-m1": 0.25}, {"data-m0": 1e-9}, {}]
    assert [figure["data-order"] for figure in page.all("figure")] == ["0", "1", "2"]
    assert not parsed(sheet(cell(0)))[1].all("select")


def test_a_grid_is_a_table_with_heads(parsed):
    axes = SheetAxes(columns=("one", "two"), rows=("cat", "dog"), across="dose", down="prompt")
    _, page = parsed(sheet(*[cell(seed, (), number=f"place {seed}") for seed in range(4)], axes=axes))
    heads = [(head.get("scope"), text) for head, text in zip(page.all("th"), page.said("th"), strict=True)]
    assert heads == [
        *((None, "dose →"), (None, "prompt ↓"), ("col", "one"), ("col", "two")),
        *(("row", "cat"), ("row", "dog")),
    ]
    assert [image["alt"] for image in page.all("img")][:4] == [f"place {seed}" for seed in range(4)]


def test_strips_and_values_are_drawn(parsed):
    marks = (StripMark(0.5, 0.75, Operation.NOISE),)
    _, page = parsed(
        sheet(cell(0, strip=()), cell(1, strip=marks, value=1.5), scale=SCALE, regions=(SheetRegion(0, 1, "mid"),))
    )
    assert [svg["aria-label"] for svg in page.all("svg") if svg.get("class") == "strip"] == ["intact", "noise"]
    [mark] = [rect for rect in page.all("rect") if rect.get("class") == "o-noise" and "x" in rect]
    assert (mark["x"], mark["width"]) == ("500.0", "250.0")
    assert "1.50" in page.said("div")
    assert "mid" in page.said("text")
    assert "Effect, seed spreads" in page.said("div")


def test_numbers_or_nothing_stand_beneath(parsed):
    for labels, said in ((Labelling.NUMBERS, ["7"]), (Labelling.NONE, [])):
        _, page = parsed(sheet(cell(0, ("a caption",), number="7"), labels=labels))
        assert len(page.all("figcaption")) == len(said)
        assert [text for text in page.said("span") if text == "7"] == said
        assert page.all("img")[0]["alt"] == "a caption"  # enlarged, it says all


def test_a_lost_image_says_so(parsed):
    def lost():
        raise ImageError("gone")

    _, page = parsed(sheet(SheetCell(load=lost, width=8, height=8, caption=("lost",)), cell(1)))
    assert "no image" in page.said("div")
    assert len(page.all("figure")) == 2


SCALE = SheetScale("Effect", "seed spreads", 0.0, 2.0)
