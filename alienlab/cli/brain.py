"""Commands of ``alienlab`` about the toy world and about how good a brain is. Each imports what it needs."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from alienlab.training.judging.evaluation import Evaluation
    from alienlab.training.judging.knockouts import Knockouts

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
    from alienlab.session.sheet import Sheet, SheetCell, SheetSection, write_sheet
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
    from alienlab.engine.recognition.finding import find_recogniser
    from alienlab.lab import Lab
    from alienlab.session.paths import embedded_brain, world_folder
    from alienlab.training.judging.evaluation import evaluate
    from alienlab.training.judging.knockouts import knock_out_each

    folder = brain or embedded_brain()
    judge = find_recogniser(folder, recogniser)
    with Lab(folder) as lab:
        found = evaluate(lab, folder, judge, world_folder(), report=_tell)
        knocked_out = knock_out_each(lab, report=_tell) if knockouts else None
    figures = {**found.to_json(), **({"knockouts": knocked_out.to_json()} if knocked_out else {})}
    print(json.dumps(figures) if as_json else _report(found, knocked_out))


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


def _tell(message: str, share: float) -> None:
    if sys.stderr.isatty():
        print(f"{message} {share:.0%}", file=sys.stderr)


def _report(found: Evaluation, knocked_out: Knockouts | None) -> str:
    lines = [
        f"main subject right      {found.subject:.1%}",
        f"hat or attribute right  {found.attribute:.1%}",
        f"background right        {found.background:.1%}",
        f"recogniser's accuracy   {found.recogniser:.1%}",
        f"kernel distance         {found.kid:.4f}",
        f"seconds an image        {found.seconds_per_image:.2f}",
        *(f"VAE, {style:<18} {psnr:.1f} dB" for style, psnr in found.vae_psnr_db.items()),
    ]
    if knocked_out:
        lines += [f"visible knockouts       {knocked_out.share:.1%}"]
        lines += [f"  {block:<21} {share:.1%}" for block, share in knocked_out.blocks.items()]
    return "\n".join(lines)
