"""Commands of ``alienlab`` about the toy world and about how good a brain is. Each imports what it needs."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Annotated

import typer

SCENES = 64
COLUMNS = 8

brain_app = typer.Typer(help="What a brain can do.", no_args_is_help=True, rich_markup_mode=None)


def world(
    sheet: Annotated[Path, typer.Option(help="PNG or PDF file to write.")],
    seed: Annotated[int, typer.Option(help="Which scenes.")] = 0,
    size: Annotated[int, typer.Option(min=16, max=512, help="Pixels of a scene's side.")] = 128,
) -> None:
    """Draw 64 random scenes of the toy world, with captions, on a sheet."""
    import numpy as np

    from alienlab.session.paths import world_folder
    from alienlab.session.sheets.sheet import Sheet, SheetCell, SheetSection, write_sheet
    from alienlab.training.world.captions import Captioner
    from alienlab.training.world.catalogue import Catalogue
    from alienlab.training.world.drawing import SceneArtist
    from alienlab.training.world.sampling import SceneSampler

    catalogue = Catalogue(world_folder())
    sampler, artist, captioner = SceneSampler(catalogue), SceneArtist(catalogue, size), Captioner(catalogue)
    generator = random.Random(seed)
    cells = []
    for _ in range(SCENES):
        scene = sampler.scene(generator.getrandbits(40))
        caption = captioner.varied(scene, random.Random(scene.seed))
        cells.append(SheetCell.of(np.asarray(artist.draw(scene)), (caption or "(no words)",)))
    title = "The toy world"
    section = SheetSection("", tuple(cells))
    write_sheet(Sheet(title=title, common=f"scenes of seed {seed}", sections=(section,), columns=COLUMNS), sheet)
    print(sheet)


@brain_app.command("evaluate")
def evaluate_brain(
    brain: Annotated[Path | None, typer.Option(help="Folder of a brain; the embedded one by default.")] = None,
    recogniser: Annotated[str | None, typer.Option(help="Folder or hub id of a recogniser; the brain's own.")] = None,
    knockouts: Annotated[bool, typer.Option("--knockouts", help="Knock out every module, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Render 200 held-out captions and say what share came out right, with other measures of quality."""
    from alienlab.session.paths import embedded_brain, world_folder
    from alienlab.training.judging.figures import figures_of

    folder = brain or embedded_brain()
    figures = figures_of(folder, world_folder(), recogniser=recogniser, knockouts=knockouts, report=_tell)
    print(json.dumps(figures.to_json()) if as_json else figures)


@brain_app.command("sheets")
def sheets(
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the sheets.")],
    brain: Annotated[Path | None, typer.Option(help="Folder of a brain; the embedded one by default.")] = None,
) -> None:
    """Write the sheets of a model card: held-out captions, many noises, a line from cat to dog, random points."""
    from alienlab.session.paths import embedded_brain, world_folder
    from alienlab.training.judging.sheets import write_sheets

    for file in write_sheets(brain or embedded_brain(), world_folder(), output):
        print(file)


@brain_app.command("atlas")
def atlas(
    output: Annotated[Path, typer.Option("-o", "--output", help="JSON file; the images go beside it.")],
    prompt: Annotated[str, typer.Option(help="What to imagine.")] = "a cat in a party hat",
    seed: Annotated[int, typer.Option(help="Seed of the noise.")] = 7,
    steps: Annotated[int | None, typer.Option(help="Denoising steps.")] = None,
    brain: Annotated[str | None, typer.Option(help="Brain; the embedded one by default.")] = None,
) -> None:
    """Knock out each module in turn and write the atlas that a map can be painted by."""
    from tempfile import TemporaryDirectory

    from alienlab.domain.sweeps.kinds import knockouts
    from alienlab.lab import Lab
    from alienlab.session.brains.atlas_file import write_atlas
    from alienlab.session.log.store import Session
    from alienlab.session.log.sweep_log import SweepLog

    with Lab(brain) as lab, TemporaryDirectory() as folder, Session.open(Path(folder) / "atlas") as session:
        recipe = lab.recipe(prompt, seed=seed, steps=steps)
        rows = lab.sweep(prompt, knockouts(lab.anatomy), session=session, seed=seed, steps=steps)
        log, intact = SweepLog(session), recipe.computation_id(lab.anatomy)
        title = f"Knock out each module: “{prompt}”, seed {seed}, {recipe.steps} steps"
        write_atlas(output.absolute(), recipe, title, rows, image=lambda key: log.image(key or intact))
    print(output)


def _tell(message: str, share: float) -> None:
    if sys.stderr.isatty():
        print(f"{message} {share:.0%}", file=sys.stderr)
