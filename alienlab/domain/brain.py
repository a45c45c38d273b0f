"""What is known of an open brain, and of the circumstances of a render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from alienlab.domain.recipe import Precision
from alienlab.domain.recognition import Recognition

FLAGGED = "flagged by the safety checker"
"""Note in the provenance of an image that the checker in the brain's folder would not show."""
COMPILED = "made with compiled passes"
"""Note in the provenance of an image: its bits may differ from those that ordinary passes make."""


WORTHWHILE = 0.97
"""A larger batch must bring the time of an image down to this share to be taken in place of a smaller one."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a batch class is."""

    batch_class: int
    """Images that are denoised together."""
    seconds: float
    """Of one denoising step with guidance, for one image of a full batch at the brain's own size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrainInfo:
    """An open brain, as far as the rest of the application needs to know it. Sizes are in pixels."""

    name: str
    source: str
    """Folder, file or hub id that it was opened from."""
    hash: str
    """SHA-256 of its files: 64 hexadecimal digits."""
    width: int
    height: int
    size_multiple: int
    """Widths and heights must be multiples of this."""
    tokens: int
    """Rows of a concept point; two of them are the start and the end token."""
    dims: int
    """Columns of a concept point."""
    steps: int
    guidance: float
    scheduler: str
    schedulers: tuple[str, ...]
    prompts: tuple[str, ...] = ()
    """Prompts that the brain is known to imagine well."""
    has_safety_checker: bool = False
    recogniser: str | None = None
    """What says what its images are of: a hub id, or the end of a folder's path; None where nothing does."""
    device: str
    """``cuda:0``, ``mps`` or ``cpu``."""
    device_name: str
    """The device as its maker calls it."""
    device_reason: str = ""
    """Why a GPU that was to be expected is not used; empty where there is nothing to explain."""
    precision: Precision
    precision_reason: str = ""
    vocabulary: tuple[str, ...] = ()
    """Subjects that the recogniser knows; empty where there is none."""
    paces: tuple[Pace, ...] = ()
    """Measured here, from the smallest batch class to the largest; empty where nobody did."""

    @property
    def pace(self) -> Pace:
        """The fastest batch class."""
        best, *larger = self.paces or (Pace(1, 1.0),)
        for pace in larger:
            best = pace if pace.seconds < WORTHWHILE * best.seconds else best
        return best


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What was used for a render, beside what was asked."""

    device: str
    device_name: str
    threads: int
    batch_class: int
    """Rows that the forward pass was padded to."""
    seconds: float
    """Wall time from the first step to the decoded image."""
    app_version: str
    versions: Mapping[str, str] = field(default_factory=dict)
    """Versions of the libraries that decide pixels."""
    notes: tuple[str, ...] = ()
    """What happened on the way that a reader should know: dropped words, a row computed again in fp32."""
    recognition: Recognition | None = None
    """What the image is of; None where nobody was asked."""

    def to_json(self) -> dict[str, Any]:
        said = None if self.recognition is None else self.recognition.to_json()
        data = {**asdict(self), "versions": dict(self.versions), "notes": list(self.notes)}
        return {**data, "recognition": said}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Provenance:
        """Read what ``to_json`` wrote; raise ValueError for anything else."""
        try:
            return cls(
                device=str(data["device"]),
                device_name=str(data["device_name"]),
                threads=int(data["threads"]),
                batch_class=int(data["batch_class"]),
                seconds=float(data["seconds"]),
                app_version=str(data["app_version"]),
                versions={str(key): str(value) for key, value in data["versions"].items()},
                notes=tuple(str(note) for note in data["notes"]),
                recognition=_recognition(data.get("recognition")),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"malformed provenance: {error}") from error


def _recognition(data: Mapping[str, Any] | None) -> Recognition | None:
    """None also for what an older version wrote."""
    return None if data is None else Recognition.from_json(data)
