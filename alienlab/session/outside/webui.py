"""Reads the text that AUTOMATIC1111's web UI, and programs that follow it, keep in a PNG's ``parameters`` chunk."""

from __future__ import annotations

import json
import re

from alienlab.session.outside.foreign_recipe import ForeignRecipe

_NEGATIVE = "Negative prompt:"
_SETTINGS = re.compile(r"Steps:\s*\d")
_SETTING = re.compile(r'\s*(\w[\w \-/]{0,60}):\s*("(?:\\.|[^\\"])*"(?=\s*(?:,|$))|[^,]*)')
_LONGEST_LINE = 65_536


def read_webui(text: str) -> ForeignRecipe | None:
    """None where there is no line of settings."""
    lines = text.replace("\r\n", "\n").split("\n")
    place = next((place for place in reversed(range(len(lines))) if _SETTINGS.match(lines[place].lstrip())), None)
    if place is None:
        return None
    settings = _settings(lines[place][:_LONGEST_LINE])
    prompt, negative = _prompts(lines[:place])
    width, _, height = settings.get("Size", "").partition("x")
    return ForeignRecipe.checked(
        tool="AlienLab" if settings.get("Version", "").startswith("AlienLab") else "AUTOMATIC1111",
        prompt=prompt,
        negative=negative,
        seed=settings.get("Seed"),
        steps=settings.get("Steps"),
        guidance=settings.get("CFG scale"),
        size=(width, height),
        sampler=settings.get("Sampler"),
    )


def _prompts(lines: list[str]) -> tuple[str, str]:
    """The last line that begins with the negative prompt's heading parts the two."""
    begins = (place for place in reversed(range(len(lines))) if lines[place].lstrip().startswith(_NEGATIVE))
    place = next(begins, len(lines))
    negative = "\n".join(lines[place:]).lstrip().removeprefix(_NEGATIVE)
    return "\n".join(lines[:place]), negative


def _settings(line: str) -> dict[str, str]:
    """The first of several values of one name counts."""
    settings: dict[str, str] = {}
    place = 0
    while place < len(line):
        match = _SETTING.match(line, place)
        if match is not None:
            settings.setdefault(match[1].strip(), _unquoted(match[2].strip()))
        comma = line.find(",", place if match is None else match.end())
        place = len(line) if comma < 0 else comma + 1
    return settings


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    try:
        return str(json.loads(value))
    except (ValueError, RecursionError):
        return value
