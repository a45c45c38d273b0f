"""What the list of the log tells of each render, a column each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from alienlab.app.log.entries import Entry
from alienlab.app.sweeps.columns import headline
from alienlab.domain.laboratories.captions import SEPARATOR, lab_name, lab_values
from alienlab.domain.lesions import format_amount
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe
from alienlab.session.log.order import Order

INTACT = "intact"


class LogColumn(IntEnum):
    PICTURE = 0
    PROMPT = 1
    DONE = 2
    VERDICT = 3
    SEED = 4
    STEPS = 5
    GUIDANCE = 6
    SUBJECT = 7
    STAR = 8
    TAGS = 9
    TIME = 10
    DEVICE = 11


@dataclass(frozen=True, slots=True)
class Heading:
    """``order`` is what a click on it orders by; None where it orders nothing."""

    text: str
    tip: str
    read: Callable[[Entry], str]
    order: Order | None = None
    is_number: bool = False


def done_text(entry: Entry) -> str:
    """What was done to the mind, or what a laboratory was set to, on one line."""
    recipe = entry.record.recipe
    if isinstance(recipe, LabRecipe):
        return SEPARATOR.join(lab_values(recipe))
    return " ".join(str(lesion) for lesion in recipe.lesions) or INTACT


def asked_text(entry: Entry) -> str:
    """The prompt, or laboratory and experiment."""
    recipe = entry.record.recipe
    if isinstance(recipe, LabRecipe):
        return lab_name(recipe)
    return " ".join(str(recipe.prompt).split()) or "no prompt"


def _of_mind(tell: Callable[[DiffusionRecipe], str]) -> Callable[[Entry], str]:
    """Nothing is told of a laboratory's picture."""

    def read(entry: Entry) -> str:
        recipe = entry.record.recipe
        return tell(recipe) if isinstance(recipe, DiffusionRecipe) else ""

    return read


def _subject(entry: Entry) -> str:
    recognition = entry.record.provenance.recognition
    return "" if recognition is None else recognition.summary


HEADINGS = {
    LogColumn.PICTURE: Heading("", "The image", lambda entry: ""),
    LogColumn.PROMPT: Heading(
        "Prompt", "What was to be imagined, or laboratory and experiment", asked_text, Order.PROMPT
    ),
    LogColumn.DONE: Heading("What was done", "The lesions or “intact”, or what a laboratory was set to", done_text),
    LogColumn.VERDICT: Heading(
        "Verdict",
        "What a sweep found, and how far the image is from the intact one in seed spreads",
        lambda entry: "" if entry.effect is None else headline(entry.effect),
    ),
    LogColumn.SEED: Heading(
        "Seed",
        "The noise or the chance that it was made from",
        lambda entry: str(entry.record.recipe.seed),
        Order.SEED,
        True,
    ),
    LogColumn.STEPS: Heading("Steps", "Denoising steps", _of_mind(lambda recipe: str(recipe.steps)), Order.STEPS, True),
    LogColumn.GUIDANCE: Heading(
        "Guidance",
        "Scale of the guidance by the prompt",
        _of_mind(lambda recipe: format_amount(recipe.guidance)),
        Order.GUIDANCE,
        True,
    ),
    LogColumn.SUBJECT: Heading("Of what", "What the recogniser says that the image is of", _subject),
    LogColumn.STAR: Heading("★", "Whether it has a star (S)", lambda entry: "★" if entry.label.star else ""),
    LogColumn.TAGS: Heading("Tags", "Words that you gave it", lambda entry: ", ".join(entry.label.tags)),
    LogColumn.TIME: Heading(
        "Made",
        "When it was made, and how long that took",
        lambda entry: f"{entry.record.created.astimezone():%d %b %Y, %H:%M} · {entry.record.provenance.seconds:.2f} s",
        Order.TIME,
    ),
    LogColumn.DEVICE: Heading("Device", "What computed it", lambda entry: entry.record.provenance.device),
}
