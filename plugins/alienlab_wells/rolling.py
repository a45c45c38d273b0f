"""Balls roll, with friction: a fixed time step that neither gains nor loses energy by itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alienlab_wells.landscape import Array, Landscape
from alienlab_wells.resting import Rest

NOWHERE = -1
"""Of a ball that has not come to rest."""
_STILL = 1e-3
"""Speed and force of balls that stand."""
_LOOKS = 0.2
"""Seconds between two looks at which balls can no longer leave."""


@dataclass(frozen=True, slots=True, eq=False)
class Balls:
    """Places and velocities, each [n]; the next forces are kept from the last step."""

    x: Array
    y: Array
    right: Array
    up: Array
    force: tuple[Array, Array]

    def energy(self, landscape: Landscape) -> Array:
        return (self.right * self.right + self.up * self.up) / 2 + landscape.height(self.x, self.y)

    def only(self, chosen: NDArray[np.bool_]) -> Balls:
        across, along = self.force
        return Balls(
            self.x[chosen], self.y[chosen], self.right[chosen], self.up[chosen], (across[chosen], along[chosen])
        )


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Where balls come to rest: the number of the place or NOWHERE, and the seconds after which that was certain."""

    places: NDArray[np.int64]
    seconds: NDArray[np.float32]


def released(landscape: Landscape, x: Array, y: Array) -> Balls:
    """At rest."""
    return Balls(x, y, np.zeros_like(x), np.zeros_like(y), landscape.force(x, y))


def rolled(landscape: Landscape, balls: Balls, *, friction: float, step: float) -> Balls:
    """One time step later: half a push, half a way, friction, half a way, half a push."""
    across, along = balls.force
    slower = math.exp(-friction * step)
    right, up = balls.right + step / 2 * across, balls.up + step / 2 * along
    reach = step / 2 * (1 + slower)
    x, y = balls.x + reach * right, balls.y + reach * up
    across, along = landscape.force(x, y)
    right, up = slower * right + step / 2 * across, slower * up + step / 2 * along
    return Balls(x, y, right, up, (across, along))


def ends(
    landscape: Landscape,
    rests: tuple[Rest, ...],
    x: Array,
    y: Array,
    *,
    friction: float,
    longest: float,
    advance: Callable[[float], None] = lambda share: None,
) -> Ends:
    """Let balls go at rest; those that can no longer leave a place are followed no further."""
    step = landscape.time_step()
    look = max(1, round(_LOOKS / step))
    places = np.full(len(x), NOWHERE, np.int64)
    seconds = np.full(len(x), longest, np.float32)
    rolling = np.arange(len(x))
    balls = released(landscape, x, y)
    for number in range(math.ceil(longest / step)):
        if number % look == 0:
            advance(1 - len(rolling) / len(x))
            caught = _caught(landscape, rests, balls)
            if caught is not None:
                found = caught != NOWHERE
                places[rolling[found]], seconds[rolling[found]] = caught[found], number * step
                rolling, balls = rolling[~found], balls.only(~found)
            moving = ~_still(balls)
            if not moving.all():
                rolling, balls = rolling[moving], balls.only(moving)
            if not len(rolling):
                break
        balls = rolled(landscape, balls, friction=friction, step=step)
    return Ends(places, seconds)


def ways(landscape: Landscape, x: Array, y: Array, *, friction: float, seconds: float) -> tuple[Any, Any]:
    """[steps + 1, balls, 2] places, and [steps + 1, balls] energies; the time step is the landscape's."""
    step = landscape.time_step()
    balls = released(landscape, x, y)
    places = [np.stack([balls.x, balls.y], axis=1)]
    energies = [balls.energy(landscape)]
    for _ in range(math.ceil(seconds / step)):
        balls = rolled(landscape, balls, friction=friction, step=step)
        places.append(np.stack([balls.x, balls.y], axis=1))
        energies.append(balls.energy(landscape))
    return np.stack(places), np.stack(energies)


def _still(balls: Balls) -> NDArray[np.bool_]:
    """Which stand, if only on a ridge."""
    across, along = balls.force
    return balls.right**2 + balls.up**2 + across**2 + along**2 < _STILL**2


def _caught(landscape: Landscape, rests: tuple[Rest, ...], balls: Balls) -> NDArray[np.int64] | None:
    """The place that each ball can no longer leave; None where there is no such ball."""
    energies = balls.energy(landscape)
    found = None
    for number, rest in enumerate(rests):
        across, along = balls.x - rest.x, balls.y - rest.y
        inside = (energies < rest.rim) & (across * across + along * along < rest.radius**2)
        if inside.any():
            found = np.full(len(balls.x), NOWHERE, np.int64) if found is None else found
            found[inside] = number
    return found
