"""The plugins that are at hand, as the user has switched them."""

from __future__ import annotations

from alienlab.domain.laboratories.shelf import Shelf
from alienlab.extensions.discovery import find_plugins
from alienlab.session.paths import AppPaths
from alienlab.session.settings import load_settings


def plugins_of_user() -> Shelf:
    """All that were found, on and off as the settings say."""
    paths = AppPaths.of_user()
    settings = load_settings(paths.settings_file)
    return Shelf(
        found=find_plugins(paths.plugins),
        switched_on=frozenset(settings.plugins_on),
        switched_off=frozenset(settings.plugins_off),
    )
