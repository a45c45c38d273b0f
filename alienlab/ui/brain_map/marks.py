"""What lesioned cells are marked with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import LesionError
from alienlab.domain.lesions import LesionSet, LesionSpec, Operation, PluginOperation, Treatment
from alienlab.domain.patterns import match_pattern
from alienlab.ui.theme import MARKS, OFFERED_MARK, SCALED_DOWN

FILLED = (MARKS[Operation.SCALE], SCALED_DOWN, OFFERED_MARK)
"""Signs whose inside is filled."""


def mark_of(treatment: Treatment) -> str:
    """The sign of a treatment; scaling below 1 points down."""
    if treatment.operation is Operation.SCALE and (treatment.amount or 0.0) < 1.0:
        return SCALED_DOWN
    return OFFERED_MARK if isinstance(treatment.operation, PluginOperation) else MARKS[treatment.operation]


def marks_on(anatomy: Anatomy, specs: Iterable[LesionSpec]) -> Mapping[str, str]:
    """The sign for each lesioned module: that of the last operation on it.

    Specs that match nothing in this anatomy are left out; the lesion list tells of them.
    """
    known = [spec for spec in specs if _matches(spec, anatomy)]
    treatments = LesionSet.of(known, anatomy).treatments
    return {path: mark_of(chain[-1]) for path, chain in treatments.items()}


def lesions_of(path: str, anatomy: Anatomy, specs: Iterable[LesionSpec]) -> tuple[str, ...]:
    """The text of each spec that acts on a module, in order."""
    return tuple(str(spec) for spec in specs if path in _matches(spec, anatomy))


def placed(mark: str, area: QRectF) -> QPainterPath:
    """The sign in the middle of ``area``, as large as its shorter side allows."""
    side = min(area.width(), area.height())
    corner = QTransform.fromTranslate(area.center().x() - side / 2, area.center().y() - side / 2)
    return corner.scale(side, side).map(_STROKES[mark])


def _matches(spec: LesionSpec, anatomy: Anatomy) -> tuple[str, ...]:
    try:
        return match_pattern(spec.pattern, anatomy)
    except LesionError:
        return ()


def _lines(*lines: tuple[float, float, float, float]) -> QPainterPath:
    path = QPainterPath()
    for x1, y1, x2, y2 in lines:
        path.moveTo(x1, y1)
        path.lineTo(x2, y2)
    return path


def _triangle(top: float, bottom: float) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(0.18, bottom), QPointF(0.5, top), QPointF(0.82, bottom)]))
    path.closeSubpath()
    return path


def _diamond() -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(0.5, 0.14), QPointF(0.86, 0.5), QPointF(0.5, 0.86), QPointF(0.14, 0.5)]))
    path.closeSubpath()
    return path


def _waves() -> QPainterPath:
    path = QPainterPath()
    for y in (0.36, 0.66):
        path.moveTo(0.14, y + 0.06)
        path.cubicTo(0.34, y - 0.22, 0.62, y + 0.26, 0.86, y - 0.06)
    return path


_STROKES: Mapping[str, QPainterPath] = {
    MARKS[Operation.ZERO]: _lines((0.18, 0.18, 0.82, 0.82), (0.82, 0.18, 0.18, 0.82)),
    MARKS[Operation.RANDOMIZE]: _lines((0.5, 0.1, 0.5, 0.9), (0.15, 0.3, 0.85, 0.7), (0.15, 0.7, 0.85, 0.3)),
    MARKS[Operation.NOISE]: _waves(),
    MARKS[Operation.SCALE]: _triangle(0.2, 0.78),
    SCALED_DOWN: _triangle(0.8, 0.22),
    OFFERED_MARK: _diamond(),
}
