"""The experiment in which the network learns."""

from __future__ import annotations

from dataclasses import replace

from alienlab.api import Exhibit, Values, Workbench
from alienlab_pair.trained import sample_wall, trained, training_exhibit


def training(values: Values, workbench: Workbench) -> Exhibit:
    """Learn, and show what the network makes of noise afterwards."""
    made = trained(values, workbench)
    exhibit = training_exhibit(made, sample_wall(made))
    return replace(
        exhibit, note="Each column is one noise: with no word it falls where it will, with a word where it is told."
    )
