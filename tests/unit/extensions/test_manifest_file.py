"""Declarations of plugins: what they mean, and files as somebody might write them who errs or means harm."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from alienlab.domain.laboratories.declarations import (
    Exporter,
    Laboratory,
    LesionOperation,
    Measure,
    Recogniser,
    SweepKind,
)
from alienlab.domain.laboratories.parameters import ParameterKind
from alienlab.domain.laboratories.shelf import PluginError
from alienlab.extensions.manifest_file import MAX_BYTES, read_declaration
from tests.fakes.hostile import flipped, overwritten, truncated

HEAD = 'id = "mine"\nname = "Mine"\nversion = "1.0"\napi = 1\nsummary = "It is mine."\n'
LABORATORY = """
[[laboratory]]
id = "lab"
name = "Lab"
summary = "A laboratory."
guide = "Look."
network = "mine:network"
"""
EXPERIMENT = """
[[laboratory.experiment]]
id = "one"
name = "One"
summary = "One experiment."
code = "mine.deep:one"
parameters = [{parameters}]
"""
KINDS = """
[[laboratory.parameter]]
id = "number"
name = "Number"
kind = "number"
default = 2
low = 1
high = 10
logarithmic = true
unit = "m"
[[laboratory.parameter]]
id = "choice"
name = "Choice"
kind = "choice"
default = "b"
choices = [{ id = "a", name = "A" }, { id = "b", name = "B" }]
[[laboratory.parameter]]
id = "point"
name = "Point"
kind = "point"
[[laboratory.parameter]]
id = "box"
name = "Box"
kind = "box"
[[laboratory.parameter]]
id = "lesions"
name = "Lesions"
kind = "lesions"
[[laboratory.parameter]]
id = "image"
name = "Image"
kind = "image"
"""
OFFERS = """
[[lesion]]
id = "swap"
name = "Swap"
summary = "Swaps."
code = "mine:swap"
amount = { low = 0.0, high = 1.0, default = 0.5 }
seed = true
[[measure]]
id = "glow"
name = "Glow"
summary = "Glows."
code = "mine:glow"
[[sweep]]
id = "rows"
name = "Rows"
summary = "Rows."
code = "mine:rows"
[[exporter]]
id = "book"
name = "Book"
summary = "A book."
code = "mine:book"
suffix = ".txt"
[[recogniser]]
id = "guess"
name = "Guess"
summary = "Guesses."
code = "mine:guess"
words = ["cat"]
"""


def parameter(**keys: str) -> str:
    table = {"id": '"p"', "name": '"P"', "kind": '"number"', "default": "0.5", **keys}
    return "[[laboratory.parameter]]\n" + "".join(f"{key} = {value}\n" for key, value in table.items() if value)


def in_a_lab(text: str, parameters: str = '"p"') -> str:
    return HEAD + LABORATORY + text + EXPERIMENT.format(parameters=parameters)


@pytest.fixture
def read(tmp_path: Path):
    def reader(text: str | bytes):
        file = tmp_path / "plugin.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_declaration(file, folder=tmp_path)

    return reader


def test_a_declaration_becomes_offers(read, tmp_path: Path) -> None:
    plugin = read(in_a_lab(KINDS, '"number", "image"') + OFFERS)
    (lab,) = plugin.of_kind(Laboratory)
    assert (lab.key, lab.guide) == ("mine/lab", "Look.")
    assert lab.network is not None
    defaults = {one.id: one.default for one in lab.parameters}
    assert defaults == {
        "number": 2.0,
        "choice": "b",
        "point": (0.5, 0.5),
        "box": (0.0, 0.0, 0.0, 0.0),
        "lesions": (),
        "image": None,
    }
    (one,) = lab.experiments
    assert (one.code.plugin, one.code.target, one.code.folder) == ("mine", "mine.deep:one", tmp_path)
    assert (one.is_live, one.revision, one.patience) == (True, 1, 60.0)
    assert [parameter.kind for parameter in lab.parameters_of(one)] == [ParameterKind.NUMBER, ParameterKind.IMAGE]
    (swap,) = plugin.of_kind(LesionOperation)
    assert (swap.low, swap.high, swap.default, swap.takes_seed) == (0.0, 1.0, 0.5, True)
    assert not plugin.of_kind(Measure)[0].unit
    assert plugin.of_kind(SweepKind)[0].parameters == ()
    assert plugin.of_kind(Exporter)[0].suffix == ".txt"
    assert plugin.of_kind(Recogniser)[0].words == ("cat",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "id: Field required"),
        ("id = ", "not valid TOML"),
        (b"\xff\xfe", "not valid TOML"),
        ("x = " + "[" * 20_000, "not valid TOML"),
        (HEAD.replace("api = 1", "api = 2"), "version 2 of the plugin interface; this AlienLab has version 1"),
        (HEAD.replace("api = 1", 'api = "1"'), "api"),
        (HEAD.replace('"mine"', '"Mine!"'), "id"),
        (HEAD.replace('"Mine"', '"a\\u0007b"'), "one line that can be read"),
        (HEAD.replace('"1.0"', "1.0"), "version"),
        (HEAD + "surprise = 1\n", "surprise: Extra inputs are not permitted"),
        (HEAD + LABORATORY, "laboratory 1 experiment: Field required"),
        (in_a_lab(parameter(), '"q"'), "names the parameter 'q', which is not there"),
        (in_a_lab(parameter(), '"p", "p"'), "'p' is there twice"),
        (in_a_lab(parameter() + parameter()), "'p' is there twice among the parameters of 'lab'"),
        (in_a_lab(parameter(id='"seed"'), '"seed"'), "'seed' is taken"),
        (in_a_lab(parameter(id='"Über"')), "id"),
        (in_a_lab(parameter(default="")), "'p' needs a default"),
        (in_a_lab(parameter(default="nan")), "the default of 'p' is wrong"),
        (in_a_lab(parameter(low="1", high="2")), "the default of 'p' is wrong. P 0.5 is out of range"),
        (in_a_lab(parameter(low="2", high="1")), "low of 'p' must be below its high"),
        (in_a_lab(parameter(low="inf")), "low"),
        (in_a_lab(parameter(logarithmic="true")), "'p' is logarithmic"),
        (in_a_lab(parameter(kind='"switch"', default="true", low="0")), "is no number"),
        (in_a_lab(parameter(kind='"image"', default='"cat.png"')), "which has no default"),
        (in_a_lab(parameter(kind='"colour"')), "kind"),
        (in_a_lab(parameter(kind='"choice"', default='"a"')), "needs choices"),
        (in_a_lab(parameter(hint='"' + "x" * 500 + '"')), "hint"),
        (in_a_lab(parameter(kind='"lesions"', default="")).replace('network = "mine:network"', ""), "needs a network"),
        (in_a_lab(parameter()).replace("mine.deep:one", "mine.deep"), "code"),
        (in_a_lab(parameter()).replace("mine.deep:one", "../mine:one"), "code"),
        (in_a_lab(parameter()).replace("mine.deep:one", "mine:one()"), "code"),
        (in_a_lab(parameter()) + "patience = 0", "patience"),
        (HEAD + OFFERS.replace("default = 0.5", "default = 2.0"), "the amount's low must be below its high"),
        (HEAD + OFFERS.replace('".txt"', '"/etc/passwd"'), "suffix"),
        (HEAD + OFFERS + OFFERS, "'swap' is there twice among the offers"),
    ],
)
def test_what_is_wrong_is_a_sentence(read, text, said) -> None:
    with pytest.raises(PluginError) as refused:
        read(text)
    sentence = str(refused.value)
    assert said in sentence
    assert len(sentence) < 600
    assert sentence.isprintable()
    assert sentence.endswith(".")


def test_a_file_that_is_too_large_or_gone_is_a_sentence(read, tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="too large"):
        read(HEAD + "#" * MAX_BYTES)
    with pytest.raises(PluginError, match="cannot be read"):
        read_declaration(tmp_path / "nowhere.toml", folder=None)
    with pytest.raises(PluginError, match="cannot be read"):
        read_declaration(tmp_path, folder=None)


@pytest.mark.parametrize("number", range(150))
def test_a_damaged_file_is_read_or_refused_in_a_sentence(read, number: int) -> None:
    chance = random.Random(number)
    damage = chance.choice((flipped, truncated, overwritten))
    try:
        read(damage((in_a_lab(KINDS, '"number"') + OFFERS).encode(), chance))
    except PluginError as error:
        assert str(error).isprintable()
