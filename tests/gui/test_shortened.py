"""Lesions are shortened so that they are still told apart."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics

from alienlab.domain.lesions import LesionSpec
from alienlab.ui.appearance import font_of
from alienlab.ui.shortened import shortened_lesions
from alienlab.ui.theme import MONO, Type


@pytest.mark.parametrize(
    ("lesions", "letters", "shown"),
    [
        (["conv_in:zero"], 20, "conv_in:zero"),
        (["conv_in:zero", "conv_out:zero"], 40, "conv_in:zero conv_out:zero"),
        (["up_blocks.1.attentions.0.proj_in:zero"], 16, "….0.proj_in:zero"),
        (["mid_block.*:noise=0.16666666666666666@1"], 18, "….*:noise=0.167@1"),
        (["down_blocks.0.resnets.0.conv1:zero", "conv_out:zero", "conv_in:zero"], 16, "….0.conv1:zero +2"),
    ],
)
def test_the_end_of_the_pattern_and_the_amount_stay(qapp, lesions, letters, shown):
    metrics = QFontMetrics(font_of(Type.SMALL, families=MONO))
    width = metrics.horizontalAdvance("0" * letters)
    made = shortened_lesions([LesionSpec.parse(text) for text in lesions], metrics, width, least=0.2)
    assert metrics.horizontalAdvance(made) <= width
    assert made[-6:] == shown[-6:]
    assert made.startswith(shown[0])
