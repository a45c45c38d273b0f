"""What the commands share: an open brain with progress on a terminal, and what texts mean."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alienlab.cli.progress_bar import progress_bar
from alienlab.domain.errors import RecipeError
from alienlab.domain.events import Event, Loading, Step

if TYPE_CHECKING:
    from alienlab.lab import Lab


@contextmanager
def opened_lab(
    brain: str | None,
    *,
    device: str | None,
    dtype: str,
    allow_pickle: bool = False,
    recogniser: str | None = None,
    compile_passes: bool = False,
    quiet: bool = False,
) -> Iterator[Lab]:
    """An open brain, with progress on a terminal unless ``quiet``."""
    from alienlab.lab import Lab

    precision = None if dtype == "auto" else precision_named(dtype)
    with (
        nullcontext(lambda event: None) if quiet else progress() as watch,
        Lab(
            brain,
            device=device,
            precision=precision,
            allow_pickle=allow_pickle,
            recogniser=recogniser,
            compile_passes=compile_passes,
            watch=watch,
        ) as lab,
    ):
        yield lab


@contextmanager
def progress() -> Iterator[Any]:
    """Show the engine's events as a progress bar on a terminal, and nothing in a pipe."""
    with progress_bar("Starting") as change:

        def watch(event: Event) -> None:
            if isinstance(event, Loading):
                change(description=event.message)
            elif isinstance(event, Step):
                change(description="Denoising", completed=event.step, total=event.steps)

        yield watch


def precision_named(dtype: str) -> str:
    from alienlab.domain.recipe import Precision

    if dtype not in set(Precision):
        raise RecipeError(f"The dtype '{dtype}' is not known. Take fp32, bf16, fp16 or auto.")
    return dtype


def brain_source(brain: str | None, *, allow_pickle: bool = False) -> Any:
    from alienlab.domain.ports import BrainSource
    from alienlab.session.paths import embedded_brain

    return BrainSource(location=brain or str(embedded_brain()), allow_pickle=allow_pickle)


def folder_of_session(session: str) -> Path:
    from alienlab.session.paths import session_folder

    return session_folder(session)
