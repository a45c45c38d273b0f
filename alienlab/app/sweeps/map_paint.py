"""What the brain map is painted by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from alienlab.app.sweeps.measured_scale import MeasuredScale
from alienlab.domain.effects import Effect, Scale, Yardsticks
from alienlab.domain.events import Image
from alienlab.domain.recipe import DiffusionRecipe


@dataclass(frozen=True, eq=False)
class Painting:
    """Measured effects of single modules, from one sweep."""

    title: str
    """What was done to each module, with prompt and noise, for a person to read."""
    effects: Mapping[str, Effect]
    """By module path; a module that is not measured yet is missing."""
    yardsticks: Yardsticks | None
    picture: Callable[[str], Image | None] = field(repr=False)
    """The altered image of a module; may read a file."""
    intact: Callable[[], Image | None] = field(repr=False)
    """The intact image."""
    recipe: DiffusionRecipe | None = None
    """Of the intact image, where the images are in no session."""
    measured: tuple[MeasuredScale, ...] = ()
    """What plugins measured of the same images."""


class MapPaint(QObject):
    """The painting that is shown, if any, and the scale that it is painted by."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._painting: Painting | None = None
        self._scale: Scale | MeasuredScale | None = Scale.SPREADS
        self._is_shown = True

    @property
    def painting(self) -> Painting | None:
        return self._painting

    @property
    def scale(self) -> Scale | MeasuredScale | None:
        """None paints by verdict."""
        return self._scale

    @property
    def is_shown(self) -> bool:
        """Whether the map is painted at the moment."""
        return self._is_shown and self._painting is not None

    def show(self, painting: Painting | None) -> None:
        """Paint the map by other effects; by none where ``painting`` is None."""
        self._painting = painting
        self._scale = self._still_known(self._scale)
        self.changed.emit()

    def set_shown(self, shown: bool) -> None:
        """Paint the map, or show the kinds of its modules."""
        if shown != self._is_shown:
            self._is_shown = shown
            self.changed.emit()

    def set_scale(self, scale: Scale | MeasuredScale | None) -> None:
        """Paint by another scale, or by verdict where it is None."""
        if scale != self._scale:
            self._scale = scale
            self.changed.emit()

    def _still_known(self, scale: Scale | MeasuredScale | None) -> Scale | MeasuredScale | None:
        """Of a plugin's measure what this painting knows; where it knows nothing, the effects."""
        if not isinstance(scale, MeasuredScale):
            return scale
        measured = () if self._painting is None else self._painting.measured
        return next((one for one in measured if one.measure.key == scale.measure.key), Scale.SPREADS)
