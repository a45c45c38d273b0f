"""Effects: how far a render is from the intact render of the same prompt and noise, and what that means."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from statistics import median
from typing import Any

from alienlab.domain.recognition import Ranking, percent

SAME = 1e-6
"""Perceptual distances up to this are those of equal images: what summing in another order changes."""
ROUNDINGS = 2
"""Renders that are rounded where two are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What is measured of one image, beside another where two are compared."""

    perceptual: float | None
    """1 − cosine of the recogniser's image embeddings, 0 to 2; None without a recogniser."""
    ssim: float
    """Structural similarity, −1 to 1; 1 for equal images."""
    pixel: float
    """Mean absolute difference of the pixels, as a share of their range: 0 to 1."""
    latent_cosine: float | None
    """Of the denoised latents, −1 to 1; None where one of them is not known."""
    concepts: Ranking = ()
    """The concept words of the prompt with their probabilities among all that the recogniser knows."""
    nothing: float | None = None
    """Probability that it is nothing the recogniser knows; None where it cannot say so."""
    noise: float
    """Noise-likeness: the flatness of the local spectrum relative to that of white noise, about 0 to 1."""
    flatness: float
    """1 for a single colour, 0 where the brightness spreads as evenly as it can."""

    @property
    def structural(self) -> float:
        """1 − SSIM: 0 for equal images."""
        return 1.0 - self.ssim

    def probability(self, word: str) -> float | None:
        return next((probability for known, probability in self.concepts if known == word), None)

    def to_json(self) -> dict[str, Any]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**values, "concepts": [list(entry) for entry in self.concepts]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Measures:
        """Read what ``to_json`` wrote; raise ValueError for anything else."""
        try:
            return cls(
                perceptual=_optional(data["perceptual"]),
                ssim=_finite(data["ssim"]),
                pixel=_finite(data["pixel"]),
                latent_cosine=_optional(data["latent_cosine"]),
                concepts=tuple((str(word), _finite(probability)) for word, probability in data["concepts"]),
                nothing=_optional(data["nothing"]),
                noise=_finite(data["noise"]),
                flatness=_finite(data["flatness"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"malformed measures: {error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardsticks:
    """What distances from one intact render mean. Perceptual ones are None without a recogniser."""

    floor_perceptual: float | None
    """The numerical floor: the most that rounding and the batch class alone change."""
    floor_structural: float
    spread_perceptual: float | None
    """The seed spread: the median distance to intact renders of other seeds."""
    spread_structural: float
    seeds: int
    """How many of those there were."""

    @classmethod
    def of(cls, *, rounding: Sequence[Measures], seeds: Sequence[Measures]) -> Yardsticks:
        """From the intact render beside itself computed otherwise, and beside other seeds; at least one of each.

        Where two altered renders are rounded alike, the deviations of both add up, and both distances are quadratic in
        the deviation: hence the floor is twice what one rounding brings about.
        """
        perceptual = [one.perceptual for one in rounding if one.perceptual is not None]
        spread = [one.perceptual for one in seeds if one.perceptual is not None]
        return cls(
            floor_perceptual=ROUNDINGS * max(perceptual) if perceptual else None,
            floor_structural=ROUNDINGS * max(one.structural for one in rounding),
            spread_perceptual=median(spread) if spread else None,
            spread_structural=median(one.structural for one in seeds),
            seeds=len(seeds),
        )

    def to_json(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Yardsticks:
        """Read what ``to_json`` wrote; raise ValueError for anything else."""
        try:
            return cls(
                floor_perceptual=_optional(data["floor_perceptual"]),
                floor_structural=_finite(data["floor_structural"]),
                spread_perceptual=_optional(data["spread_perceptual"]),
                spread_structural=_finite(data["spread_structural"]),
                seeds=int(data["seeds"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"malformed yardsticks: {error}") from error


class Verdict(StrEnum):
    """What an effect means. The first that applies is taken, in this order."""

    FLAT = "flat"
    NOISE = "noise"
    LOST = "lost concept"
    NOTHING = "nothing"
    NUANCE = "nuance"
    ALTERED = "altered"
    ANOTHER = "another image"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Where one verdict ends and the next begins."""

    flat: float = 0.9
    """Flatness from which an image is flat."""
    noise: float = 0.8
    """Noise-likeness from which an image is noise, whatever it is of."""
    noise_of_nothing: float = 0.62
    """Noise-likeness from which an image of nothing known is noise."""
    known: float = 0.5
    """Probability from which the recogniser counts as sure, of a concept or of nothing known."""
    kept: float = 0.5
    """Share of its probability in the intact image below which a concept is lost."""
    nuance: float = 0.25
    """Seed spreads up to which an effect is a nuance."""
    altered: float = 1.0
    """Seed spreads up to which it is an alteration; from here on it is as good as another image."""

    def explain(self, verdict: Verdict) -> str:
        """When a verdict is given, in one sentence."""
        match verdict:
            case Verdict.FLAT:
                return f"Hardly any contrast: flatness of {self.flat:g} or more."
            case Verdict.NOISE:
                return (
                    f"Noise-likeness of {self.noise:g} or more, or of {self.noise_of_nothing:g} in an image of "
                    "nothing that the recogniser knows."
                )
            case Verdict.LOST:
                return (
                    f"A word of the prompt that was recognised in the intact image has less than "
                    f"{percent(self.kept)} of its probability."
                )
            case Verdict.NOTHING:
                return "No farther from the intact image than rounding alone brings it."
            case Verdict.NUANCE:
                return f"Less than {self.nuance:g} of the distance to another seed's image."
            case Verdict.ALTERED:
                return f"{self.nuance:g} to {self.altered:g} of the distance to another seed's image."
            case Verdict.ANOTHER:
                return "As far away as another seed's image, or farther."


THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Effect:
    """An image's measures beside those of the intact render, and the yardsticks; None while these are unknown."""

    measures: Measures
    intact: Measures
    yardsticks: Yardsticks | None

    @property
    def spreads(self) -> float | None:
        """Distance in seed spreads: perceptual, or structural without a recogniser."""
        if self.yardsticks is None:
            return None
        if self.measures.perceptual is None or not self.yardsticks.spread_perceptual:
            return _ratio(self.measures.structural, self.yardsticks.spread_structural)
        return max(0.0, self.measures.perceptual) / self.yardsticks.spread_perceptual

    @property
    def kept(self) -> float | None:
        """The smallest share that a recognised concept of the prompt keeps of its intact probability."""
        shares = [share for _, share in self._shares()]
        return min(shares, default=None)

    @property
    def lost(self) -> tuple[str, ...]:
        """The concept words that are lost."""
        return tuple(word for word, share in self._shares() if share < THRESHOLDS.kept)

    @property
    def verdict(self) -> Verdict:
        """See ``Verdict`` and ``THRESHOLDS``; without yardsticks only equal images are nothing."""
        of, limits = self.measures, THRESHOLDS
        if of.flatness >= limits.flat:
            return Verdict.FLAT
        of_nothing = of.nothing is not None and of.nothing >= limits.known
        if of.noise >= (limits.noise_of_nothing if of_nothing else limits.noise):
            return Verdict.NOISE
        if self.lost:
            return Verdict.LOST
        if self._is_within_floor():
            return Verdict.NOTHING
        spreads = self.spreads
        if spreads is None or spreads < limits.nuance:
            return Verdict.NUANCE
        return Verdict.ALTERED if spreads < limits.altered else Verdict.ANOTHER

    def _shares(self) -> list[tuple[str, float]]:
        """What the words that were recognised in the intact image keep of their probability."""
        known = [(word, share) for word, share in self.intact.concepts if share >= THRESHOLDS.known]
        return [(word, (self.measures.probability(word) or 0.0) / share) for word, share in known]

    def _is_within_floor(self) -> bool:
        yardsticks = self.yardsticks
        structural = 0.0 if yardsticks is None else yardsticks.floor_structural
        perceptual = 0.0 if yardsticks is None else yardsticks.floor_perceptual or 0.0
        distance = self.measures.perceptual or 0.0
        return distance <= perceptual + SAME and self.measures.structural <= structural + SAME


class Scale(StrEnum):
    """What effects can be ordered, plotted and painted by."""

    SPREADS = "spreads"
    PERCEPTUAL = "perceptual"
    STRUCTURAL = "structural"
    PIXEL = "pixel"
    LATENT = "latent"
    KEPT = "kept"
    NOISE = "noise"
    FLATNESS = "flatness"

    @property
    def heading(self) -> str:
        return _SCALES[self][0]

    @property
    def unit(self) -> str:
        """Empty for a plain number."""
        return _SCALES[self][1]

    @property
    def tip(self) -> str:
        return _SCALES[self][2]

    @property
    def is_reversed(self) -> bool:
        """Whether a small value is the strong effect."""
        return self is Scale.KEPT

    def of(self, effect: Effect) -> float | None:
        """None where it cannot be measured."""
        return _SCALES[self][3](effect)

    def floor(self, yardsticks: Yardsticks) -> float | None:
        """The numerical floor on this scale; None where there is none."""
        match self:
            case Scale.PERCEPTUAL:
                return yardsticks.floor_perceptual
            case Scale.STRUCTURAL:
                return yardsticks.floor_structural
            case Scale.SPREADS if yardsticks.spread_perceptual and yardsticks.floor_perceptual is not None:
                return yardsticks.floor_perceptual / yardsticks.spread_perceptual
            case Scale.SPREADS:
                return _ratio(yardsticks.floor_structural, yardsticks.spread_structural)
            case _:
                return None

    def spread(self, yardsticks: Yardsticks) -> float | None:
        """The seed spread on this scale; None where there is none."""
        match self:
            case Scale.SPREADS:
                return 1.0
            case Scale.PERCEPTUAL:
                return yardsticks.spread_perceptual
            case Scale.STRUCTURAL:
                return yardsticks.spread_structural
            case _:
                return None


_SCALES: Mapping[Scale, tuple[str, str, str, Callable[[Effect], float | None]]] = {
    Scale.SPREADS: (
        "Effect",
        "seed spreads",
        "Distance from the intact image; 1 is the median distance between images of other seeds",
        lambda effect: effect.spreads,
    ),
    Scale.PERCEPTUAL: (
        "Perceptual distance",
        "",
        "1 − cosine of the recogniser's image embeddings",
        lambda effect: effect.measures.perceptual,
    ),
    Scale.STRUCTURAL: (
        "Structural distance",
        "",
        "1 − SSIM, the structural similarity to the intact image",
        lambda effect: effect.measures.structural,
    ),
    Scale.PIXEL: (
        "Pixel distance",
        "of the range",
        "Mean absolute difference of the pixels from the intact image",
        lambda effect: effect.measures.pixel,
    ),
    Scale.LATENT: (
        "Latent distance",
        "",
        "1 − cosine of the denoised latents",
        lambda effect: None if effect.measures.latent_cosine is None else 1.0 - effect.measures.latent_cosine,
    ),
    Scale.KEPT: (
        "Concept kept",
        "of intact",
        "What the least recognised word of the prompt keeps of its probability in the intact image",
        lambda effect: effect.kept,
    ),
    Scale.NOISE: (
        "Noise-likeness",
        "of white noise",
        "Flatness of the local spectrum, relative to that of white noise",
        lambda effect: effect.measures.noise,
    ),
    Scale.FLATNESS: (
        "Flatness",
        "",
        "1 for a single colour, 0 for the widest spread of brightness",
        lambda effect: effect.measures.flatness,
    ),
}


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def _optional(value: Any) -> float | None:
    return None if value is None else _finite(value)


def _finite(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("malformed measures: not finite")
    return number
