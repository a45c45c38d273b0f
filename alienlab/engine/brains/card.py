"""A brain's card: what its makers recommend."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alienlab.domain.errors import BrainError
from alienlab.domain.recipe import MAX_GUIDANCE, MAX_STEPS
from alienlab.engine.brains.hostile_json import read_json_object

CARD_FILE, PROMPTS_FILE = "alienlab.json", "prompts.txt"
DEFAULT_STEPS, DEFAULT_GUIDANCE = 30, 7.5
MAX_NAME = 80
MAX_PROMPTS_BYTES = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class BrainCard:
    name: str
    steps: int = DEFAULT_STEPS
    guidance: float = DEFAULT_GUIDANCE
    prompts: tuple[str, ...] = ()
    """Prompts that the brain is known to imagine well."""


def read_card(folder: Path, *, default_name: str) -> BrainCard:
    """Card from ``alienlab.json`` and ``prompts.txt``; both are optional. Raises BrainError where malformed."""
    data = read_json_object(folder / CARD_FILE) if (folder / CARD_FILE).is_file() else {}
    name = data.get("name", default_name)
    if not isinstance(name, str) or not 0 < len(name.strip()) <= MAX_NAME or not name.isprintable():
        raise _malformed("name", f"a text of at most {MAX_NAME} letters")
    return BrainCard(
        name=name.strip(),
        steps=int(_number(data, "steps", DEFAULT_STEPS, low=1, high=MAX_STEPS)),
        guidance=_number(data, "guidance", DEFAULT_GUIDANCE, low=0.0, high=MAX_GUIDANCE),
        prompts=_read_prompts(folder / PROMPTS_FILE),
    )


def _number(data: Mapping[str, Any], key: str, default: float, *, low: float, high: float) -> float:
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise _malformed(key, "a number")
    if not low <= value <= high:
        raise _malformed(key, f"from {low:g} to {high:g}")
    return float(value)


def _read_prompts(file: Path) -> tuple[str, ...]:
    try:
        if not file.is_file() or file.stat().st_size > MAX_PROMPTS_BYTES:
            return ()
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BrainError(f"{PROMPTS_FILE} in the brain's folder cannot be read. Mend or remove it.") from error
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _malformed(key: str, wanted: str) -> BrainError:
    return BrainError(f"In {CARD_FILE} of the brain's folder, '{key}' must be {wanted}. Mend or remove it.")
