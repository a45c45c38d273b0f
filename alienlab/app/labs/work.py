"""What a bench stands in, and what it has on its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QUndoStack

from alienlab.app.labs.lab_thread import LabThread
from alienlab.domain.laboratories.ports import Carried, LabJob
from alienlab.domain.recipe import LabRecipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a bench stands in."""

    thread: LabThread
    undo_stack: QUndoStack
    blobs: Callable[[], Path | None]
    """The folder of the images that the open session keeps."""
    embedded_brain: Path


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What was asked for, and what came of it."""

    asked: LabRecipe
    carried: Carried


@dataclass(slots=True, eq=False)
class Work:
    """A job that was submitted and has not ended."""

    job: LabJob
    is_asked: bool
    """Whether the user pressed Run: it then goes on when the page is left."""
    has_begun: bool = False
    is_unwanted: bool = False
    """Whether the user pressed Stop."""
    fraction: float | None = None
    said: str = ""
    clock: QElapsedTimer = field(default_factory=QElapsedTimer)
