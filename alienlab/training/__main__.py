"""python -m alienlab.training STAGE: draws the world and trains a brain on it, stage by stage."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import torch
import typer

from alienlab.domain.errors import AlienLabError
from alienlab.session.paths import embedded_brain, world_folder
from alienlab.training.adopting import adopt_brain
from alienlab.training.bank import draw_bank
from alienlab.training.errors import TrainingError
from alienlab.training.exporting import export_brain
from alienlab.training.judging.card import CARD, write_card
from alienlab.training.judging.figures import figures_of
from alienlab.training.judging.sheets import write_sheets
from alienlab.training.learning.processes import default_processes, run_in_processes
from alienlab.training.plan import PLANS
from alienlab.training.stages import TrainDecoder, TrainDiffusion, TrainRecogniser, TrainVae
from alienlab.training.workplace import Workplace
from alienlab.training.world.sampling import Mixture

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


class Step(StrEnum):
    """In the order in which ``all`` takes them; ``adopt``, which it leaves out, goes on from a finished brain."""

    ADOPT = "adopt"
    WORLD = "world"
    VAE = "vae"
    DIFFUSION = "diffusion"
    DECODER = "decoder"
    RECOGNISER = "recogniser"
    EXPORT = "export"
    EVALUATE = "evaluate"
    ALL = "all"


TRAINED = {
    Step.VAE: TrainVae,
    Step.DIFFUSION: TrainDiffusion,
    Step.DECODER: TrainDecoder,
    Step.RECOGNISER: TrainRecogniser,
}


@app.command()
def train(
    step: Annotated[Step, typer.Argument(help="Stage to run; each goes on from its last checkpoint.")],
    plan: Annotated[str | None, typer.Option(help="cpu or gpu; what suits this machine by default.")] = None,
    work: Annotated[Path, typer.Option(help="Folder for scenes and checkpoints.")] = Path("build/training"),
    output: Annotated[
        Path | None, typer.Option(help="Folder of the brain to write, or to adopt; the embedded one by default.")
    ] = None,
    minutes: Annotated[float | None, typer.Option(help="End each stage with a checkpoint after these.")] = None,
    processes: Annotated[int | None, typer.Option(min=1, help="Learning together; one a core by default.")] = None,
) -> None:
    """Draw the toy world, train a brain on it, and write it as a pipeline folder.

    One command does everything: python -m alienlab.training all
    """
    chosen = plan or ("gpu" if torch.cuda.is_available() else "cpu")
    if chosen not in PLANS:
        raise TrainingError(f"There is no plan '{chosen}'. Take one of {', '.join(PLANS)}.")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    work.mkdir(parents=True, exist_ok=True)
    place = Workplace(PLANS[chosen], world_folder(), work.resolve(), device, minutes)
    steps = [each for each in Step if each not in (Step.ADOPT, Step.ALL)] if step is Step.ALL else [step]
    for each in steps:
        take(each, place, output or embedded_brain(), processes or default_processes())


def take(step: Step, place: Workplace, output: Path, processes: int) -> None:
    """Run one stage."""
    if step is Step.WORLD:
        for mixture in Mixture:
            _draw(place, mixture)
    elif step is Step.ADOPT:
        adopt_brain(place, output)
    elif step is Step.EXPORT:
        export_brain(place, output)
        print(f"The brain is in {output}.")
    elif step is Step.EVALUATE:
        _judge(place, output)
    else:
        run_in_processes(TRAINED[step](place), processes)


def _judge(place: Workplace, brain: Path) -> None:
    """Print the figures, and renew the card's tables and sheets where the brain has a card."""
    figures = figures_of(brain, place.world, recogniser=None, knockouts=True, report=lambda doing, share: None)
    print(figures)
    if (brain / CARD).exists():
        write_card(brain, figures)
        write_sheets(brain, place.world, brain / "sheets")


def _draw(place: Workplace, mixture: Mixture) -> None:
    def tell(count: int) -> None:
        if count % 5000 == 0:
            print(f"world  {count} scenes for {mixture} drawn", flush=True)

    plan = place.plan
    draw_bank(
        place.world,
        place.bank_folder(mixture),
        scenes=plan.scenes,
        pixels=plan.bank_pixels(mixture),
        mixture=mixture,
        report=tell,
    )


def main() -> None:
    """Run the command; what a user can mend is one line and exit code 2."""
    try:
        app(prog_name="python -m alienlab.training")
    except AlienLabError as error:
        print(f"alienlab: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
