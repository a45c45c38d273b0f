"""What the application needs from the layers beneath it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from alienlab.domain.concepts import ConceptExpression
from alienlab.domain.events import Event, Image, Latents
from alienlab.domain.recipe import DiffusionRecipe, Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class BrainSource:
    """Where a brain comes from and how it is to be opened."""

    location: str
    """Folder, or hub id such as ``stable-diffusion-v1-5/stable-diffusion-v1-5``."""
    device: str | None = None
    """torch device; None takes the best there is."""
    precision: Precision | None = None
    """None measures what is fastest and safe, once for a device and brain."""
    allow_pickle: bool = False
    """Whether pickled weights may be loaded; loading them runs code."""
    recogniser: str | None = None
    """Folder or hub id of a CLIP that says what images are of; None takes the brain's own, where it brings one."""
    compile_passes: bool = False
    """Whether the UNet's passes are compiled, which takes minutes at first; meant for a GPU."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reference:
    """An image that others are measured against: the intact render of their prompt and noise."""

    prompt: str
    """Its words are the concepts that are looked for."""
    image: Image
    latents: Latents | None = None
    """Where they are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderJob:
    """Recipes to render together; their rows may carry different lesions."""

    number: int
    """Increases from job to job; events carry it."""
    recipes: tuple[DiffusionRecipe, ...]
    previews: bool = True
    """Whether ``Step`` events carry a preview."""
    check_safety: bool = False
    """Whether the safety checker in the brain's folder judges every image: see ``FLAGGED``."""
    batch_class: int | None = None
    """Rows to pad each forward pass to; None lets the engine choose."""
    recognise: bool = False
    """Whether to say what each image is of, where the brain has a recogniser."""
    references: tuple[Reference, ...] = ()
    against: tuple[int | None, ...] = ()
    """For each recipe the place of the reference that its image is measured against; empty measures nothing."""
    keep_latents: bool = False
    """Whether ``Finished`` carries the latents."""
    follow: bool = False
    """Whether a ``Followed`` event tells of every step, decoded; takes a decoding a step."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeasureJob:
    """Images that are there already, to be measured against others."""

    number: int
    """Counts together with the numbers of ``RenderJob``."""
    images: tuple[Image, ...]
    references: tuple[Reference, ...]
    against: tuple[int, ...]
    """For each image the place of its reference."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecogniseJob:
    """Images to say of what they are of; they need not be the open brain's."""

    number: int
    """Counts together with the numbers of ``RenderJob``."""
    images: tuple[Image, ...]
    words: tuple[str, ...] | None = None
    """Subjects to choose among; None leaves it to the recogniser."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EmbedJob:
    """Images to embed, so that they can be grouped by what they look like."""

    number: int
    """Counts together with the numbers of ``RenderJob``."""
    images: tuple[Image, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocateJob:
    """Expressions whose points are to be known as arrays."""

    number: int
    """Counts together with the numbers of ``RenderJob``."""
    expressions: tuple[ConceptExpression, ...]


class Engine(Protocol):
    """Renders recipes. One job at a time; ``cancel`` alone may be called from another thread."""

    def open(self, source: BrainSource) -> Iterator[Event]:
        """Open a brain in place of the one that is open: ``Loading``…, then ``Opened``.

        Where only the recogniser is another one, the brain stays as it is and no weights are read.

        Raises AlienLabError where it cannot be opened; the brain that was open then stays open.
        """
        ...

    def render(self, job: RenderJob) -> Iterator[Event]:
        """Render every recipe: ``Started``, ``Step``… and ``Finished`` or ``Failed`` a row, then ``Done``.

        A cancelled job ends with ``Cancelled`` and ``Done``. Raises WorkerDied where the process is lost.
        """
        ...

    def recognise(self, job: RecogniseJob) -> Iterator[Event]:
        """``Recognised`` an image, then ``Done``. Raises RecogniserError where nobody can say."""
        ...

    def measure(self, job: MeasureJob) -> Iterator[Event]:
        """``Measured`` an image, then ``Done``."""
        ...

    def embed(self, job: EmbedJob) -> Iterator[Event]:
        """``Embedded`` an image, then ``Done``. Raises RecogniserError where nobody can."""
        ...

    def locate(self, job: LocateJob) -> Iterator[Event]:
        """``Located`` an expression, or ``Failed`` where it stands for no point, then ``Done``."""
        ...

    def cancel(self, job: int) -> None:
        """Stop this job, and any before it, within one denoising step."""
        ...

    def close(self) -> None:
        """Let go of the brain and of any process."""
        ...
