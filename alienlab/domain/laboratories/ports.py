"""What the application asks of the process in which plugins compute, and what that answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import Provenance
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Failure, Image
from alienlab.domain.laboratories.declarations import Experiment, Laboratory, Offer
from alienlab.domain.laboratories.exhibits import Exhibit
from alienlab.domain.recipe import LabRecipe


class PluginFailed(AlienLabError):
    """A plugin's code cannot be imported, raised, or computed without end. It is to be left alone."""

    def __init__(self, plugin: str, sentence: str) -> None:
        super().__init__(plugin, sentence)
        self.plugin = plugin
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class LabJob:
    """One experiment to carry out."""

    number: int
    """Increases from job to job; events carry it."""
    laboratory: Laboratory
    experiment: Experiment
    recipe: LabRecipe
    blobs: Path | None = None
    """The folder of the images that the session keeps."""
    embedded_brain: Path | None = None
    """The brain where a parameter names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkJob:
    """The anatomy of a laboratory's network is wanted, for these values of its parameters."""

    number: int
    laboratory: Laboratory
    recipe: LabRecipe
    blobs: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AskJob:
    """A function of a plugin is to be called: a measure, a sweep, an exporter, a recogniser."""

    number: int
    offer: Offer
    arguments: tuple[Any, ...] = ()
    """Values that travel between processes."""
    wants_workbench: bool = False
    """Whether a Workbench follows the arguments."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Checked values of the offer's parameters; given as Values before the Workbench where the offer has parameters."""
    patience: float = 60.0


PluginJob = LabJob | NetworkJob | AskJob


@dataclass(frozen=True, slots=True)
class Progressed:
    """A job goes on."""

    job: int
    fraction: float | None
    """Share done, 0 to 1; None where it is not known."""
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What an experiment shows while it computes."""

    job: int
    exhibit: Exhibit


@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """An experiment has been carried out."""

    job: int
    recipe: LabRecipe
    """As it was asked for, with the digests of all that was read."""
    exhibit: Exhibit
    image: Image
    """The exhibit's main part as one picture: what becomes the render."""
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class NetworkRead:
    """The anatomy that was asked for."""

    job: int
    anatomy: Anatomy


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """What a plugin's function returned."""

    job: int
    value: Any


@dataclass(frozen=True, slots=True)
class LabFailed:
    """A job gave nothing."""

    job: int
    failure: Failure
    """``USER`` where a value has to be mended, ``WORKER`` where its process was lost, ``INTERNAL`` for a defect."""
    message: str
    plugin: str = ""
    """The plugin that is to be left alone for this session; empty where none is to blame."""


@dataclass(frozen=True, slots=True)
class LabStopped:
    """A job was stopped, as was asked."""

    job: int


LabEvent = Progressed | Shown | Carried | NetworkRead | Answered | LabFailed | LabStopped


class PluginEngine(Protocol):
    """Runs plugins' code in a process of its own. One job at a time; ``stop`` alone may come from another thread."""

    def start(self) -> None:
        """Start the process ahead of the first job, so that its imports run beside the caller's work."""
        ...

    def run(self, job: PluginJob) -> Iterator[LabEvent]:
        """Carry out a job; the last event is Carried, NetworkRead, Answered, LabFailed or LabStopped.

        Never raises for what a plugin does: a process that is lost, or says nothing for the job's patience, is
        replaced, and LabFailed names the plugin.
        """
        ...

    def stop(self, job: int, *, insists: bool = True) -> None:
        """Stop this job and any before it; where it ``insists``, kill the process that does not answer in 3 s."""
        ...

    def close(self) -> None:
        """End the process."""
        ...
