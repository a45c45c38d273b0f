"""Automata on a ring, against a plain implementation and what is known of their rules."""

from __future__ import annotations

import numpy as np
import pytest
from alienlab_automata.fates import Cycle, attractor_key, cycle_of
from alienlab_automata.kinds import Kind, characters
from alienlab_automata.lines import evolved
from alienlab_automata.mutations import doses, neighbours_of, progressive, with_changes
from alienlab_automata.rules import line_number, line_place, line_rule, line_text

from alienlab.domain.errors import AlienLabError

CHANCE = np.random.default_rng(11)


def rule_of(text: str):
    return line_rule(text, np.random.default_rng(0))


def plainly(start: list[int], rule: dict[tuple[int, int, int], int], steps: int) -> list[list[int]]:
    """Cell by cell, from what each neighbourhood becomes."""
    rows = [start]
    for _ in range(steps):
        row, cells = rows[-1], len(start)
        rows.append([rule[row[i - 1], row[i], row[(i + 1) % cells]] for i in range(cells)])
    return rows


def wolfram(number: int) -> dict[tuple[int, int, int], int]:
    """Of an elementary rule, by the bits of its number."""
    return {(a, b, c): number >> (4 * a + 2 * b + c) & 1 for a in (0, 1) for b in (0, 1) for c in (0, 1)}


@pytest.mark.parametrize("number", [30, 90, 110, 184])
def test_elementary_rules_are_as_a_plain_implementation_has_them(number: int):
    start = CHANCE.integers(0, 2, 61)
    rule = rule_of(f"2:{number}")
    history = evolved(start[None].astype(np.uint8), rule.table, colours=2, steps=80)[0]
    assert history.tolist() == plainly(start.tolist(), wolfram(number), 80)
    assert line_text(rule.table) == f"{number:08b}"


@pytest.mark.parametrize("number", [30, 90, 110])
def test_elementary_rules_can_be_embedded_in_four_colours(number: int):
    """Where 2 and 3 are taken for 0 and 1."""
    text = "".join(
        str(wolfram(number)[a % 2, b % 2, c % 2]) for a in (3, 2, 1, 0) for b in (3, 2, 1, 0) for c in (3, 2, 1, 0)
    )
    start = CHANCE.integers(0, 2, (1, 50), dtype=np.uint8)
    history = evolved(start, rule_of(text).table, colours=4, steps=60)[0]
    assert history.tolist() == plainly(start[0].tolist(), wolfram(number), 60)


def test_rule_90_makes_pascals_triangle_of_odd_and_even():
    start = np.zeros((1, 129), np.uint8)
    start[0, 64] = 1
    row = evolved(start, rule_of("2:90").table, colours=2, steps=32)[0, 32]
    assert np.flatnonzero(row).tolist() == [32, 96]


def test_rule_0_forgets_all_and_the_identity_nothing():
    start = CHANCE.integers(0, 4, (1, 40), dtype=np.uint8)
    assert not evolved(start, rule_of("4:0").table, colours=4, steps=1)[0, 1].any()
    identity = np.array([int(line_place(place, 4)[1]) for place in range(64)], np.uint8)
    assert (evolved(start, identity, colours=4, steps=9)[0] == start[0]).all()


def test_permutations_and_traffic_conserve_what_they_should():
    """A rule that permutes the colours of each cell keeps their numbers by turns; rule 184 keeps the cars."""
    start = CHANCE.integers(0, 4, (1, 64), dtype=np.uint8)
    permutation = np.array([(int(line_place(place, 4)[1]) + 1) % 4 for place in range(64)], np.uint8)
    history = evolved(start, permutation, colours=4, steps=8)[0]
    counts = [np.bincount(row, minlength=4) for row in history]
    assert all(np.array_equal(np.roll(counts[0], step), row) for step, row in enumerate(counts))
    assert np.array_equal(history[4], history[0])
    cars = CHANCE.integers(0, 2, (5, 80), dtype=np.uint8)
    traffic = evolved(cars, rule_of("2:184").table, colours=2, steps=100)
    assert (traffic.sum(axis=2) == cars.sum(axis=1)[:, None]).all()
    assert (traffic[0, 1:] != traffic[0, :-1]).any()


def test_mirrored_rules_make_mirrored_pictures():
    table = rule_of("random").table
    mirrored = table.reshape(4, 4, 4).transpose(2, 1, 0).ravel()
    start = CHANCE.integers(0, 4, (1, 70), dtype=np.uint8)
    history = evolved(start, table, colours=4, steps=50)
    assert np.array_equal(evolved(start[:, ::-1], mirrored, colours=4, steps=50), history[:, :, ::-1])


