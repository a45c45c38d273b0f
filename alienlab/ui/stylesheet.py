"""The one style sheet of all widgets, made from the tokens of a theme.

Widgets choose among looks by dynamic properties:

* ``QPushButton``/``QToolButton`` ``variant``: ``primary``, ``danger``, ``quiet`` (no ground until hovered);
* ``QLabel`` ``tone``: ``title``, ``muted``, ``small``, ``figure``, ``mono``, ``danger``, ``good``;
* ``QFrame`` ``role``: ``card`` (raised ground), ``bar`` (strip with a line below), ``panel`` (surface ground).
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from string import Template

from alienlab.ui.theme import MONO, Theme, Type

_GLYPHS = Path(__file__).with_name("glyphs")
_TEMPLATE = Path(__file__).with_name("stylesheet.qss")


def style_sheet(theme: Theme) -> str:
    """Qt style sheet for the whole application, on top of the Fusion style."""
    return Template(_TEMPLATE.read_text("utf-8")).substitute(_colours(theme), **_glyphs(theme))


def blend(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0 to 1) of ``other`` mixed in; all as ``#rrggbb``."""
    pairs = [(int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(first + (second - first) * share):02x}" for first, second in pairs)


def _colours(theme: Theme) -> dict[str, object]:
    names = [field.name for field in fields(theme) if field.name not in ("kinds", "appearance")]
    return {
        **{name: getattr(theme, name) for name in names},
        "accent_hover": blend(theme.accent, theme.text, 0.2),
        "accent_down": blend(theme.accent, theme.ground, 0.2),
        "danger_hover": blend(theme.danger, theme.text, 0.15),
        "danger_down": blend(theme.danger, theme.ground, 0.2),
        "small": int(Type.SMALL),
        "body": int(Type.BODY),
        "title": int(Type.TITLE),
        "display": int(Type.DISPLAY),
        "mono": ", ".join(f'"{family}"' for family in (*MONO, "monospace")),
    }


def _glyphs(theme: Theme) -> dict[str, str]:
    names = {
        "chevron_up": "chevron-up",
        "chevron_down": "chevron-down",
        "chevron_right": "chevron-right",
        "cross": "cross",
        "float": "float",
        "tick": f"tick-{theme.appearance}",
        "dash": f"dash-{theme.appearance}",
    }
    return {key: (_GLYPHS / f"{name}.svg").as_posix() for key, name in names.items()}
