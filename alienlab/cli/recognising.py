"""The command that says what images are of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alienlab.cli.choices import RecogniserOption
from alienlab.domain.recognition import Recognition

if TYPE_CHECKING:
    from alienlab.engine.recognition.attached import AttachedRecogniser


def recognise(
    images: Annotated[list[Path], typer.Argument(help="Images: PNG, JPEG, WebP, GIF or BMP.")],
    words: Annotated[
        str | None, typer.Option(help="Words to choose among, such as cat,dog,hat; what it knows by default.")
    ] = None,
    brain: Annotated[
        str | None, typer.Option("--brain", help="Brain whose recogniser is asked; the embedded one by default.")
    ] = None,
    recogniser: RecogniserOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print words and probabilities as JSON.")] = False,
) -> None:
    """Say what images are of: the most likely words, with probabilities."""
    from alienlab.session.outside.any_image import read_any_image

    pictures = [read_any_image(image) for image in images]  # a wrong file name is told at once
    asked = None if words is None else [word.strip() for word in words.split(",") if word.strip()]
    answers = dict(zip(map(str, images), _attached(brain, recogniser).recognise(pictures, asked), strict=True))
    if as_json:
        print(json.dumps({image: answer.to_json() for image, answer in answers.items()}, ensure_ascii=False))
        return
    print("\n\n".join(_report(image, answer) for image, answer in answers.items()))


def _attached(brain: str | None, recogniser: str | None) -> AttachedRecogniser:
    """The recogniser alone: no weights of the brain are read."""
    from alienlab.cli.known_plugins import known_plugins
    from alienlab.domain.laboratories.equipment import Equipment
    from alienlab.domain.ports import BrainSource
    from alienlab.engine.brains.source import resolve
    from alienlab.engine.offered import Offered
    from alienlab.engine.recognition.attached import AttachedRecogniser
    from alienlab.extensions.loading import called
    from alienlab.session.paths import embedded_brain

    if recogniser or not brain:
        offered = Offered(called)
        offered.equip(Equipment.of(known_plugins()))
        return AttachedRecogniser(embedded_brain(), recogniser, offered)
    return AttachedRecogniser(resolve(BrainSource(location=brain)))


def _report(image: str, answer: Recognition) -> str:
    return "\n".join([f"{image}: {answer.summary}", *(f"  {line}" for line in answer.lines())])
