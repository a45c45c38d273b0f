"""Things to try on any brain: lesions that tell something at first sight."""

from __future__ import annotations

from dataclasses import dataclass

from alienlab.domain.anatomy import Anatomy, Role, Stage
from alienlab.domain.lesions import LesionSpec, Operation, Treatment

FIRST_PROMPT = "a cat in a party hat"
"""Imagined at the first start where the brain names no prompts of its own."""


@dataclass(frozen=True, slots=True)
class Experiment:
    title: str
    explanation: str
    lesion: LesionSpec


def experiments(anatomy: Anatomy) -> tuple[Experiment, ...]:
    """Three things to try; fewer where the brain lacks the parts."""
    found = (_without_the_first_block(anatomy), _random_first_attention(anatomy), _drugged(anatomy))
    return tuple(experiment for experiment in found if experiment is not None)


def first_lesion(anatomy: Anatomy) -> LesionSpec:
    """What the first altered image shows: the attention of the decoder's middle resolution, silenced.

    There the image gets its parts; coarser, few brains miss it, and finer, it is only texture.
    """
    decoder = [module.path for module in anatomy if module.stage is Stage.DECODER and module.role is Role.V]
    blocks = list(dict.fromkeys(path.partition(".attentions.")[0] for path in decoder if ".attentions." in path))
    if not blocks:
        return LesionSpec(anatomy.paths[len(anatomy) // 2], Treatment(Operation.ZERO))
    return LesionSpec(f"{blocks[len(blocks) // 2]}.attentions.*", Treatment(Operation.ZERO))


def _without_the_first_block(anatomy: Anatomy) -> Experiment | None:
    first = next(
        (
            module
            for module in anatomy
            if module.stage is Stage.ENCODER and module.level == 0 and module.role is not Role.INPUT
        ),
        None,
    )
    if first is None:
        return None
    block = ".".join(first.path.split(".")[:2])
    lesion = LesionSpec(f"{block}.*", Treatment(Operation.ZERO))
    return Experiment("Knock out the first block", "All that it hands on is silence. What is left?", lesion)


def _random_first_attention(anatomy: Anatomy) -> Experiment | None:
    query = next((module for module in anatomy if module.role is Role.Q), None)
    if query is None:
        return None
    lesion = LesionSpec(f"{_attention_block(query.path)}.*", Treatment(Operation.RANDOMIZE, seed=1))
    return Experiment("Randomise the first attention", "Weights of the right size, but meaning nothing.", lesion)


def _drugged(anatomy: Anatomy) -> Experiment | None:
    if not len(anatomy):
        return None
    lesion = LesionSpec("*", Treatment(Operation.NOISE, 0.1, seed=1))
    return Experiment("Drug the whole brain", "10 % noise in every weight, everywhere at once.", lesion)


def _attention_block(path: str) -> str:
    """The region ``….attentions.N`` around a module; its own region where there is none."""
    parts = path.split(".")
    if "attentions" in parts[:-2]:
        return ".".join(parts[: parts.index("attentions") + 2])
    return path.rpartition(".")[0]
