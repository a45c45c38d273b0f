"""Sheets and films of a session, by command; the session is made without an engine."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from alienlab.domain.lesions import Operation, Treatment
from alienlab.domain.sweeps import kinds
from alienlab.engine.brains.folder import hash_of, inspect
from alienlab.session.brains.anatomy_cache import load_anatomy
from alienlab.session.log.store import Session
from alienlab.session.paths import embedded_brain
from alienlab.session.sheets.colours import OPERATIONS
from tests.fakes.recipes import make_image
from tests.fakes.swept import keep_sweep
from tests.integration.conftest import refused


@pytest.fixture
def swept(run, tmp_path):
    """A session of the embedded brain with two sweeps."""
    brain = embedded_brain()
    anatomy = load_anatomy(brain, tmp_path)
    assert anatomy is not None
    with Session.open(tmp_path / "trial") as session:
        own = hash_of(inspect(brain))
        doses = kinds.doses(Treatment(Operation.NOISE, 0.1), (0.1, 0.2))
        keep_sweep(session, anatomy, doses, title="Growing doses", brain=own)
        keep_sweep(session, anatomy, kinds.seeds((21, 22)), doses, title="Doses by seeds", brain=own)
    return "./trial"


def text_of(path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_a_sweep_is_found_by_words_of_its_title(run, swept, tmp_path):
    assert run("sheet", swept, "--sweep", "BY SEEDS", "--scale", "spreads", "-o", "s.pdf") == (0, "s.pdf", "")
    text = text_of(tmp_path / "s.pdf")
    for words in ("Doses by seeds", "intact noise 10 % noise 20 %", "seed 21", "seed 22", "Effect, seed spreads"):
        assert words in text
    assert "Modules in order of execution noise" in text
    run("sheet", swept, "--sweep", "growing-doses", "--no-strip", "--title", "Mine", "-o", "s.pdf")
    text = text_of(tmp_path / "s.pdf")
    assert "Mine" in text
    assert "Modules in order" not in text


def test_a_filter_chooses_what_is_on_the_sheet(run, swept, tmp_path):
    assert run("sheet", swept, "--filter", "op:noise", "--columns", 2, "--labels", "numbers", "-o", "f.png")[0] == 0
    assert run("sheet", swept, "-o", "all.png")[0] == 0
    with Image.open(tmp_path / "f.png") as few, Image.open(tmp_path / "all.png") as every:
        assert few.width * few.height < every.width * every.height
        colours = {colour for _, colour in few.convert("RGB").getcolors(2**24) or ()}
    assert tuple(bytes.fromhex(OPERATIONS[Operation.NOISE][1:])) in colours
    assert run("sheet", swept, "--one-page", "-o", "one.pdf")[0] == 0
    assert len(PdfReader(tmp_path / "one.pdf").pages) == 1
    assert run("sheet", swept, "--scale", "structural", "-o", "all.html")[0] == 0
    assert "Structural distance, largest first" in (tmp_path / "all.html").read_text(encoding="utf-8")


def test_a_film_of_a_sweep_with_captions(run, swept, tmp_path):
    options = ("--fps", 5, "--there-and-back", "--captions")
    assert run("animate", swept, "--sweep", "growing", *options, "-o", "film.webp") == (0, "film.webp", "")
    with Image.open(tmp_path / "film.webp") as film:
        assert film.n_frames == 4  # intact and two doses, and back
        assert film.width == 256
        assert film.height > 256
    assert run("animate", swept, "--filter", "op:noise", "-o", "film.gif")[0] == 0
    with Image.open(tmp_path / "film.gif") as film:
        assert (film.n_frames, film.size) == (6, (16, 16))
        assert np.abs(np.asarray(film.convert("RGB")).astype(int) - make_image(1, width=16, height=16)).mean() < 40


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sheet", "--sweep", "nowhere", "-o", "s.png"), "no sweep called “nowhere”"),
        (("sheet", "--filter", "op:noise is:starred", "-o", "s.png"), "let through by the filter"),
        (("sheet", "--filter", "op:nonsense", "-o", "s.png"), "nonsense"),
        (("sheet", "--filter", "cat", "--sweep", "growing", "-o", "s.png"), "not both"),
        (("sheet", "--labels", "loud", "-o", "s.png"), "captions, numbers, none"),
        (("sheet", "--scale", "loud", "-o", "s.png"), "spreads"),
        (("sheet", "--columns", "77", "-o", "s.png"), "1 to 40"),
        (("sheet", "-o", "s.bmp"), ".html"),
        (("animate", "-o", "s.png"), ".gif"),
        (("animate", "--fps", "0", "-o", "s.gif"), "frames a second"),
    ],
)
def test_what_cannot_be_made_is_told_in_one_line(run, swept, arguments, said, tmp_path):
    command, *options = arguments
    assert said in refused(run(command, swept, *options))
    assert not list(tmp_path.glob("s.*"))
