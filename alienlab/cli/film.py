"""The command that shows denoising from inside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from alienlab.cli.choices import BrainChoice, RenderChoice, SeedOption, spread


@spread
def film(
    prompt: Annotated[str, typer.Argument(help="Prompt, or a formula such as '= random(7)'.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Sheet (.png, .pdf), or an animation of the images (.gif, .webp).")
    ],
    render: RenderChoice,
    opening: BrainChoice,
    seed: SeedOption = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the change of each step, and what it is of.")] = False,
) -> None:
    """Show an image after every step: decoded, in latent pixels, what it is of, and how much each step changes."""
    from alienlab.domain.space.formula import read_concept
    from alienlab.session.sheets.animation import FRAMES_A_SECOND, animation_kinds, write_animation
    from alienlab.session.sheets.film_sheet import film_sheet
    from alienlab.session.sheets.sheet import write_sheet
    from alienlab.session.sheets.walk_sheet import check_output

    check_output(output, FRAMES_A_SECOND)
    concept, options = read_concept(prompt), render.options(seed)
    with opening.opened(quiet=as_json) as lab:
        made = lab.film(concept, **options)
    if output.suffix.lower() in animation_kinds():
        write_animation([frame.image for frame in made.frames], output)
    else:
        write_sheet(film_sheet(made), output)
    if as_json:
        said = [frame.recognition and frame.recognition.summary for frame in made.frames]
        print(json.dumps({"changes": made.changes, "of": said}, ensure_ascii=False))
    else:
        print(output)
