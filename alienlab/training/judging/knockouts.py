"""How many of a brain's modules matter: each one knocked out in turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
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
    blocks = {block: share_seen(inside) for block, inside in by_block(differences).items()}
    return Knockouts(share_seen(differences.values()), blocks, differences)


def block_of(path: str) -> str:
    """``down_blocks.1`` of ``down_blocks.1.resnets.0.conv1``; ``conv_in`` of itself."""
    parts = path.split(".")
    return ".".join(parts[:2]) if parts[0] in ("down_blocks", "up_blocks") else parts[0]


def by_block(differences: Mapping[str, float]) -> dict[str, list[float]]:
    """Differences of a block's modules, by ``block_of`` their paths."""
    blocks: dict[str, list[float]] = defaultdict(list)
    for path, difference in differences.items():
        blocks[block_of(path)].append(difference)
    return dict(blocks)


def share_seen(differences: Collection[float]) -> float:
    """Of differences that are visible, 0 to 1."""
    return round(sum(difference > VISIBLE for difference in differences) / len(differences), 4)
