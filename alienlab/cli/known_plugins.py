"""The plugins that are at hand, as the user has switched them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alienlab.domain.laboratories.shelf import Shelf


def known_plugins() -> Shelf:
    """All that were found, on and off as the settings say."""
    from alienlab.extensions.of_user import plugins_of_user

    return plugins_of_user()
