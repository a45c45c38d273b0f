"""A brain's figures, all together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alienlab.engine.recognition.finding import find_recogniser
from alienlab.lab import Lab
from alienlab.training.judging.evaluation import Evaluation, Report, evaluate
from alienlab.training.judging.knockouts import Knockouts, knock_out_each


@dataclass(frozen=True, slots=True)
class Figures:
    """What ``alienlab brain evaluate`` says; ``knockouts`` only where they were asked for."""

    evaluation: Evaluation
    knockouts: Knockouts | None

    def to_json(self) -> dict[str, Any]:
        extra = {"knockouts": self.knockouts.to_json()} if self.knockouts else {}
        return {**self.evaluation.to_json(), **extra}

    def __str__(self) -> str:
        found = self.evaluation
        lines = [
            f"main subject right      {found.subject:.1%}",
            f"hat or attribute right  {found.attribute:.1%}",
            f"background right        {found.background:.1%}",
            f"recogniser's accuracy   {found.recogniser:.1%}",
            f"kernel distance         {found.kid:.4f}",
            f"seconds an image        {found.seconds_per_image:.2f}",
            *(f"VAE, {style:<18} {psnr:.1f} dB" for style, psnr in found.vae_psnr_db.items()),
        ]
        if self.knockouts:
            lines += [f"visible knockouts       {self.knockouts.share:.1%}"]
            lines += [f"  {block:<21} {share:.1%}" for block, share in self.knockouts.blocks.items()]
        return "\n".join(lines)


def figures_of(brain: Path, world: Path, *, recogniser: str | None, knockouts: bool, report: Report) -> Figures:
    """Judge the brain in a folder by a recogniser of choice, else by its own.

    Raises RecogniserError where there is none, BrainError where the brain cannot be opened.
    """
    judge = find_recogniser(brain, recogniser)
    with Lab(brain) as lab:
        found = evaluate(lab, brain, judge, world, report=report)
        return Figures(found, knock_out_each(lab, report=report) if knockouts else None)
