"""Where things are on this computer."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from alienlab.domain.errors import SessionError

HOME_VARIABLE = "ALIENLAB_HOME"
"""Environment variable that names one folder for everything AlienLab keeps."""

_PACKAGE = Path(__file__).resolve().parents[1]
_LONGEST_NAME = 200
_FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]')


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPaths:
    """The user's folders for AlienLab. They need not exist yet."""

    data: Path
    cache: Path
    config: Path

    @classmethod
    def of_user(cls, environment: Mapping[str, str] | None = None) -> AppPaths:
        """The platform's folders, or those below the folder that ``ALIENLAB_HOME`` names."""
        home = (os.environ if environment is None else environment).get(HOME_VARIABLE)
        if home:
            return cls.below(Path(home))
        platform = PlatformDirs("alienlab", appauthor=False)
        return cls(data=platform.user_data_path, cache=platform.user_cache_path, config=platform.user_config_path)

    @classmethod
    def below(cls, root: Path) -> AppPaths:
        """Everything below one folder."""
        root = root.expanduser().absolute()
        return cls(data=root / "data", cache=root / "cache", config=root / "config")

    @property
    def sessions(self) -> Path:
        """Where sessions live that are given by a bare name."""
        return self.data / "sessions"

    @property
    def plugins(self) -> Path:
        """The user's plugins: each folder in it that holds a ``plugin.toml``."""
        return self.data / "plugins"

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.json"


def session_folder(name_or_path: str | Path, *, paths: AppPaths | None = None) -> Path:
    """The absolute folder of a session.

    A bare name stands for a folder below the user's data folder; a path with a separator, and a folder that
    exists, stand for themselves. Raises SessionError for a name that cannot be a folder's.
    """
    text = str(name_or_path)
    path = Path(text).expanduser()
    if "/" in text or os.sep in text or path.is_absolute() or (text and _is_folder(path)):
        return path.absolute()
    if not text.strip() or _FORBIDDEN_IN_NAMES.search(text) or text.startswith(".") or len(text) > _LONGEST_NAME:
        raise SessionError(f"'{text}' cannot name a session. Take letters, digits, spaces, - and _.")
    return (paths or AppPaths.of_user()).sessions / text


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # names that no file system takes
        return False


def resources_folder() -> Path:
    """Where the files that come with AlienLab are: inside the installed package, or beside it in a checkout."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def embedded_brain() -> Path:
    """The brain that comes with AlienLab."""
    return resources_folder() / "brains" / "homunculus"


def embedded_atlas() -> Path:
    """What each knockout does to the embedded brain's first prompt."""
    return resources_folder() / "atlases" / "homunculus.json"


def world_folder() -> Path:
    """Sprites, catalogue and held-out captions of the toy world."""
    return resources_folder() / "world"


def toy_images_file() -> Path:
    """Small images of the toy world, on one sheet: what laboratories take where they are given nothing."""
    return world_folder() / "images.webp"


def application_icon() -> Path:
    """The application's icon, an SVG file."""
    return resources_folder() / "icons" / "alienlab.svg"


def regular_font() -> Path:
    """The font of sheets; it has the signs that captions need (×, –, ≥, ✕)."""
    return resources_folder() / "fonts" / "DejaVuSansCondensed.ttf"


def bold_font() -> Path:
    """The font of headings."""
    return resources_folder() / "fonts" / "DejaVuSansCondensed-Bold.ttf"
