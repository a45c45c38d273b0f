"""Options that several commands share: groups of them, and how a command takes a group as one parameter."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from alienlab.cli.opening import opened_lab
from alienlab.domain.errors import RecipeError

if TYPE_CHECKING:
    from alienlab.lab import Lab, RenderOptions

BrainOption = Annotated[
    str | None, typer.Option("--brain", help="Folder or hub id of a brain; the embedded one by default.")
]
DeviceOption = Annotated[
    str | None, typer.Option("--device", help="torch device, such as cpu or cuda:0; the best by default.")
]
PickleOption = Annotated[
    bool, typer.Option("--allow-pickle", help="Load pickled weights. They can run code: trust their source first.")
]
RecogniserOption = Annotated[
    str | None,
    typer.Option(
        "--recogniser",
        help="Folder or hub id of a CLIP, or plugin/recogniser, that says what images are of; else the brain's own.",
    ),
]
LesionOption = Annotated[
    list[str] | None,
    typer.Option("--lesion", help="PATTERN:operation: up_blocks.1.*:zero, or *:plugin/operation=0.5@1; repeatable."),
]
SessionOption = Annotated[
    str | None, typer.Option("--session", help="Session to log in: a folder, or a name under the data folder.")
]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of the noise.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderChoice:
    """What decides an image beside its prompt and its noise."""

    negative: Annotated[str, typer.Option("--negative", help="What to keep away from.")] = ""
    steps: Annotated[
        int | None, typer.Option("--steps", help="Denoising steps; the brain's own number by default.")
    ] = None
    guidance: Annotated[float | None, typer.Option("--guidance", help="Classifier-free guidance scale.")] = None
    scheduler: Annotated[str | None, typer.Option("--scheduler", help="ddim, euler, euler-a, dpm++, unipc, …")] = None
    size: Annotated[str | None, typer.Option("--size", help="WIDTHxHEIGHT in pixels.")] = None
    lesion: LesionOption = None

    @property
    def lesions(self) -> tuple[str, ...]:
        return tuple(self.lesion or ())

    def options(self, seed: int = 0) -> RenderOptions:
        """As ``Lab`` takes them, lesions included. Raises RecipeError for a size that cannot be read."""
        width, height = size_of(self.size)
        return {
            "negative": self.negative,
            "seed": seed,
            "steps": self.steps,
            "guidance": self.guidance,
            "scheduler": self.scheduler,
            "width": width,
            "height": height,
            "lesions": self.lesions,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BrainChoice:
    """Which brain is opened, and how."""

    brain: BrainOption = None
    recogniser: RecogniserOption = None
    device: DeviceOption = None
    dtype: Annotated[str, typer.Option("--dtype", help="fp32, bf16, fp16, or auto: the fastest that is safe here.")] = (
        "auto"
    )
    allow_pickle: PickleOption = False
    compile_passes: Annotated[
        bool,
        typer.Option("--compile", help="Compile the UNet's passes, for a GPU: minutes at first."),
    ] = False

    def opened(self, *, quiet: bool = False) -> AbstractContextManager[Lab]:
        """An open brain, with progress on a terminal unless ``quiet``."""
        return opened_lab(
            self.brain,
            device=self.device,
            dtype=self.dtype,
            allow_pickle=self.allow_pickle,
            recogniser=self.recogniser,
            compile_passes=self.compile_passes,
            quiet=quiet,
        )


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Let every parameter that is a group of options stand on the command line as these options."""
    hints = get_type_hints(command, include_extras=True)
    own = [one.replace(annotation=hints[name]) for name, one in inspect.signature(command).parameters.items()]
    groups: dict[str, Any] = {one.name: one.annotation for one in own if is_dataclass(one.annotation)}
    shown = [one for one in own if one.name not in groups]
    shown += [option for group in groups.values() for option in _options(group)]

    @functools.wraps(command)
    def spread_command(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{field.name: given.pop(field.name) for field in fields(group)})
        command(**given)

    keyword = inspect.Parameter.KEYWORD_ONLY
    signature = inspect.Signature([one.replace(kind=keyword) for one in shown])
    spread_command.__dict__["__signature__"] = signature
    spread_command.__annotations__ = {one.name: one.annotation for one in shown}
    return spread_command


def _options(group: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    keyword = inspect.Parameter.KEYWORD_ONLY
    defaults = {field.name: field.default for field in fields(group)}
    assert MISSING not in defaults.values()
    return [
        inspect.Parameter(name, keyword, default=default, annotation=hints[name]) for name, default in defaults.items()
    ]


def size_of(text: str | None) -> tuple[int | None, int | None]:
    if text is None:
        return None, None
    match = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text)
    if match is None:
        raise RecipeError(f"'{text}' is not a size. Write WIDTHxHEIGHT in pixels, such as 512x512.")
    return int(match[1]), int(match[2])
