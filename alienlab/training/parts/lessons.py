"""What the recogniser is asked, and the right answers for scenes."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from alienlab.training.parts.recogniser import Lesson
from alienlab.training.world.catalogue import Catalogue, Family
from alienlab.training.world.colours import COLOURS
from alienlab.training.world.scenes import Ground, Scene

NOTHING, EMPTY, PATTERN, BARE = "nothing I know", "empty scene", "pattern", "no attribute"


def subject_words(catalogue: Catalogue) -> tuple[str, ...]:
    things = [entry.name for entry in catalogue if entry.family in (Family.HEAD, Family.THING)]
    return (*things, EMPTY, PATTERN, NOTHING)


def attribute_words(catalogue: Catalogue) -> tuple[str, ...]:
    worn = [entry.name for entry in catalogue if entry.family in (Family.HAT, Family.WORN, Family.GARMENT)]
    return ("party hat", *worn, *(f"{colour} thing" for colour in COLOURS), BARE)


def background_words() -> tuple[str, ...]:
    grounds = [str(ground) for ground in Ground if ground is not Ground.PLAIN]
    return (*grounds, *(f"{colour} background" for colour in COLOURS))


def attribute_word(attribute: str | None) -> str:
    """The word for a figure's attribute, as a composition names it."""
    return f"{attribute} thing" if attribute in COLOURS else attribute or BARE


def background_word(background: str) -> str:
    """The word for a background, as a composition names it."""
    return f"{background} background" if background in COLOURS else background


def subjects_of(scene: Scene) -> tuple[str, ...]:
    if scene.figures:
        return tuple(figure.name for figure in scene.figures)
    return (PATTERN,) if scene.pattern else (EMPTY,)


def lessons_of(scenes: Sequence[Scene], catalogue: Catalogue) -> tuple[Lesson, Lesson, Lesson]:
    """Subject, attribute, background."""
    subjects, attributes, backgrounds = subject_words(catalogue), attribute_words(catalogue), background_words()
    asked_attributes = [tuple(attribute_word(figure.attribute) for figure in scene.figures[:1]) for scene in scenes]
    asked_backgrounds = [() if scene.pattern else (background_word(scene.background.name),) for scene in scenes]
    return (
        Lesson(subjects, _shares([subjects_of(scene) for scene in scenes], subjects), subjects.index(NOTHING)),
        Lesson(attributes, _shares(asked_attributes, attributes)),
        Lesson(backgrounds, _shares(asked_backgrounds, backgrounds)),
    )


def _shares(answers: Sequence[Sequence[str]], words: Sequence[str]) -> torch.Tensor:
    """[scenes, words], half precision."""
    place = {word: index for index, word in enumerate(words)}
    shares = torch.zeros(len(answers), len(words), dtype=torch.float16)
    for row, given in enumerate(answers):
        for word in given:
            shares[row, place[word]] += 1 / len(given)
    return shares
