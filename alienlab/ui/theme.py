"""The look of the application in one place: colours, type scale, spacing, style sheet.

Everything that draws takes its colours from a ``Theme``; both themes have the same tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alienlab.domain.anatomy import Kind
from alienlab.domain.lesions import Operation

GRID = 4
"""All spacing is a multiple of this many pixels."""

MARKS = {
    Operation.ZERO: "✕",
    Operation.RANDOMIZE: "✱",
    Operation.NOISE: "≈",
    Operation.NOISE_ADDED: "≈",
    Operation.SCALE: "▲",
}
"""What a lesioned cell of the map is marked with; scaling down is ``SCALED_DOWN``."""
SCALED_DOWN = "▼"


class Type(int):
    """Sizes of the one type scale, in pixels."""

    SMALL = 11
    BODY = 13
    TITLE = 16
    DISPLAY = 20


class Appearance(StrEnum):
    """Which theme the user wants."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colours as ``#rrggbb``. The ramp runs from the window's ground to its strongest text."""

    ground: str
    surface: str
    raised: str
    line: str
    faint: str
    """Frames, skip connections, disabled text."""
    muted: str
    """Secondary text; at least 4.5:1 on ``surface``."""
    text: str
    accent: str
    on_accent: str
    danger: str
    """Lesions and errors."""
    good: str
    kinds: dict[Kind, str]
    """Cell colours, told apart also by colour-blind eyes (from the palette of Okabe and Ito)."""


DARK = Theme(
    ground="#121417",
    surface="#1a1d21",
    raised="#24282e",
    line="#30353d",
    faint="#4b535e",
    muted="#98a2b0",
    text="#e6e9ee",
    accent="#5cc8ff",
    on_accent="#08202d",
    danger="#ff6b57",
    good="#58d39b",
    kinds={
        Kind.CONV: "#3f8fc7",
        Kind.LINEAR: "#c9973b",
        Kind.NORM: "#5fa98a",
        Kind.EMBEDDING: "#b07aa8",
        Kind.OTHER: "#7b828d",
    },
)

LIGHT = Theme(
    ground="#eceef1",
    surface="#f8f9fa",
    raised="#ffffff",
    line="#d3d8de",
    faint="#a6aeb9",
    muted="#5a6472",
    text="#171a1f",
    accent="#0873ad",
    on_accent="#ffffff",
    danger="#c8321e",
    good="#0f7f4f",
    kinds={
        Kind.CONV: "#4f9fd8",
        Kind.LINEAR: "#dba544",
        Kind.NORM: "#5fb592",
        Kind.EMBEDDING: "#c08ab8",
        Kind.OTHER: "#9aa2ad",
    },
)
