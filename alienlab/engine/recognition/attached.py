"""The recogniser that goes with an open brain, read at the first image that asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from alienlab.domain.errors import RecogniserError
from alienlab.domain.events import Image
from alienlab.domain.recognition import Recognition
from alienlab.engine.brains.hub import is_hub_id
from alienlab.engine.recognition.finding import FOLDER, find_recogniser
from alienlab.engine.recognition.recogniser import Recogniser
from alienlab.engine.recognition.recognising import recognise


class AttachedRecogniser:
    """Reads nothing before it is asked. What cannot be read is not tried again."""

    def __init__(self, brain: Path, chosen: str | None = None) -> None:
        """``brain`` is the brain's folder, ``chosen`` a folder or a hub id that takes the place of its own."""
        self._brain, self._chosen = brain, chosen
        self._recogniser: Recogniser | None = None
        self._error: RecogniserError | None = None
        self._is_said = False

    @property
    def name(self) -> str | None:
        """A hub id, or the last two parts of a folder's path; None where nothing can say what images are of."""
        if self._chosen:
            return _short_name(self._chosen)
        own = self._brain / FOLDER
        return _short_name(str(own)) if own.is_dir() else None

    def recognise(self, images: Sequence[Image], words: Sequence[str] | None = None) -> list[Recognition]:
        """See ``recognise``; raise RecogniserError where there is no recogniser, or none that can be used."""
        return recognise(self.get(), images, words=words, name=self.name or "")

    def get(self) -> Recogniser:
        """Raise RecogniserError where there is none, or none that can be read."""
        if self._error is not None:
            raise self._error
        if self._recogniser is None:
            self._recogniser = self._read()
        return self._recogniser

    def _read(self) -> Recogniser:
        try:
            return find_recogniser(self._brain, self._chosen)
        except RecogniserError as error:
            self._error = error
            raise


def _short_name(location: str) -> str:
    """Enough to tell one from another, and nobody's home folder."""
    path = Path(location).expanduser()
    if is_hub_id(location) and not path.is_dir():
        return location
    return "/".join(path.absolute().parts[-2:])
