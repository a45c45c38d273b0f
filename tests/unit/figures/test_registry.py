"""The figures that there are, and what is said of them."""

from __future__ import annotations

import pytest

from alienlab.figures import FIGURES, UnknownFigure, figure_of

IDS = [
    *(f"G{number}" for number in range(1, 7)),
    *(f"C{number}" for number in range(1, 11)),
    *(f"M{number}" for number in range(1, 10)),
    *("R1", "R2"),
    *(f"H{number}" for number in range(1, 19)),
]


def test_all_45_figures_are_there_in_the_order_of_the_essay() -> None:
    assert [figure.id for figure in FIGURES] == IDS
    assert len(IDS) == 45


def test_every_figure_says_what_it_shows() -> None:
    assert len({figure.title for figure in FIGURES}) == len(FIGURES)
    assert len({figure.says for figure in FIGURES}) == len(FIGURES)
    for figure in FIGURES:
        assert 3 <= len(figure.title) <= 26
        assert figure.title[-1] not in ".…"
        assert figure.says[0].isupper() and figure.says.endswith("."), figure.id
        assert 20 <= len(figure.says) <= 280, figure.id


def test_a_figure_is_found_by_its_id_in_either_case() -> None:
    assert figure_of("M5").title == "More and more"
    assert figure_of(" c10 ") is figure_of("C10")


@pytest.mark.parametrize("name", ["", "M10", "H19", "5", "M 5"])
def test_an_unknown_figure_is_refused_in_one_line_that_names_all(name: str) -> None:
    with pytest.raises(UnknownFigure) as refusal:
        figure_of(name)
    said = str(refusal.value)
    assert "\n" not in said
    assert all(f"{known}" in said for known in IDS)
