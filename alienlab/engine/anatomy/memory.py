"""Remembers anatomies by brain hash: the statistics of a billion weights take long to gather."""

from __future__ import annotations

import json
from pathlib import Path

from alienlab.domain.anatomy import Anatomy
from alienlab.engine.anatomy.reader import read_anatomy
from alienlab.engine.brains.loading import Brain


def recall_anatomy(brain: Brain, cache: Path) -> Anatomy:
    """The brain's anatomy, from the cache where it is there."""
    file = cache / f"anatomy-{brain.hash[:16]}.json"
    try:
        return Anatomy.from_json(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        anatomy = read_anatomy(brain.unet)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(anatomy.to_json()), encoding="utf-8")
    except OSError:
        return anatomy  # it is read again next time
    return anatomy
