"""What a scene is, before it is drawn or put into words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where the subject stands."""

    MIDDLE = "middle"
    LEFT = "left"
    RIGHT = "right"


class Size(StrEnum):
    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"


class Style(StrEnum):
    SOLID = "3D"
    FLAT = "flat"
    PENCIL = "pencil"
    DOTTED = "dotted"
    PIXELATED = "pixelated"
    PAINTED = "painted"


class Ground(StrEnum):
    """Kinds of background; the first two have colours of their own."""

    PLAIN = "plain"
    GRADIENT = "gradient"
    GRASS = "grass"
    SNOW = "snow"
    BEACH = "beach"
    SUNSET = "sunset"
    NIGHT = "night"
    CITY = "city"
    STRIPES = "stripes"
    DOTS = "dots"
    SEA = "sea"
    MOUNTAINS = "mountains"
    FOREST = "forest"
    ROOM = "room"


CORE_GROUNDS = (
    Ground.GRASS,
    Ground.SNOW,
    Ground.BEACH,
    Ground.SUNSET,
    Ground.NIGHT,
    Ground.CITY,
    Ground.STRIPES,
    Ground.DOTS,
)


class Pattern(StrEnum):
    """Scenes that show nothing but a pattern."""

    CHECKERBOARD = "checkerboard"
    WAVES = "waves"
    RINGS = "rings"
    BLOBS = "blobs"
    CONFETTI = "confetti"
    MOSAIC = "mosaic"


@dataclass(frozen=True, slots=True)
class Background:
    """``colours`` names what is coloured: one for plain, two for a gradient, stripes and dots, none for the rest."""

    ground: Ground
    colours: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What distinguishes it in a held-out composition, such as ``blue`` or ``beach``."""
        return self.colours[0] if self.ground is Ground.PLAIN else str(self.ground)


HAT_PATTERNS = ("stripes", "dots", "zigzags")
HAT_COLOURS = ("red", "orange", "yellow", "green", "turquoise", "blue", "purple", "pink")


@dataclass(frozen=True, slots=True)
class PartyHat:
    """A cone in two colours; ``pattern`` is one of ``HAT_PATTERNS``."""

    colours: tuple[str, str]
    pattern: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody or something in the scene. ``hat`` and ``worn`` and ``garment`` are names in the catalogue."""

    name: str
    colour: str | None = None
    hat: str | PartyHat | None = None
    worn: str | None = None
    garment: str | None = None

    @property
    def attribute(self) -> str | None:
        """What is said of it, as one name: its hat, else what it wears, else its colour."""
        hat = "party hat" if isinstance(self.hat, PartyHat) else self.hat
        return hat or self.worn or self.garment or self.colour


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene; ``seed`` decides what the words leave open: exact places, shades, the stars in the sky."""

    figures: tuple[Figure, ...]
    background: Background
    seed: int
    style: Style = Style.SOLID
    size: Size = Size.NORMAL
    place: Place = Place.MIDDLE
    pattern: Pattern | None = None

    @property
    def composition(self) -> tuple[str, str, str]:
        """Subject, attribute and background by name: what held-out captions keep away from training."""
        subject = " and ".join(figure.name for figure in self.figures)
        attribute = self.figures[0].attribute if self.figures else None
        return subject, attribute or "", self.background.name
