"""A brain trained for a few steps on a few scenes."""

from __future__ import annotations

from pathlib import Path

from alienlab.session.paths import world_folder
from alienlab.training.__main__ import Step, take
from alienlab.training.plan import PLANS
from alienlab.training.workplace import Workplace


def train_tiny_brain(folder: Path) -> Workplace:
    """Take every stage but the judging of the plan 'tiny' in ``folder``; the finished brain is in ``folder/brain``."""
    place = Workplace(PLANS["tiny"], world_folder(), folder)
    for step in Step:
        if step not in (Step.ADOPT, Step.EVALUATE, Step.ALL):
            take(step, place, folder / "brain", processes=1)
    return place