@pytest.mark.parametrize("cells", [9, 700])
def test_many_tables_at_once_are_as_one_by_one(cells: int):
    """Both for short rows and for long ones, which are looked up in another way."""
    tables = CHANCE.integers(0, 3, (5, 27), dtype=np.uint8)
    starts = CHANCE.integers(0, 3, (5, cells), dtype=np.uint8)
    together = evolved(starts, tables, colours=3, steps=20)
    for place in range(5):
        alone = evolved(starts[place : place + 1], tables[place], colours=3, steps=20)
        assert np.array_equal(together[place], alone[0])


def test_an_entry_that_is_never_visited_does_not_matter():
    start = np.zeros((1, 60), np.uint8)
    start[0, 30] = 1
    table = np.where(np.arange(64) % 4 + np.arange(64) // 4 % 4 > 2, 0, rule_of("random").table).astype(np.uint8)
    history = evolved(start, table, colours=4, steps=60)[0]
    ring = history[:-1].astype(int)
    visited = set((16 * np.roll(ring, 1, axis=1) + 4 * ring + np.roll(ring, -1, axis=1)).ravel().tolist())
    assert 0 < len(visited) < 64
    tables = neighbours_of(table, 4)
    altered = evolved(np.repeat(start, 192, axis=0), tables, colours=4, steps=60)
    for mutant, run in zip(tables, altered, strict=True):
        place = int(np.flatnonzero(mutant != table)[0])
        assert np.array_equal(run, history) == (place not in visited)


def test_neighbours_of_a_rule_are_all_that_differ_in_one_entry():
    table = rule_of("random").table
    tables = neighbours_of(table, 4)
    assert len({bytes(one) for one in tables}) == 192 and tables.max() == 3
    assert ((tables != table).sum(axis=1) == 1).all()


def test_progressive_changes_add_up_to_the_whole_table():
    table = rule_of("random").table
    tables = progressive(table, 4, np.random.default_rng(2))
    assert (tables != table).sum(axis=1).tolist() == list(range(65))
    assert ((tables[1:] != tables[:-1]).sum(axis=1) == 1).all()
    assert doses(64, 11)[:12].tolist() == list(range(12)) and doses(64, 11)[-1] == 64
    assert doses(8, 8).tolist() == list(range(9))
    assert (with_changes(table, 5, 4, np.random.default_rng(0)) != table).sum() == 5


def test_cycles_are_found_with_their_transients():
    states = np.array([[9], [8], [7], [1], [2], [3], [1], [2], [3], [1], [2], [3]], np.uint8)
    assert cycle_of(states) == Cycle(period=3, transient=3)
    assert cycle_of(np.arange(20, dtype=np.uint8)[:, None]) == Cycle(period=0, transient=19)
    turned = np.roll(np.array([[1, 2, 3, 0, 0]], np.uint8), 2, axis=1)
    still = Cycle(1, 0)
    assert attractor_key(turned, still, is_ring=True) == attractor_key(np.roll(turned, 1), still, is_ring=True)
    assert attractor_key(turned, still, is_ring=True) != attractor_key(turned[:, ::-1], still, is_ring=True)


KNOWN = {
    "2:0": Kind.UNIFORM,
    "2:204": Kind.STRIPES,
    "2:50": Kind.STRIPES,
    "2:170": Kind.DRIFTING,
    "2:30": Kind.RANDOM,
    "2:45": Kind.RANDOM,
    "2:54": Kind.COMPLEX,
}


@pytest.mark.parametrize(("text", "kind"), KNOWN.items())
def test_kinds_of_known_rules(text: str, kind: Kind):
    rule = rule_of(text)
    assert characters(rule.table[None], rule.colours, np.random.default_rng(1))[0].kind is kind


def test_rules_are_read_as_they_are_written():
    rule = rule_of("random")
    assert len(rule.table) == 64
    again = rule_of(f"4:{line_number(rule)}")
    assert np.array_equal(again.table, rule.table)
    spaced = " ".join(line_text(rule.table)[first : first + 16] for first in range(0, 64, 16))
    assert np.array_equal(rule_of(spaced).table, rule.table)
    assert rule_of("random 3").colours == 3 and rule_of("012" * 9).colours == 3
    assert line_place(27, 4) == "123"


@pytest.mark.parametrize(
    ("text", "words"),
    [("0123", "64 digits"), ("2:256", "below 2\\^8"), ("0" * 7 + "2", "'2' is none"), ("0" * 63 + "x", "'x' is none")],
)
def test_what_is_no_rule_is_refused_with_a_sentence(text: str, words: str):
    with pytest.raises(AlienLabError, match=words):
        rule_of(text)
