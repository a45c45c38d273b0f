"""The experiment in which the network learns."""

from __future__ import annotations

from dataclasses import replace

from alienlab.api import Exhibit, Values, Workbench
from alienlab_digits.trained import trained, training_exhibit


def training(values: Values, workbench: Workbench) -> Exhibit:
    """Learn, and show what the network answers to digits that it never saw."""
    exhibit = training_exhibit(trained(values, workbench))
    return replace(exhibit, note="Above: digits that training never saw. Beneath them: what they are pulled to.")
