"""Families: groups of images that are alike, among those of a sweep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alienlab.app.latest import LatestAnswer
from alienlab.app.sweeps.columns import block_of
from alienlab.domain.sweeps.results import Result

FEWEST, MOST = 3, 8
"""Families that images are parted into, where there are enough different ones."""
TYPICAL = 0.6
"""Share of a family from which on something is typical of it."""
JUDGED = 1000
"""Images that the number of families is judged by."""
UNMEASURED = "not measured"

Embeddings = Mapping[str, NDArray[Any]]
"""A vector of an image by its computation id, all of one length."""


@dataclass(frozen=True, slots=True)
class Family:
    """Images that are alike, by computation id."""

    name: str
    """What is typical of it."""
    keys: tuple[str, ...]
    """In the order of the sweep."""
    representative: str
    """The image that is nearest to all others."""


class FamilyFinder(LatestAnswer):
    """Finds families in the background; ``came`` carries a tuple of them."""

    def find(self, results: Sequence[Result], embeddings: Embeddings) -> None:
        asked = tuple(results)
        known = {result.key: embeddings[result.key] for result in asked if result.key in embeddings}
        self.ask(lambda: find_families(asked, known))


def find_families(results: Sequence[Result], embeddings: Embeddings) -> tuple[Family, ...]:
    """The largest first. Images without an embedding belong to none; the same images give the same families."""
    keys = [key for key in dict.fromkeys(result.key for result in results) if key in embeddings]
    if not keys:
        return ()
    vectors = _directions(np.stack([np.asarray(embeddings[key], dtype=np.float64).ravel() for key in keys]))
    labels = _parted(vectors)
    groups = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    groups.sort(key=lambda rows: (-len(rows), rows[0]))
    families = [_family([keys[row] for row in rows], vectors[rows], results) for rows in groups]
    return tuple(_told_apart(families))


def _parted(vectors: NDArray[np.float64]) -> NDArray[np.intp]:
    """A label a vector; the number of families is the one that parts them most clearly (silhouette)."""
    most = min(MOST, len(np.unique(vectors.round(6), axis=0)), len(vectors) - 1)
    if most < FEWEST:
        return np.zeros(len(vectors), dtype=np.intp)
    # They take seconds to import, and are needed in the thread that computes only.
    from sklearn.cluster import KMeans  # noqa: PLC0415
    from sklearn.metrics import silhouette_score  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    judged = np.linspace(0, len(vectors) - 1, min(len(vectors), JUDGED)).round().astype(int)
    best, parted = -2.0, np.zeros(len(vectors), dtype=np.intp)
    # One thread: others would take the time of the worker that renders, and add up in another order.
    with threadpool_limits(limits=1):
        for count in range(FEWEST, most + 1):
            means = KMeans(count, n_init=4, random_state=0)  # pyright: ignore[reportArgumentType]
            labels = means.fit_predict(vectors)
            clearness = silhouette_score(vectors[judged], labels[judged]) if len(set(labels[judged])) > 1 else -1.0
            if clearness > best + 1e-9:
                best, parted = clearness, labels
    return parted


def _directions(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """At length 1, so that distances are those of cosines."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1.0)


def _family(keys: list[str], vectors: NDArray[np.float64], results: Iterable[Result]) -> Family:
    members = set(keys)
    # Of vectors of length 1 the medoid, by squared distances, is the one that points most like their sum.
    nearest = int(np.argmax((vectors @ vectors.sum(axis=0)).round(9)))
    return Family(_name([result for result in results if result.key in members]), tuple(keys), keys[nearest])


def _name(members: Sequence[Result]) -> str:
    """The verdict that prevails, and the region and the kind of module that are typical."""
    verdicts = Counter(str(one.effect.verdict) for one in members if one.effect is not None)
    verdict = verdicts.most_common(1)[0][0] if verdicts else UNMEASURED
    region = _typical(block_of(one) for one in members) or _typical(_part_of(one) for one in members)
    kind = _typical(None if one.module is None else str(one.module.kind) for one in members)
    return " · ".join(part for part in (verdict, region, kind) if part)


def _part_of(result: Result) -> str | None:
    """The outermost region: ``up_blocks``."""
    block = block_of(result)
    return None if block is None else block.partition(".")[0]


def _typical(values: Iterable[Hashable]) -> str:
    """What more than ``TYPICAL`` of them are; empty where there is no such thing."""
    counts = Counter(values)
    value, count = counts.most_common(1)[0]
    return str(value) if value is not None and count > TYPICAL * counts.total() else ""


def _told_apart(families: Sequence[Family]) -> Iterable[Family]:
    """Families of one name are numbered."""
    total, seen = Counter(family.name for family in families), Counter[str]()
    for family in families:
        seen[family.name] += 1
        number = f" {seen[family.name]}" if total[family.name] > 1 else ""
        yield replace(family, name=f"{family.name}{number}")
