"""What a plugin says of itself and of what it offers, before any of its code runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from alienlab.domain.laboratories.parameters import Parameter

API_VERSION = 1
"""Of ``alienlab.api``; a plugin names the one that it was written for."""


class Origin(StrEnum):
    """Where a plugin was found."""

    BUILT_IN = "built in"
    INSTALLED = "installed"
    """Through the entry point of a package that the user installed."""
    USER_FOLDER = "your plugins folder"


@dataclass(frozen=True, slots=True)
class Code:
    """A function of a plugin, named but not imported: ``package.module:function``."""

    plugin: str
    """The plugin's id."""
    target: str
    folder: Path | None = None
    """The folder that is put on the path to import it; None for what is installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What all offers have. ``id`` is unique within the plugin and its kind of offer."""

    plugin: str
    id: str
    name: str
    summary: str
    """One sentence."""
    code: Code
    parameters: tuple[Parameter, ...] = ()

    @property
    def key(self) -> str:
        """``plugin/id``: how recipes, lesion texts and settings name it."""
        return f"{self.plugin}/{self.id}"


AnyOffer = TypeVar("AnyOffer", bound=Offer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """Something that a laboratory computes and shows; ``code`` is called with Values and Workbench."""

    id: str
    name: str
    summary: str
    code: Code
    parameters: tuple[str, ...]
    """Ids of the laboratory's parameters that decide its picture."""
    is_live: bool = True
    """Whether it computes at once when a parameter changes; else it waits to be asked."""
    revision: int = 1
    """Another one where the same recipe gives other pixels than before."""
    patience: float = 60.0
    """Seconds without a word of progress after which it is taken to compute without end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laboratory(Offer):
    """Experiments that share parameters. Its ``code`` is empty: each experiment has its own."""

    guide: str
    """What to look for, and how it mirrors a lesioned brain: a paragraph."""
    experiments: tuple[Experiment, ...]
    network: Code | None = None
    """Returns the network that its lesions act on, given Values and Workbench; None where there is none."""

    def experiment(self, id_: str) -> Experiment | None:
        return next((experiment for experiment in self.experiments if experiment.id == id_), None)

    def parameters_of(self, experiment: Experiment) -> tuple[Parameter, ...]:
        """Those that the experiment uses, in the laboratory's order."""
        return tuple(parameter for parameter in self.parameters if parameter.id in experiment.parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class LesionOperation(Offer):
    """An operation on a tensor: ``code(weights, amount, random) -> weights``, arrays of float32 of one shape."""

    low: float | None = None
    high: float | None = None
    """Limits of the amount; None where it takes none."""
    default: float | None = None
    takes_seed: bool = False

    @property
    def takes_amount(self) -> bool:
        return self.default is not None

    @property
    def doses(self) -> tuple[float, float]:
        """First and last amount of a series where nothing else is said: the limits, or from 0 to the default."""
        return (0.0 if self.low is None else self.low, (self.default or 1.0) if self.high is None else self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Offer):
    """A number for an image beside its reference: ``code(image, reference) -> float``, arrays of RGB bytes."""

    unit: str = ""
    low: float | None = None
    high: float | None = None
    """Expected range, for scales; None where it is taken from the values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepKind(Offer):
    """Makes an axis of a sweep: ``code(modules, values) -> list of api.SweepValue``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter(Offer):
    """Writes renders into a file: ``code(renders, file, values, workbench) -> None``."""

    suffix: str
    """Of the file that it writes, with its dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recogniser(Offer):
    """Says what images are of: ``code(images, words) -> for each image the words with their probabilities``."""

    words: tuple[str, ...] = ()
    """Subjects that it knows by itself."""


WORDS: dict[type[Offer], tuple[str, str]] = {
    Laboratory: ("laboratory", "laboratories"),
    LesionOperation: ("lesion operation", "lesion operations"),
    Measure: ("measure", "measures"),
    SweepKind: ("sweep", "sweeps"),
    Exporter: ("exporter", "exporters"),
    Recogniser: ("recogniser", "recognisers"),
}
"""What one and several of a kind are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """A plugin's declaration."""

    id: str
    name: str
    version: str
    api: int
    summary: str
    author: str = ""
    offers: tuple[Offer, ...] = ()

    def of_kind(self, kind: type[AnyOffer]) -> tuple[AnyOffer, ...]:
        return tuple(offer for offer in self.offers if isinstance(offer, kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlugin:
    """A plugin that was found, whether or not it can be used."""

    id: str
    """As its declaration says; the name of its folder or entry point where that cannot be read."""
    origin: Origin
    place: str
    """Folder, or package and version, that it comes from."""
    plugin: Plugin | None = None
    error: str = ""
    """Why it cannot be used, for a person to read."""
