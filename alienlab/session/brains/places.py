"""Where brains were opened from, by their hash: an image tells only the hash of the brain that made it."""

from __future__ import annotations

import json
from pathlib import Path

from alienlab.session.files import write_atomically

_MOST = 200
_LARGEST_FILE = 2**20


class BrainPlaces:
    """Kept in a file of the cache folder; what is broken there counts as not known."""

    def __init__(self, cache: Path) -> None:
        self._file = cache / "brain-places.json"

    def remember(self, brain: str, location: str) -> None:
        """Raises DiskFull or SessionError."""
        places = {key: value for key, value in self._read().items() if key != brain}
        kept = dict([*places.items(), (brain, location)][-_MOST:])
        write_atomically(self._file, json.dumps(kept, indent=1).encode("utf-8", "replace"))

    def location(self, brain: str) -> str | None:
        """Folder, file or hub id; None where it is not known, or not there any more."""
        location = self._read().get(brain)
        if location is None or (Path(location).is_absolute() and not Path(location).exists()):
            return None
        return location

    def _read(self) -> dict[str, str]:
        try:
            if self._file.stat().st_size > _LARGEST_FILE:
                return {}
            data = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        entries = data.items() if isinstance(data, dict) else ()
        return {key: value for key, value in entries if isinstance(value, str)}
