"""Figures G1 to G6: what a mind imagines, and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from alienlab.domain.concepts import Prompt
from alienlab.domain.counting import counted
from alienlab.domain.filmstrip import enlarged
from alienlab.domain.lesions import Operation
from alienlab.domain.recognition import Recognition
from alienlab.figures.cells import cell, on_all, percents, row, shared
from alienlab.figures.figure import Figure
from alienlab.figures.keeping import recognised_words
from alienlab.figures.random_points import random_shots
from alienlab.figures.studio import Shot, Studio
from alienlab.session.sheets.content import Sheet, SheetCell, SheetSection

_ALIEN = (0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3, 0.5, 1.0)
_PROMPTS = ("a cat", "a dog", "a plane", "a house", "a man", "a tree")
_DOSES = (
    ("The same in a mind with 12 % randomness in every weight", Operation.NOISE, 0.12),
    ("In a mind whose weights are blown up to 120 %", Operation.SCALE, 1.2),
)
_SIX = 6
_NOISES = 40
_RANDOM = 48
_FRAMES = 11
_LARGE = 4
"""Factor by which a picture that stands alone is enlarged."""


def _prompt(studio: Studio) -> Sheet:
    shots = studio.shoot([studio.recipe()])
    images = studio.images(shots)
    cells = [SheetCell.of(enlarged(image, _LARGE), ()) for image in images] or [cell(studio, shots[0])]
    return Sheet(title="", common=shared(shots), sections=(SheetSection("", tuple(cells)),), columns=1)


def _progressive(studio: Studio) -> Sheet:
    amounts = studio.few(_ALIEN, 4)
    shots = studio.shoot([studio.recipe(lesions=on_all(Operation.NOISE, amount)) for amount in amounts])
    cells = [cell(studio, shot) for shot in shots]
    section = row("", cells, percents(amounts), across="randomness in every weight")
    return Sheet(title="", common=shared(shots[:1]), sections=(section,), columns=len(amounts))


def _random(studio: Studio) -> Sheet:
    shots = random_shots(studio, _RANDOM)
    cells = tuple(cell(studio, shot, f"point {number}") for number, shot in enumerate(shots))
    told = f"{counted(len(shots), 'point')}, each with a noise of its own · {shots[0].recipe.steps} steps"
    return Sheet(title="", common=told, sections=(SheetSection("", cells),), columns=min(8, len(cells)))


def _what_is_it(studio: Studio) -> Sheet:
    asked = _known_prompts(studio)
    plain = studio.shoot([studio.recipe(text, wide=True) for text in asked])
    random = random_shots(studio, _RANDOM)
    sections = (
        _said("Asked for by a prompt", studio, plain),
        *(_altered(studio, asked, *dose) for dose in studio.few(_DOSES, 1)),
        _said("At random points, where the recogniser is most sure", studio, _surest(studio, random)),
    )
    told = f"The recogniser is {studio.lab.info.recogniser} · {plain[0].recipe.steps} steps"
    return Sheet(title="", common=told, sections=sections, columns=min(_SIX, len(asked)))


def _altered(studio: Studio, asked: Sequence[str], heading: str, operation: Operation, amount: float) -> SheetSection:
    lesions = on_all(operation, amount)
    return _said(heading, studio, studio.shoot([studio.recipe(text, lesions=lesions, wide=True) for text in asked]))


def _known_prompts(studio: Studio) -> tuple[str, ...]:
    """The subject, then single things that the recogniser has a word for."""
    vocabulary = studio.lab.info.vocabulary
    known = [text for text in _PROMPTS if not vocabulary or text.removeprefix("a ") in vocabulary]
    return tuple(studio.few((studio.prompt.text, *known)[:_SIX], 3))


def _said(heading: str, studio: Studio, shots: Sequence[Shot]) -> SheetSection:
    said = studio.recognise(shots)
    cells = [cell(studio, shot, _asked(shot), *_words(one)) for shot, one in zip(shots, said, strict=True)]
    return SheetSection(heading, tuple(cells))


def _asked(shot: Shot) -> str:
    return f"“{shot.recipe.prompt}”" if isinstance(shot.recipe.prompt, Prompt) else str(shot.recipe.prompt)


def _words(said: Recognition | None) -> tuple[str, ...]:
    return said.parts if said is not None else ()


def _surest(studio: Studio, shots: Sequence[Shot]) -> list[Shot]:
    def surety(entry: tuple[Shot, Recognition | None]) -> float:
        said = entry[1]
        return 0.0 if said is None or said.is_lost else said.subjects[0][1]

    ranked = sorted(zip(shots, studio.recognise(shots), strict=True), key=surety, reverse=True)
    return [shot for shot, _ in ranked[:_SIX]]


def _denoising(studio: Studio) -> Sheet:
    film = studio.film()
    frames = studio.few(film.frames[:: max(1, (len(film.frames) - 1) // (_FRAMES - 1))], 4)
    factor = max(1, frames[0].image.shape[0] // frames[0].preview.shape[0])
    labels = [f"step {frame.step}" if frame.step else "noise" for frame in frames]
    said = [frame.recognition.summary if frame.recognition else "" for frame in frames]
    images = [SheetCell.of(frame.image, (words,) if words else ()) for frame, words in zip(frames, said, strict=True)]
    latents = [SheetCell.of(enlarged(frame.preview, factor), ()) for frame in frames]
    return Sheet(
        title="",
        common=shared([Shot(film.recipe, None)]),
        sections=(
            row("What the latents would look like, decoded", images, labels),
            row("The latents themselves, their channels as colours", latents, labels),
        ),
        columns=len(frames),
    )


def _noises(studio: Studio) -> Sheet:
    numbers = studio.few(range(studio.seed, studio.seed + _NOISES), 4)
    shots = studio.shoot([studio.recipe(seed=number) for number in numbers])
    said = studio.recognise(shots) if studio.lab.info.recogniser is not None else [None] * len(shots)
    words = [recognised_words(one) for one in said]
    usual = Counter(words).most_common(1)[0][0]
    odd = [f"seen as {', '.join(own) or 'nothing known'}" if own != usual else "" for own in words]
    cells = [cell(studio, shot, f"noise {n}", glitch) for n, shot, glitch in zip(numbers, shots, odd, strict=True)]
    found = f"{sum(own == usual for own in words)} of {len(words)} are seen as {' with '.join(usual)}" if usual else ""
    told = " · ".join(filter(None, (found, shared(shots))))
    return Sheet(title="", common=told, sections=(SheetSection("", tuple(cells)),), columns=min(8, len(cells)))


GENERATING = (
    Figure("G1", "A prompt", "One prompt gives one picture.", _prompt),
    Figure(
        "G2",
        "Progressively alien",
        "The same words and the same noise while the network is mixed with more and more randomness, "
        "until nothing of the picture is left.",
        _progressive,
    ),
    Figure(
        "G3",
        "Random images",
        "Points of concept space that no words lead to. What such a point looks like is up to the mind: things that "
        "almost are something, on grounds of one colour or of a pattern.",
        _random,
    ),
    Figure(
        "G4",
        "What is it of?",
        "A second network says what it sees, and how sure it is. It is right where the picture is of its world, and "
        "may be sure and wrong where it is not.",
        _what_is_it,
    ),
    Figure("G5", "Denoising", "The picture comes out of the noise step by step.", _denoising),
    Figure(
        "G6",
        "Other noise",
        "One prompt and many noises to begin with: the noise decides what the words leave open. Where something else "
        "came of it, the caption says so.",
        _noises,
    ),
)
