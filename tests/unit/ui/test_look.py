"""Both themes can be read, and the style sheet is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alienlab.domain.anatomy import Kind
from alienlab.domain.lesions import LesionSpec, Operation, Treatment
from alienlab.ui.brain_map.marks import mark_of, marks_on
from alienlab.ui.quantities import parameters_of, share_of
from alienlab.ui.stylesheet import blend, style_sheet
from alienlab.ui.theme import DARK, LIGHT, Theme
from tests.fakes.anatomies import unet_anatomy

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@THEMES
def test_text_is_readable_wherever_it_stands(theme: Theme) -> None:
    for ground in (theme.ground, theme.surface, theme.raised, theme.hover, theme.selected):
        assert contrast(theme.text, ground) >= 7
    for ground in (theme.ground, theme.surface, theme.raised):
        assert contrast(theme.muted, ground) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.on_danger, theme.danger) >= 4.5


@THEMES
def test_cells_marks_and_names_stand_out(theme: Theme) -> None:
    assert contrast(theme.danger, theme.wound) >= 4
    assert contrast(theme.accent, theme.surface) >= 3
    for kind in Kind:
        assert contrast(theme.on_kind, theme.kinds[kind]) >= 4.5
        assert contrast(theme.kinds[kind], theme.surface) >= 2


@THEMES
def test_the_style_sheet_leaves_no_token_open_and_finds_its_glyphs(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "$" not in sheet
    glyphs = re.findall(r"url\(([^)]+)\)", sheet)
    assert glyphs and all(Path(glyph).is_file() for glyph in glyphs)


def test_blending_goes_from_one_colour_to_the_other() -> None:
    assert blend("#000000", "#ffffff", 0.0) == "#000000"
    assert blend("#000000", "#ffffff", 1.0) == "#ffffff"
    assert blend("#102030", "#304050", 0.5) == "#203040"


def test_every_operation_has_a_sign_and_scaling_points_where_it_goes() -> None:
    signs = {
        operation: mark_of(Treatment(operation, 2.0 if operation is Operation.SCALE else None))
        for operation in (Operation.ZERO, Operation.RANDOMIZE, Operation.SCALE)
    }
    assert len(set(signs.values())) == 3
    assert mark_of(Treatment(Operation.SCALE, 0.5)) != signs[Operation.SCALE]
    assert mark_of(Treatment(Operation.NOISE, 0.5)) == mark_of(Treatment(Operation.NOISE_ADDED, 0.5))


def test_marks_leave_out_what_does_nothing_or_matches_nothing() -> None:
    anatomy = unet_anatomy(channels=(8,), layers=1, attention=(False,), context=8)
    texts = ["conv_in:zero", "conv_out:scale=1", "gone.*:zero", "conv_norm_out:zero", "conv_norm_out:noise=0.5"]
    marks = marks_on(anatomy, map(LesionSpec.parse, texts))
    assert marks == {"conv_in": "✕", "conv_norm_out": "≈"}


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (1184, "1,184"), (2_949_440, "2.949 M"), (859_520_964, "859.5 M"), (3_100_000_000, "3.1 B")],
)
def test_parameters_are_counted_in_units(count: int, text: str) -> None:
    assert parameters_of(count) == text


@pytest.mark.parametrize(
    ("part", "text"), [(0, "0 %"), (1, "< 0.01 %"), (1234, "0.123 %"), (99_999_9, "99.9 %"), (1_000_000, "100 %")]
)
def test_shares_are_in_percent_and_never_round_to_all(part: int, text: str) -> None:
    assert share_of(part, 1_000_000) == text
