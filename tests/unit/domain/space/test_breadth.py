"""Breadth of made-up minds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from alienlab.domain.errors import SweepError
from alienlab.domain.recognition import Recognition
from alienlab.domain.space.breadth import Breadth, mean_distance, vendi_score


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def seen(word: str, probability: float) -> Recognition:
    return Recognition(subjects=((word, probability), ("nothing I know", 1 - probability)), nothing="nothing I know")


@pytest.mark.parametrize("count", [2, 7, 30])
def test_different_images_count_each_and_the_same_ones_once(count: int) -> None:
    assert vendi_score(np.eye(count, 40, dtype=np.float32)) == pytest.approx(count)
    assert vendi_score(np.tile(unit(np.ones((1, 9))), (count, 1))) == pytest.approx(1.0)


def test_two_groups_count_as_two_and_uneven_ones_as_less() -> None:
    rows = np.eye(2, dtype=np.float32)
    assert vendi_score(rows[[0, 0, 0, 1, 1, 1]]) == pytest.approx(2.0)
    shares = np.array([5 / 6, 1 / 6])
    expected = np.exp(-(shares * np.log(shares)).sum())
    assert vendi_score(rows[[0, 0, 0, 0, 0, 1]]) == pytest.approx(expected)


def test_the_score_is_that_of_the_kernel_matrix() -> None:
    rows = unit(np.random.default_rng(1).normal(size=(12, 5)))
    values = np.linalg.eigvalsh((rows @ rows.T).astype(np.float64) / 12)
    values = values[values > 1e-9]
    assert vendi_score(rows) == pytest.approx(np.exp(-(values * np.log(values)).sum()), rel=1e-5)


def test_the_mean_distance_is_that_of_all_pairs() -> None:
    rows = unit(np.random.default_rng(2).normal(size=(9, 6)))
    pairs = [1 - float(one @ other) for one, other in itertools.combinations(rows, 2)]
    assert mean_distance(rows) == pytest.approx(np.mean(pairs), rel=1e-5)


def test_known_concepts_are_counted_where_they_are_sure() -> None:
    said = [seen("cat", 0.9), seen("cat", 0.6), seen("dog", 0.8), seen("fox", 0.3), seen("nothing I know", 0.9)]
    breadth = Breadth.of(np.eye(5, dtype=np.float32), said)
    assert breadth.concepts == (("cat", 2), ("dog", 1))
    assert breadth.nothing == 2


def test_a_single_image_has_no_breadth() -> None:
    with pytest.raises(SweepError, match="at least two"):
        Breadth.of(np.eye(1, dtype=np.float32), [seen("cat", 1.0)])
