"""What ``alienlab bench`` measures on this machine."""

from __future__ import annotations

from enum import StrEnum

from alienlab.bench.engine import measure_engine
from alienlab.bench.figures import Figures, report
from alienlab.bench.launch import measure_watched, measure_window
from alienlab.domain.errors import AlienLabError

__all__ = ["AtlasBrain", "Figures", "Subject", "measure", "report"]


class Subject(StrEnum):
    """What is measured."""

    APP = "app"
    """The window and the worker; takes about a minute."""
    SPACE = "space"
    """Concept space: a plane by a script and in the window; takes about a minute."""
    LOG = "log"
    """A session of 20,000 renders in the window; takes about a minute."""
    LABS = "labs"
    """Every experiment of the laboratories that come with AlienLab; takes about a minute."""
    ATLAS = "atlas"
    """An atlas, beside the same by a loop with diffusers; takes about five minutes."""


class AtlasBrain(StrEnum):
    """Whose atlas."""

    EMBEDDED = "embedded"
    STABLE_DIFFUSION = "stable-diffusion"
    """Networks of Stable Diffusion 1.5's size with random weights; meant for a GPU."""


def measure(
    subject: Subject = Subject.APP, *, brain: AtlasBrain = AtlasBrain.EMBEDDED, device: str | None = None
) -> Figures:
    """Run everything of a subject, one thing after another.

    ``brain`` and ``device`` are those of an atlas; raises AlienLabError where they are given for anything else,
    and BrainError for a device that is not there.
    """
    if subject is Subject.ATLAS:
        from alienlab.bench.atlas import measure_embedded, measure_stable_diffusion  # noqa: PLC0415 - loads torch,
        # which the window is measured without

        return (measure_embedded if brain is AtlasBrain.EMBEDDED else measure_stable_diffusion)(device)
    if brain is not AtlasBrain.EMBEDDED or device is not None:
        raise AlienLabError("A device and another brain can only be chosen for an atlas: alienlab bench atlas.")
    if subject is Subject.LOG:
        return {**measure_watched("alienlab.bench.log_window")}
    if subject is Subject.LABS:
        from alienlab.bench.labs import measure_labs  # noqa: PLC0415 - the window is measured without it

        return measure_labs()
    if subject is Subject.SPACE:
        from alienlab.bench.space import measure_space  # noqa: PLC0415 - loads torch

        return {**measure_space()}
    return {**measure_window(), **measure_engine()}
