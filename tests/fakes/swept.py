"""A sweep with all its images and measures in a session, without an engine."""

from __future__ import annotations

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.effects import Measures, Yardsticks
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.sweeps.sweep import Axis, Sweep
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepLog, SweepRecord
from tests.fakes.recipes import make_image, make_provenance, make_recipe

SPREAD = 0.5
"""Seed spread of all that is measured."""


def keep_sweep(
    session: Session, anatomy: Anatomy, *axes: Axis, title: str = "A sweep", side: int = 16, brain: str = "ab" * 32
) -> SweepRecord:
    """Each image is random by its place in the session; its distance is a tenth of that among the distinct ones."""
    base = make_recipe(size=(side, side), steps=4, brain=brain)
    sweep = Sweep(id=title.casefold().replace(" ", "-"), title=title, base=base, axes=axes)
    recipes = [trial.recipe for trial in sweep.trials()]
    wanted = list(dict.fromkeys((*(recipe.intact for recipe in recipes), *recipes)))
    log, known, before = SweepLog(session), {}, len(session)
    for recipe in wanted:
        key = recipe.computation_id(anatomy)
        if key not in known:
            known[key] = len(known)
            _render(session, recipe, key, before + known[key], side)
        reference = recipe.intact.computation_id(anatomy)
        log.keep_measures(reference, {key: _measures(0.0 if key == reference else known[key] / 10)})
        log.keep_yardsticks(reference, _YARDSTICKS)
    return log.add(sweep)


def _render(session: Session, recipe: DiffusionRecipe, key: str, place: int, side: int) -> None:
    image = make_image(place, width=side, height=side)
    session.save(recipe, image, make_provenance(), recipe_id=f"recipe {place}", computation_id=key)


def _measures(perceptual: float) -> Measures:
    return Measures(
        perceptual=perceptual,
        ssim=1.0 - perceptual / 2,
        pixel=perceptual / 4,
        latent_cosine=None,
        concepts=(("cat", 0.9),),
        nothing=0.0,
        noise=0.1,
        flatness=0.1,
    )


_YARDSTICKS = Yardsticks(
    floor_perceptual=0.001, floor_structural=0.001, spread_perceptual=SPREAD, spread_structural=SPREAD, seeds=4
)
