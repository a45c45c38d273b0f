"""Automata on a square, against a plain implementation and what is known of the Game of Life."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from alienlab_automata.plane_kinds import Kind, characters
from alienlab_automata.plane_starting import random_plane, random_tables
from alienlab_automata.planes import last_state, most_around, states
from alienlab_automata.rules import PLANE_SIZES, Rule, plane_place, plane_rule, plane_text

from alienlab.domain.errors import AlienLabError

CHANCE = np.random.default_rng(12)
LIFE = plane_rule("B3/S23", CHANCE)


def after(start: np.ndarray, rule: Rule, steps: int) -> np.ndarray:
    shape = {"colours": rule.colours, "neighbours": rule.neighbours}
    return last_state(start[None].astype(np.uint8), rule.table, **shape, steps=steps)[0]


def drawn(*rows: str, side: int = 12) -> np.ndarray:
    """Cells in the upper left corner of an empty square."""
    square = np.zeros((side, side), np.uint8)
    for row, text in enumerate(rows, start=2):
        square[row, 2 : 2 + len(text)] = [sign == "#" for sign in text]
    return square


def plainly(cells: np.ndarray, rule: Rule) -> np.ndarray:
    """One step, cell by cell."""
    beside = [(-1, 0), (1, 0), (0, -1), (0, 1)]
    corners = [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    around = beside + (corners if rule.neighbours == 8 else [])
    height, width = cells.shape
    result = np.empty_like(cells)
    sums = most_around(rule.colours, rule.neighbours) + 1
    for y in range(height):
        for x in range(width):
            total = sum(int(cells[(y + dy) % height, (x + dx) % width]) for dy, dx in around)
            result[y, x] = rule.table[int(cells[y, x]) * sums + total]
    return result


@pytest.mark.parametrize("colours", [2, 3, 4])
@pytest.mark.parametrize("neighbours", [4, 8])
def test_steps_are_as_a_plain_implementation_has_them(colours: int, neighbours: int):
    table = random_tables(1, colours=colours, neighbours=neighbours, likeness=0.0, random=CHANCE)[0]
    rule = Rule(table, colours, neighbours)
    cells = CHANCE.integers(0, colours, (7, 9), dtype=np.uint8)
    expected = cells
    runs = states(cells[None], table, colours=colours, neighbours=neighbours, steps=4)
    for state in runs:
        expected = plainly(expected, rule)
        assert np.array_equal(state[0], expected)


@pytest.mark.parametrize(
    "still", [("##", "##"), (".##.", "#..#", ".##."), (".##.", "#..#", ".#.#", "..#."), ("##.", "#.#", ".#.")]
)
def test_still_lifes_stand_still(still: tuple[str, ...]):
    start = drawn(*still)
    assert np.array_equal(after(start, LIFE, 1), start)


def test_a_blinker_blinks_and_a_glider_glides():
    blinker = drawn("###")
    assert not np.array_equal(after(blinker, LIFE, 1), blinker)
    assert np.array_equal(after(blinker, LIFE, 2), blinker)
    glider = drawn(".#.", "..#", "###")
    assert np.array_equal(after(glider, LIFE, 4), np.roll(glider, (1, 1), (0, 1)))
    assert np.array_equal(after(glider, LIFE, 48), glider), "across all edges, back to where it began"


def test_rule_0_forgets_all_and_the_identity_nothing():
    start = CHANCE.integers(0, 4, (20, 20), dtype=np.uint8)
    nothing = Rule(np.zeros(52, np.uint8), 4, 4)
    assert not after(start, nothing, 1).any()
    identity = Rule(np.repeat(np.arange(4, dtype=np.uint8), 13), 4, 4)
    assert np.array_equal(after(start, identity, 7), start)


def test_permutations_conserve_the_numbers_of_colours_by_turns():
    start = CHANCE.integers(0, 4, (20, 20), dtype=np.uint8)
    turning = Rule(np.repeat(np.array([1, 2, 3, 0], np.uint8), 25), 4, 8)
    counts, later = np.bincount(start.ravel()), np.bincount(after(start, turning, 1).ravel())
    assert np.array_equal(np.roll(counts, 1), later)
    assert np.array_equal(after(start, turning, 4), start)


@pytest.mark.parametrize("neighbours", [4, 8])
def test_rules_know_neither_left_nor_right_nor_up(neighbours: int):
    """A rule that counts neighbours does the same to what is mirrored, turned or moved."""
    table = random_tables(1, colours=4, neighbours=neighbours, likeness=0.5, random=CHANCE)[0]
    rule = Rule(table, 4, neighbours)
    start = CHANCE.integers(0, 4, (24, 24), dtype=np.uint8)
    end = after(start, rule, 10)
    assert np.array_equal(after(start[:, ::-1], rule, 10), end[:, ::-1])
    assert np.array_equal(after(np.rot90(start), rule, 10), np.rot90(end))
    assert np.array_equal(after(np.roll(start, (3, 5), (0, 1)), rule, 10), np.roll(end, (3, 5), (0, 1)))


def test_an_entry_that_is_never_visited_does_not_matter():
    """Life from one blinker never sees more than three living neighbours."""
    altered = LIFE.table.copy()
    altered[[4, 5, 6, 7, 8]] = 1
    blinker = drawn("###")
    assert np.array_equal(after(blinker, Rule(altered, 2, 8), 9), after(blinker, LIFE, 9))


@pytest.mark.parametrize("side", [10, 40])
def test_many_tables_at_once_are_as_one_by_one(side: int):
    tables = random_tables(6, colours=4, neighbours=8, likeness=0.5, random=CHANCE)
    starts = CHANCE.integers(0, 4, (6, side, side), dtype=np.uint8)
    together = last_state(starts, tables, colours=4, neighbours=8, steps=8)
    for place in range(6):
        assert np.array_equal(together[place], after(starts[place], Rule(tables[place], 4, 8), 8))


def test_likeness_makes_runs_of_entries():
    alike = random_tables(40, colours=4, neighbours=8, likeness=1.0, random=CHANCE).reshape(40, 4, 25)
    assert (alike == alike[..., :1]).all()
    mixed = random_tables(40, colours=4, neighbours=8, likeness=0.0, random=CHANCE).reshape(40, 4, 25)
    assert 0.2 < (mixed[..., 1:] == mixed[..., :-1]).mean() < 0.3


def test_density_is_the_share_of_cells_that_are_not_0():
    cells = random_plane((100, 100), colours=4, density=0.6, random=CHANCE)
    assert abs((cells > 0).mean() - 0.6) < 0.03
    counts = Counter(cells.ravel().tolist())
    assert max(counts[colour] for colour in (1, 2, 3)) < 1.15 * min(counts[colour] for colour in (1, 2, 3))


def test_kinds_of_known_rules():
    def kind(text: str) -> Kind:
        rule = plane_rule(text, CHANCE)
        shape = {"colours": rule.colours, "neighbours": rule.neighbours}
        return characters(rule.table[None], **shape, density=0.5, random=np.random.default_rng(3))[0].kind

    assert kind("B/S") is Kind.UNIFORM
    assert kind("B/S012345678") is Kind.SETTLED
    assert kind("B1357/S1357") is Kind.RANDOM
    assert kind("B3/S23") in (Kind.COMPLEX, Kind.SETTLED)


def test_rules_are_read_as_they_are_written():
    for entries, (colours, neighbours) in PLANE_SIZES.items():
        table = random_tables(1, colours=colours, neighbours=neighbours, likeness=0.3, random=CHANCE)[0]
        assert len(table) == entries
        again = plane_rule(plane_text(table, colours), CHANCE)
        assert np.array_equal(again.table, table) and (again.colours, again.neighbours) == (colours, neighbours)
    assert plane_text(LIFE.table, 2) == "000100000/001100000"
    assert plane_place(12, LIFE) == "1 with 3"


@pytest.mark.parametrize(
    ("text", "words"), [("012", "52 digits"), ("0" * 9 + "3", "'3' is none"), ("B9/S1", "B3/S23"), ("", "B3/S23")]
)
def test_what_is_no_rule_is_refused_with_a_sentence(text: str, words: str):
    with pytest.raises(AlienLabError, match=words):
        plane_rule(text, CHANCE)
