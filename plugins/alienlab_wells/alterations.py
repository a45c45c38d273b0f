"""The landscape that the user chose, and what lesions do to it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from alienlab.api import Values
from alienlab_wells.landscape import Landscape, Wave, around, double_well, magnets, ring

_WAVES = 9
_NOISE = 0.7
"""Standard deviation of the height of full noise, in depths of a well."""
_SHORTEST, _LONGEST = 0.45, 1.4
"""Wavelengths of the noise."""


def number_of_wells(values: Values) -> int:
    return 2 if values.text("landscape") == "double" else values.whole("wells")


def intact(values: Values) -> Landscape:
    depth = values.number("depth")
    match values.text("landscape"):
        case "double":
            return double_well(depth)
        case "ring":
            return ring(values.whole("wells"), depth)
        case _:
            return magnets(values.whole("wells"), depth)


def altered(values: Values, dose: float, seed: int) -> Landscape:
    """With the chosen lesion, from ``dose`` 0, which leaves everything as it is, to 1."""
    before, depth = intact(values), values.number("depth")
    places = around(number_of_wells(values))
    which = (values.whole("which") - 1) % len(places)
    if dose == 0:
        return before
    match values.text("lesion"):
        case "knock_out":
            return _deeper(before, which, places[which], -dose)
        case "deepen":
            return _deeper(before, which, places[which], dose)
        case "tilt":
            slope = 1.2 * dose * depth
            return replace(before, tilt=(-slope * places[which][0], -slope * places[which][1]))
        case "fade":
            return _faded(before, depth, dose)
        case _:
            return replace(before, waves=_noise(depth * dose * _NOISE, seed))


def _deeper(before: Landscape, which: int, place: tuple[float, float], more: float) -> Landscape:
    """One well deeper by so many times its depth; -1 leaves nothing of it. Of two, the ridge moves into the other."""
    if before.magnets:
        magnet = before.magnets[which]
        changed = replace(magnet, strength=magnet.strength * (1 + more))
        return replace(before, magnets=(*before.magnets[:which], changed, *before.magnets[which + 1 :]))
    if before.bumps:
        well = before.bumps[which]
        deeper = replace(well, height=well.height * (1 + more))
        return replace(before, bumps=(*before.bumps[:which], deeper, *before.bumps[which + 1 :]))
    return replace(before, ridge=-more * place[0])


def _faded(before: Landscape, depth: float, dose: float) -> Landscape:
    """All wells shallower alike, until only a bowl is left."""
    left = 1 - dose
    steeper = (depth * dose, depth * dose) if before.double else before.bowl
    return replace(
        before,
        double=before.double * left,
        bowl=steeper,
        bumps=tuple(replace(bump, height=bump.height * left) for bump in before.bumps),
        magnets=tuple(replace(magnet, strength=magnet.strength * left) for magnet in before.magnets),
    )


def _noise(height: float, seed: int) -> tuple[Wave, ...]:
    """Waves in all directions, the same ones for every dose."""
    random = np.random.default_rng(seed)
    each = height * math.sqrt(2 / _WAVES)
    waves: list[Wave] = []
    for _ in range(_WAVES):
        angle, length, phase = random.uniform(0, [2 * math.pi, 1, 2 * math.pi]).tolist()
        number = 2 * math.pi / (_SHORTEST + length * (_LONGEST - _SHORTEST))
        waves.append(Wave(number * math.cos(angle), number * math.sin(angle), each, phase))
    return tuple(waves)
