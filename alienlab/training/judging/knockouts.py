"""How many of a brain's modules matter: each one knocked out in turn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from alienlab.lab import Lab
from alienlab.training.judging.evaluation import Report

PROMPT, STEPS, GUIDANCE, SEED = "a cat in a party hat", 12, 4.0, 7
VISIBLE = 5.0
"""Mean absolute difference of pixels, of 255, above which a change is seen."""

BATCH = 64


@dataclass(frozen=True, slots=True)
class Knockouts:
    """Shares of single knockouts that visibly change the picture, over the whole UNet and by block."""

    share: float
    blocks: dict[str, float]
    differences: dict[str, float]
    """Mean absolute pixel difference, of 255, by module."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def knock_out_each(lab: Lab, *, report: Report, seed: int = SEED) -> Knockouts:
    """Zero each module alone, for one prompt and one noise."""
    options = {"seed": seed, "steps": STEPS, "guidance": GUIDANCE}
    intact = np.asarray(lab.render(PROMPT, **options).image, np.float32)
    paths = [module.path for module in lab.anatomy]
    differences: dict[str, float] = {}
    for start in range(0, len(paths), BATCH):
        report("Knocking out", start / len(paths))
        part = paths[start : start + BATCH]
        made = lab.render_all([lab.recipe(PROMPT, lesions=f"{path}:zero", **options) for path in part])
        for path, render in zip(part, made, strict=True):
            differences[path] = round(float(np.abs(np.asarray(render.image, np.float32) - intact).mean()), 2)
    return Knockouts(_visible(differences), _by_block(differences), differences)


def block_of(path: str) -> str:
    """``down_blocks.1`` of ``down_blocks.1.resnets.0.conv1``; ``conv_in`` of itself."""
    parts = path.split(".")
    return ".".join(parts[:2]) if parts[0] in ("down_blocks", "up_blocks") else parts[0]


def _by_block(differences: dict[str, float]) -> dict[str, float]:
    blocks: dict[str, dict[str, float]] = defaultdict(dict)
    for path, difference in differences.items():
        blocks[block_of(path)][path] = difference
    return {block: _visible(inside) for block, inside in blocks.items()}


def _visible(differences: dict[str, float]) -> float:
    return round(sum(value > VISIBLE for value in differences.values()) / len(differences), 4)
