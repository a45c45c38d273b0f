"""The command that renders again and compares."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alienlab.cli.choices import BrainOption, DeviceOption
from alienlab.cli.known_brains import brain_with_hash
from alienlab.cli.log_choice import known_anatomies
from alienlab.cli.opening import folder_of_session, opened_lab
from alienlab.domain.errors import ImageError, SessionError, StoppedByUser

if TYPE_CHECKING:
    from alienlab.domain.events import Image
    from alienlab.domain.recipe import LabRecipe
    from alienlab.lab.replaying import Setting
    from alienlab.session.log.reading import SessionReader
    from alienlab.session.log.records import RenderRecord
    from alienlab.session.png import StampedImage

ThingArgument = Annotated[
    str, typer.Argument(help="A PNG file that AlienLab made, or a session: a folder, or a name under the data folder.")
]
RandomOption = Annotated[
    int | None, typer.Option("--random", min=1, help="So many renders of the session, chosen at random.")
]
ChanceOption = Annotated[int, typer.Option("--seed", help="Of that choice.")]
FilterOption = Annotated[
    str, typer.Option("--filter", help="Renders of the session that this lets through, such as: prompt:cat op:zero")
]


def replay(
    thing: ThingArgument,
    brain: BrainOption = None,
    device: DeviceOption = None,
    count: RandomOption = None,
    seed: ChanceOption = 0,
    filter_text: FilterOption = "",
) -> None:
    """Render again what an image or a session records; exit code 0 only where all pixels are identical."""
    if Path(thing).is_dir() or not (Path(thing).exists() or thing.lower().endswith(".png")):
        _replay_session(folder_of_session(thing), brain, device, count, seed, filter_text)
    else:
        _replay_image(Path(thing), brain, device)


def _replay_image(file: Path, brain: str | None, device: str | None) -> None:
    from alienlab.session.png import read_png

    stamped = read_png(file)
    ((_, difference),) = _differences([stamped], lambda place: stamped.image, brain, device, blobs=None)
    print(difference or "identical")
    if difference:
        raise typer.Exit(1)


def _replay_session(
    folder: Path, brain: str | None, device: str | None, count: int | None, seed: int, filter_text: str
) -> None:
    from alienlab.session.log.reading import BLOBS_FOLDER, SessionReader

    with SessionReader.open_read_only(folder) as log:
        records = _chosen(log, count, seed, filter_text)
        identical = 0
        image = functools.partial(_image, log, records)
        for place, difference in _differences(records, image, brain, device, blobs=folder / BLOBS_FOLDER):
            identical += not difference
            if difference:
                print(f"render {records[place].number}: {difference}")
    print(f"{identical} of {len(records)} identical")
    if identical < len(records):
        raise typer.Exit(1)


def _chosen(log: SessionReader, count: int | None, seed: int, filter_text: str) -> list[RenderRecord]:
    """Newest first. Raises SessionError where there are none."""
    from alienlab.domain.log_query import LogQuery
    from alienlab.session.log.search import LogSearch

    numbers = LogSearch(log, known_anatomies()).numbers(LogQuery.parse(filter_text))
    if count is not None and count < len(numbers):
        numbers = sorted(random.Random(seed).sample(numbers, count), reverse=True)
    if not numbers:
        what = "no render that the filter lets through" if filter_text else "no render yet"
        raise SessionError(f"The session '{log.name}' has {what}.")
    return log.records_of(numbers)


def _image(log: SessionReader, records: Sequence[RenderRecord], place: int) -> Image | str:
    """The image of a record, or why there is none."""
    try:
        return log.load_image(records[place])
    except ImageError as error:
        return str(error)


def _differences(
    made: Sequence[RenderRecord | StampedImage],
    image: Callable[[int], Image | str],
    brain: str | None,
    device: str | None,
    *,
    blobs: Path | None,
) -> Iterator[tuple[int, str]]:
    """For the place of each render in what it differs from before, empty where it is identical; in any order."""
    from alienlab.domain.recipe import LabRecipe

    labs = {place: one.recipe for place, one in enumerate(made) if isinstance(one.recipe, LabRecipe)}
    if labs:
        yield from _lab_differences(labs, image, blobs)
    if len(labs) < len(made):
        yield from _brain_differences(made, image, brain, device)


def _lab_differences(
    recipes: Mapping[int, LabRecipe], image: Callable[[int], Image | str], blobs: Path | None
) -> Iterator[tuple[int, str]]:
    from alienlab.cli.known_plugins import known_plugins
    from alienlab.domain.pixels import pixel_difference
    from alienlab.extensions.client import PluginProcess
    from alienlab.lab.lab_replaying import carry_out_again
    from alienlab.session.paths import AppPaths

    process = PluginProcess(AppPaths.of_user().cache)
    try:
        outcomes = carry_out_again(tuple(recipes.values()), known_plugins(), process, blobs=blobs)
        for place, now in zip(recipes, outcomes, strict=True):
            before = image(place)
            if isinstance(before, str):
                yield place, before
            elif isinstance(now, str):
                yield place, f"cannot be made again: {now}"
            else:
                yield place, pixel_difference(before, now.image)
    except KeyboardInterrupt:
        raise StoppedByUser from None
    finally:
        process.close()


def _brain_differences(
    renders: Sequence[RenderRecord | StampedImage],
    image: Callable[[int], Image | str],
    brain: str | None,
    device: str | None,
) -> Iterator[tuple[int, str]]:
    from alienlab.domain.recipe import DiffusionRecipe
    from alienlab.lab.replaying import Made, replay, told_difference

    made = {
        place: Made(one.recipe, one.provenance)
        for place, one in enumerate(renders)
        if isinstance(one.recipe, DiffusionRecipe)
    }
    settings: dict[Setting, list[int]] = {}
    for place, one in made.items():
        settings.setdefault(one.setting, []).append(place)
    for setting, places in settings.items():
        with opened_lab(
            brain or brain_with_hash(setting.brain),
            device=device or setting.device,
            dtype=str(setting.precision),
            compile_passes=setting.is_compiled,
        ) as lab:
            for number, again in replay(lab, [made[place] for place in places]):
                place = places[number]
                yield place, told_difference(image(place), again, made[place], lab)
