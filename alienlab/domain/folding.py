"""Exact duplicates: different lesions that must give the same pixels.

In an attention whose queries, keys and values are without bias (all of SD 1.x and 2.x):

* zeroed queries and zeroed keys both make every attention weight equal;
* in self-attention a zeroed ``norm1`` zeroes the values, as a zeroed ``to_v`` does;
* in cross-attention a zeroed ``norm2`` zeroes the queries.

So the 391 knockouts of SD 1.x are 327 computations.
"""

from __future__ import annotations

from dataclasses import replace

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.lesions import LesionSet, Operation, StepWindow, Treatment, simplify

_FOLDS = (
    # (zeroed, stands for, projections without bias that this needs)
    ("norm1", "attn1.to_v", ("attn1.to_q", "attn1.to_k", "attn1.to_v")),
    ("norm2", "attn2.to_q", ("attn2.to_q",)),
    ("attn1.to_k", "attn1.to_q", ("attn1.to_q", "attn1.to_k")),
    ("attn2.to_k", "attn2.to_q", ("attn2.to_q", "attn2.to_k")),
)


def fold(lesions: LesionSet, anatomy: Anatomy, *, steps: int) -> LesionSet:
    """A set that gives the same pixels in ``steps`` denoising steps, the same one for all duplicates.

    A lesion is folded only where it stands alone in its attention, which is always exact.
    """
    treatments: dict[str, tuple[Treatment, ...]] = {}
    for path, chain in lesions.treatments.items():
        has_bias = anatomy[path].has_bias
        plain = [_plain(treatment, has_bias=has_bias, steps=steps) for treatment in chain]
        if simplified := simplify(treatment for treatment in plain if treatment is not None):
            treatments[path] = simplified
    for block in _transformer_blocks(anatomy):
        _fold_block(block, treatments, anatomy)
    return LesionSet({path: treatments[path] for path in anatomy.paths if path in treatments})


def _plain(treatment: Treatment, *, has_bias: bool, steps: int) -> Treatment | None:
    """Without limits that limit nothing; None where it never acts."""
    weights_only = treatment.weights_only and has_bias
    window = treatment.steps
    if window is not None:
        if window.first >= steps:
            return None
        window = StepWindow(window.first, min(window.end, steps))
        if window == StepWindow(0, steps):
            window = None
    return replace(treatment, weights_only=weights_only, steps=window)


def _transformer_blocks(anatomy: Anatomy) -> list[str]:
    return [path.removesuffix(".attn1.to_q") for path in anatomy.paths if path.endswith(".attn1.to_q")]


def _fold_block(block: str, treatments: dict[str, tuple[Treatment, ...]], anatomy: Anatomy) -> None:
    for zeroed, representative, unbiased in _FOLDS:
        source, target = f"{block}.{zeroed}", f"{block}.{representative}"
        attention = f"{block}.{representative.partition('.')[0]}."
        if not all(f"{block}.{name}" in anatomy and not anatomy[f"{block}.{name}"].has_bias for name in unbiased):
            continue
        chain = treatments.get(source, ())
        is_zeroed = len(chain) == 1 and chain[0].operation is Operation.ZERO and not chain[0].weights_only
        alone = all(path == source or not path.startswith(attention) for path in treatments)
        if is_zeroed and alone:
            treatments[target] = treatments.pop(source)
