"""The command that shows denoising from inside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from alienlab.cli.opening import (
    BrainOption,
    DeviceOption,
    DtypeOption,
    GuidanceOption,
    LesionOption,
    NegativeOption,
    PickleOption,
    SchedulerOption,
    SeedOption,
    SizeOption,
    StepsOption,
    opened_lab,
    size_of,
)
from alienlab.cli.recognising import RecogniserOption


def film(
    prompt: Annotated[str, typer.Argument(help="Prompt, or a formula such as '= random(7)'.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Sheet (.png, .pdf), or an animation of the images (.gif, .webp).")
    ],
    negative: NegativeOption = "",
    seed: SeedOption = 0,
    steps: StepsOption = None,
    guidance: GuidanceOption = None,
    scheduler: SchedulerOption = None,
    size: SizeOption = None,
    lesion: LesionOption = None,
    brain: BrainOption = None,
    recogniser: RecogniserOption = None,
    device: DeviceOption = None,
    dtype: DtypeOption = "auto",
    allow_pickle: PickleOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the change of each step, and what it is of.")] = False,
) -> None:
    """Show an image after every step: decoded, in latent pixels, what it is of, and how much each step changes."""
    from alienlab.domain.space.formula import read_concept
    from alienlab.session.animation import FRAMES_A_SECOND, animation_kinds, write_animation
    from alienlab.session.film_sheet import film_sheet
    from alienlab.session.sheet import write_sheet
    from alienlab.session.walk_sheet import check_output

    check_output(output, FRAMES_A_SECOND)
    concept = read_concept(prompt)
    width, height = size_of(size)
    with opened_lab(
        brain, device=device, dtype=dtype, allow_pickle=allow_pickle, recogniser=recogniser, quiet=as_json
    ) as lab:
        made = lab.film(
            concept,
            negative=negative,
            seed=seed,
            steps=steps,
            guidance=guidance,
            scheduler=scheduler,
            width=width,
            height=height,
            lesions=lesion or (),
        )
    if output.suffix.lower() in animation_kinds():
        write_animation([frame.image for frame in made.frames], output)
    else:
        write_sheet(film_sheet(made), output)
    if as_json:
        said = [frame.recognition and frame.recognition.summary for frame in made.frames]
        print(json.dumps({"changes": made.changes, "of": said}, ensure_ascii=False))
    else:
        print(output)
