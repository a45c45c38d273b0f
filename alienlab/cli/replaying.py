"""The command that renders again and compares."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alienlab.cli.choices import BrainOption, DeviceOption
from alienlab.cli.known_brains import brain_with_hash
from alienlab.cli.log_choice import known_anatomies
from alienlab.cli.opening import folder_of_session, opened_lab
from alienlab.domain.errors import ImageError, SessionError

if TYPE_CHECKING:
    from alienlab.domain.events import Image
    from alienlab.lab.replaying import Made, Setting
    from alienlab.session.log.reading import SessionReader
    from alienlab.session.log.records import RenderRecord

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
    from alienlab.lab.replaying import Made
    from alienlab.session.png import read_png

    stamped = read_png(file)
    made = [Made(stamped.recipe, stamped.provenance)]
    ((_, difference),) = _differences(made, lambda place: stamped.image, brain, device)
    print(difference or "identical")
    if difference:
        raise typer.Exit(1)


def _replay_session(
    folder: Path, brain: str | None, device: str | None, count: int | None, seed: int, filter_text: str
) -> None:
    from alienlab.lab.replaying import Made
    from alienlab.session.log.reading import SessionReader

    with SessionReader.open_read_only(folder) as log:
        records = _chosen(log, count, seed, filter_text)
        made = [Made(record.recipe, record.provenance) for record in records]
        identical = 0
        for place, difference in _differences(made, lambda place: _image(log, records[place]), brain, device):
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


def _image(log: SessionReader, record: RenderRecord) -> Image | str:
    """The image of a record, or why there is none."""
    try:
        return log.load_image(record)
    except ImageError as error:
        return str(error)


def _differences(
    made: Sequence[Made], image: Callable[[int], Image | str], brain: str | None, device: str | None
) -> Iterator[tuple[int, str]]:
    """For the place of each render in what it differs from before, empty where it is identical; in any order."""
    from alienlab.lab.replaying import replay, told_difference

    settings: dict[Setting, list[int]] = {}
    for place, one in enumerate(made):
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
