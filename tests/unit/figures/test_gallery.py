"""The page with all figures."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from PIL import Image

from alienlab.figures import FIGURES, Made
from alienlab.figures.gallery import write_gallery


class _Page(HTMLParser):
    """Ids, links and pictures, and the text between."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [name] if (name := given.get("id")) else []
        self.targets += [target] if (target := given.get("href")) else []
        self.pictures += [given] if tag == "img" else []

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(page: Path) -> _Page:
    reader = _Page()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def test_the_page_shows_each_figure_with_its_command_and_time(tmp_path) -> None:
    options = ("--prompt", "a <dog> & a hat")
    files = [tmp_path / f"{figure.id}.png" for figure in FIGURES]
    for file in files:
        Image.new("RGB", (40, 30)).save(file)
    made = [
        Made(figure=figure, seconds=75.0, options=options, file=file)
        for figure, file in zip(FIGURES, files, strict=True)
    ]
    page = _read(write_gallery(tmp_path, made, about="Of <something>."))
    assert page.ids == [figure.id for figure in FIGURES]
    assert {f"#{figure.id}" for figure in FIGURES} <= set(page.targets)
    assert [picture["src"] for picture in page.pictures] == [file.name for file in files]
    assert {(picture["width"], picture["height"]) for picture in page.pictures} == {("40", "30")}
    assert "Of <something>." in page.text
    for figure in FIGURES:
        assert figure.title in page.text
        assert figure.says in page.text
        assert f"alienlab figure {figure.id} --prompt 'a <dog> & a hat' -o {figure.id}.png · 1 min 15 s" in page.text


def test_a_figure_that_could_not_be_made_is_told_of(tmp_path) -> None:
    made = [Made(figure=FIGURES[0], seconds=0.3, trouble="There is <no> recogniser.")]
    page = _read(write_gallery(tmp_path, made, about=""))
    assert page.pictures == []
    assert "could not be made" in page.text
    assert "There is <no> recogniser." in page.text
