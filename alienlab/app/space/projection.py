"""Many points laid out in two dimensions, in the background."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

FEWEST = 3
"""Points; fewer have no plane of their own."""


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Points in the plane in which they differ most."""

    places: NDArray[np.float64]
    """[points, 2]"""
    shares: tuple[float, float]
    """Of the variance of the points, that along the first axis and that along the second one."""


class Projector(QObject):
    """Answers the last question only, by ``projected``."""

    projected = Signal(object)
    _computed = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._question = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._computed.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def project(self, points: NDArray[np.float32]) -> None:
        """``points`` are [points, dims]. A question that has not been begun yet is dropped for this one."""
        self.give_up()
        question = self._question
        self._pool.start(lambda: self._compute(question, points))

    def give_up(self) -> None:
        self._question += 1
        self._pool.clear()

    def _compute(self, question: int, points: NDArray[np.float32]) -> None:
        projection = project(points)
        with contextlib.suppress(RuntimeError):  # the window may be gone by then
            self._computed.emit(question, projection)

    def _take(self, question: int, projection: Projection) -> None:
        if question == self._question:
            self.projected.emit(projection)


def project(points: NDArray[np.float32]) -> Projection:
    """By their first two principal components; the same points give the same places."""
    # They take seconds to import, and are needed in the thread that computes only.
    from sklearn.decomposition import PCA  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    if len(points) < FEWEST or not np.ptp(points, axis=0).any():
        return Projection(np.zeros((len(points), 2)), (0.0, 0.0))
    # One thread: others would take the time of the worker that renders, and add up in another order.
    with threadpool_limits(limits=1):
        analysis = PCA(2, random_state=0)
        places = np.asarray(analysis.fit_transform(points.astype(np.float64)))
    first, second = (float(share) for share in analysis.explained_variance_ratio_)
    return Projection(places, (first, second))
