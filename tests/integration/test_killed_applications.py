"""An application that is killed at random moments loses nothing, and nothing is rendered twice.

The figures are printed: see them with ``-s``. 14 kills by default, ten times as many with ``-m slow``.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.fakes.anatomies import unet_anatomy
from tests.fakes.kills import (
    KILLS,
    Figures,
    Lives,
    check_finished,
    check_readable,
)
from tests.fakes.sweeping_window import FAKE

pytest.importorskip("resource", reason="kills and forks of a POSIX system")


@pytest.mark.parametrize("times", KILLS)
def test_an_application_that_is_killed_in_a_sweep_loses_nothing(tmp_path: Path, times: int) -> None:
    """Also one that is killed while it opens the session."""
    chance, figures = random.Random(13), Figures()
    with Lives(tmp_path, FAKE) as lives:
        for _ in range(14 * times):
            lives.begin()
            if chance.random() < 0.75:
                lives.hear("sweeping")
            time.sleep(chance.uniform(0.0, 0.5))  # until a random moment
            lives.kill()
            figures.kills += 1
            check_readable(lives.session)
            figures.checks += 1
        lives.finish()
        figures.renders = check_finished(lives.session, unet_anatomy())
        figures.checks += 1
    print(f"\nApplication: {figures}")
