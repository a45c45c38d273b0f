"""The look of the application in one place: colours, type scale, spacing, style sheet.

Everything that draws takes its colours from a ``Theme``; both themes have the same tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alienlab.domain.anatomy import Kind
from alienlab.domain.effects import Verdict
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
OFFERED_MARK = "◆"
"""Of all that plugins do to a cell."""

SANS = ("Inter", "SF Pro Text", "Segoe UI", "Noto Sans", "DejaVu Sans")
MONO = ("JetBrains Mono", "SF Mono", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono")
"""Font families, the first that the machine has is taken."""


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

    appearance: Appearance
    """``DARK`` or ``LIGHT``."""
    ground: str
    surface: str
    raised: str
    hover: str
    """What the pointer is on."""
    line: str
    faint: str
    """Frames, skip connections, disabled text."""
    muted: str
    """Secondary text; at least 4.5:1 on ``surface``."""
    text: str
    accent: str
    on_accent: str
    selected: str
    """Ground of what is selected, under ``text``."""
    danger: str
    """Lesions and errors."""
    on_danger: str
    on_kind: str
    """Names in cells of the map."""
    on_deep: str
    """The same in cells that are painted in a dark colour."""
    wound: str
    """Ground of a lesioned cell, under ``danger``."""
    good: str
    kinds: dict[Kind, str]
    """Cell colours, told apart also by colour-blind eyes (from the palette of Okabe and Ito)."""
    verdicts: dict[Verdict, str]
    """Cell colours of a map painted by verdict: far apart in OKLab to any eyes, and not like ``danger``."""


DARK = Theme(
    appearance=Appearance.DARK,
    ground="#121417",
    surface="#1a1d21",
    raised="#24282e",
    hover="#2d323a",
    line="#30353d",
    faint="#4b535e",
    muted="#98a2b0",
    text="#e6e9ee",
    accent="#5cc8ff",
    on_accent="#08202d",
    selected="#183a4b",
    danger="#ff6b57",
    on_danger="#2b0703",
    on_kind="#0b0f14",
    on_deep="#ffffff",
    wound="#3a1a18",
    good="#58d39b",
    kinds={
        Kind.CONV: "#3f8fc7",
        Kind.LINEAR: "#c9973b",
        Kind.NORM: "#5fa98a",
        Kind.EMBEDDING: "#b07aa8",
        Kind.OTHER: "#7b828d",
    },
    verdicts={
        Verdict.FLAT: "#a57734",
        Verdict.NOISE: "#eef9fc",
        Verdict.LOST: "#e33bad",
        Verdict.NOTHING: "#545657",
        Verdict.NUANCE: "#458bfc",
        Verdict.ALTERED: "#41d4b7",
        Verdict.ANOTHER: "#f4c918",
    },
)

LIGHT = Theme(
    appearance=Appearance.LIGHT,
    ground="#eceef1",
    surface="#f8f9fa",
    raised="#ffffff",
    hover="#e8ebef",
    line="#d3d8de",
    faint="#a6aeb9",
    muted="#5a6472",
    text="#171a1f",
    accent="#0873ad",
    on_accent="#ffffff",
    selected="#cfe6f4",
    danger="#c8321e",
    on_danger="#ffffff",
    on_kind="#0b0f14",
    on_deep="#ffffff",
    wound="#fbe3df",
    good="#0f7f4f",
    kinds={
        Kind.CONV: "#4f9fd8",
        Kind.LINEAR: "#dba544",
        Kind.NORM: "#5fb592",
        Kind.EMBEDDING: "#c08ab8",
        Kind.OTHER: "#9aa2ad",
    },
    verdicts={
        Verdict.FLAT: "#693c1c",
        Verdict.NOISE: "#171615",
        Verdict.LOST: "#ab05a9",
        Verdict.NOTHING: "#b0b3b4",
        Verdict.NUANCE: "#5e99f9",
        Verdict.ALTERED: "#428559",
        Verdict.ANOTHER: "#eba506",
    },
)
