"""The anatomies of brains that records speak of by their hash alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import AlienLabError
from alienlab.session.brains.anatomy_cache import load_anatomy
from alienlab.session.paths import AppPaths, embedded_brain
from alienlab.session.settings import load_settings


class KnownAnatomies:
    """Those of the embedded brain and of recent ones whose folders are there; no brain is loaded.

    A folder is hashed when it is first needed, the embedded brain's before the others; of a large brain this takes
    some seconds.
    """

    def __init__(self, paths: AppPaths, hash_of: Callable[[Path], str]) -> None:
        """``hash_of`` a brain's folder is the hash that its renders bear; it may raise AlienLabError."""
        self._hash_of = hash_of
        self._found: dict[str, Anatomy | None] = {}
        self._left = _anatomies(paths)

    def __call__(self, brain: str) -> Anatomy | None:
        """None where none of the brains has this hash."""
        while brain not in self._found:
            folder, anatomy = next(self._left, (None, None))
            if folder is None:
                self._found[brain] = None
                break
            try:
                self._found.setdefault(self._hash_of(folder), anatomy)
            except AlienLabError:
                continue  # one that is broken is not the one that is wanted
        return self._found[brain]


def _anatomies(paths: AppPaths) -> Iterator[tuple[Path, Anatomy]]:
    recent = (Path(location) for location in load_settings(paths.settings_file).recent_brains)
    for folder in dict.fromkeys((embedded_brain(), *recent)):
        anatomy = load_anatomy(folder, paths.cache) if folder.is_dir() else None
        if anatomy is not None:
            yield folder, anatomy
