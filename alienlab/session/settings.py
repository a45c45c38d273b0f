"""What the application remembers from one start to the next."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alienlab.session.files import write_atomically

_log = logging.getLogger(__name__)
_MAX_FILE = 4 * 2**20
_RECENT = 10

RecentList = Annotated[tuple[str, ...], Field(max_length=100)]


UNIT = ("a cat", "a dog")
"""The points whose distance others are counted in where nothing else is chosen."""


class Appearance(StrEnum):
    """Which of the two themes the window wears."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


class Settings(BaseModel):
    """Every field has a default, so that an older file reads as well."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    appearance: Appearance = Appearance.DARK
    window_geometry: str = ""
    """Base64 of what Qt saves; empty before the first start."""
    window_state: str = ""
    """Base64 of where the docks are."""
    last_session: str = ""
    last_brain: str = ""
    recent_sessions: RecentList = ()
    """Folders, the latest first."""
    recent_brains: RecentList = ()
    """Folders and hub ids, the latest first."""
    recogniser: str = ""
    """Folder or hub id of the CLIP that says what images are of; empty takes the brain's own."""
    compile_passes: bool = False
    """Whether the UNet's passes are compiled."""
    blur_flagged: bool = False
    """Whether images that a safety checker flags are blurred."""
    safety_notice_seen: bool = False
    """Whether the user was told that a brain renders without a safety checker."""
    smooth_images: bool = False
    """Whether enlarged images are filtered smoothly instead of showing whole pixels."""
    shows_recognition: bool = False
    """Whether bars say beneath each image what it is of, instead of one line."""
    unit: tuple[str, str] = UNIT
    """Two points of concept space, as they were written."""
    live: bool = False
    """Whether a change renders by itself."""
    plugins_on: tuple[str, ...] = ()
    """Ids of plugins in the user's folder that are on: there they are off until the user says otherwise."""
    plugins_off: tuple[str, ...] = ()
    """Ids of built-in and installed plugins that are off."""

    def with_session(self, folder: str) -> Settings:
        """The same after a session was opened."""
        return self.model_copy(
            update={"last_session": folder, "recent_sessions": _latest(folder, self.recent_sessions)}
        )

    def with_brain(self, source: str) -> Settings:
        """The same after a brain was opened."""
        return self.model_copy(update={"last_brain": source, "recent_brains": _latest(source, self.recent_brains)})


def load_settings(file: Path) -> Settings:
    """What ``save_settings`` wrote; the defaults where there is no file.

    A file that cannot be understood is kept beside it as ``.broken``: it never stops the application.
    """
    try:
        with file.open("rb") as stream:
            return Settings.model_validate_json(stream.read(_MAX_FILE))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValidationError, ValueError) as error:
        _log.warning("The settings in %s cannot be read and start anew: %s", file, error)
        with contextlib.suppress(OSError):
            file.replace(file.with_name(f"{file.name}.broken"))
        return Settings()


def save_settings(settings: Settings, file: Path) -> None:
    """Raises SessionError where the file cannot be written."""
    write_atomically(file, settings.model_dump_json(indent=2).encode())


def _latest(entry: str, earlier: Iterable[str]) -> tuple[str, ...]:
    return (entry, *(other for other in earlier if other != entry))[:_RECENT]
