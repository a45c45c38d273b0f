"""What plugins and files say is shown letter by letter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QWidget

from alienlab.domain.laboratories.exhibits import Reading
from alienlab.domain.laboratories.parameters import Parameter, ParameterKind
from alienlab.ui.labs.editors.editor import caption_of, tip_of
from alienlab.ui.labs.guide import Guide
from alienlab.ui.labs.readings import ReadingsTable
from alienlab.ui.plain_text import PlainLabel, plain_tip
from alienlab.ui.theme import DARK

MARKUP = '<h1>Huge</h1> <img src="file:///etc/hostname"> 3 < 4 & so on'


def shown_by(tip: str) -> str:
    """What Qt makes of a tooltip with markup in it."""
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@pytest.mark.parametrize("text", [MARKUP, "<b>bold</b>", "1 < 2"])
def test_tooltips_show_every_letter(qapp, text: str) -> None:
    assert shown_by(plain_tip(text)) == text


def test_a_tooltip_without_markup_stays_as_it_is() -> None:
    assert plain_tip("Salt & pepper") == "Salt & pepper"


def test_labels_of_laboratories_show_every_letter(qtbot) -> None:
    parameter = Parameter(id="a", name=MARKUP, kind=ParameterKind.TEXT, default="", hint=MARKUP)
    readings = ReadingsTable()
    readings.show_readings((Reading(MARKUP, MARKUP),))
    parts: list[QWidget] = [readings, Guide(MARKUP, DARK), caption_of(parameter), PlainLabel(MARKUP)]
    for part in parts:
        qtbot.addWidget(part)
        labels = [part] if isinstance(part, QLabel) else part.findChildren(QLabel)
        assert [label.textFormat() for label in labels] == [Qt.TextFormat.PlainText] * len(labels)
        assert any(label.text() == MARKUP for label in labels)
    assert shown_by(tip_of(parameter)) == MARKUP
