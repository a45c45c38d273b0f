"""The window on a fake engine."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from alienlab.app.comparison import TileState
from tests.gui.conftest import wait_until_settled


def test_first_start_shows_an_intact_and_an_altered_image(window, engine) -> None:
    intact, altered = window.lab.comparison.pair
    assert intact.is_intact
    assert not altered.is_intact
    assert intact.recipe.seed == altered.recipe.seed
    assert not np.array_equal(intact.image, altered.image)
    assert window.try_strip.isVisible()
    assert len(window.try_strip.cards) == 3
