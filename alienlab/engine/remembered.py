"""What is measured once for a brain on a device."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch

from alienlab.engine.device import Device


class Remembered:
    """One entry of a JSON file in the cache. A file that cannot be read or written is as good as none."""

    def __init__(self, file: Path, *, brain: str, device: Device) -> None:
        self._file = file
        self._key = f"{brain[:16]} {device.name} torch {torch.__version__}"

    def recall(self) -> dict[str, Any]:
        """Empty where nothing was remembered."""
        entry = self._entries().get(self._key)
        return entry if isinstance(entry, dict) else {}

    def remember(self, entry: dict[str, Any]) -> None:
        entries = {**self._entries(), self._key: entry}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(json.dumps(entries, indent=1), encoding="utf-8")
        except OSError:
            return  # it is measured again next time

    def _entries(self) -> dict[str, Any]:
        try:
            known = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return known if isinstance(known, dict) else {}
