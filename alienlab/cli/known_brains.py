"""The brains that are at hand."""

from __future__ import annotations

from pathlib import Path

from alienlab.cli.opening import brain_source
from alienlab.domain.errors import BrainError


def known_brains() -> list[tuple[str, str]]:
    """Where each comes from, and its location."""
    from alienlab.engine.brains.hub import cached_brains
    from alienlab.session.paths import AppPaths, embedded_brain
    from alienlab.session.settings import load_settings

    embedded = str(embedded_brain())
    recent = load_settings(AppPaths.of_user().settings_file).recent_brains
    known = {embedded: "embedded"}
    known |= {location: "recent" for location in recent if location != embedded and Path(location).is_dir()}
    known |= {location: "cached" for location in cached_brains() if location not in known}
    return [(origin, location) for location, origin in known.items()]


def brain_with_hash(wanted: str) -> str:
    """Location of the brain that an image was made with; raise BrainError where none at hand is it."""
    from alienlab.engine.brains.folder import hash_of, inspect
    from alienlab.engine.brains.source import resolve

    for _, location in known_brains():
        try:
            if hash_of(inspect(resolve(brain_source(location)))) == wanted:
                return location
        except BrainError:
            continue  # one that is broken or gone is not the one that is wanted
    raise BrainError(
        f"The image was made with the brain {wanted[:10]}…, which is not at hand. Name its folder with --brain."
    )
