"""JSON from files that may be broken or ill-meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from alienlab.domain.errors import BrainError

MAX_BYTES = 16 * 2**20
"""Far above any configuration or shard index, far below what would fill the memory."""


def read_json_object(file: Path) -> dict[str, Any]:
    """The JSON object in ``file``; raise BrainError, naming the file, where there is none."""
    shown = f"{file.parent.name}/{file.name}"
    try:
        if file.stat().st_size > MAX_BYTES:
            raise BrainError(f"{shown} is too large for a configuration. Copy the brain again.")
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BrainError(f"{shown} is missing. Copy the brain again, with all its files.") from None
    except OSError as error:
        raise BrainError(f"{shown} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise BrainError(f"{shown} is not valid JSON. Copy the brain again.") from error
    if not isinstance(data, dict):
        raise BrainError(f"{shown} does not hold a JSON object. Copy the brain again.")
    return data
