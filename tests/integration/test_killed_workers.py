"""A process that renders is replaced when it is killed; nothing is lost and nothing rendered twice.

The figures are printed: see them with ``-s``. 4 kills by default, ten times as many with ``-m slow``.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.fakes.kills import (
    KILLS,
    PATIENCE_SECONDS,
    Figures,
    Lives,
    anatomy_of,
    check_finished,
    check_readable,
    wait_for_more,
)

pytest.importorskip("resource", reason="kills and forks of a POSIX system")


@pytest.mark.parametrize("times", KILLS)
def test_a_worker_that_is_killed_is_replaced_and_the_sweep_goes_on(
    tmp_path: Path, tiny_brain: Path, times: int
) -> None:
    """Then the application with its worker is killed as well."""
    chance, figures = random.Random(4), Figures()
    with Lives(tmp_path, str(tiny_brain)) as lives:
        for _ in range(times):
            lives.begin()
            lives.hear("sweeping")
            worker = None
            for _ in range(3):
                worker = lives.next_worker(worker)
                wait_for_more(lives.session)
                time.sleep(chance.uniform(0.0, 0.3))  # until a random moment
                worker.kill()
                figures.kills += 1
                with lives.held():
                    check_readable(lives.session)
                figures.checks += 1
            worker = lives.next_worker(worker)
            wait_for_more(lives.session)
            time.sleep(chance.uniform(0.0, 0.5))  # the same
            lives.kill()
            figures.rests += lives.said.count("resting")
            figures.kills += 1
            check_readable(lives.session)
            figures.checks += 1
            worker.wait(PATIENCE_SECONDS)  # it ends by itself
        lives.finish()
        figures.renders = check_finished(lives.session, anatomy_of(tiny_brain))
        figures.checks += 1
    print(f"\nWorker: {figures}")
