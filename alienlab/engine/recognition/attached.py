"""The recogniser that goes with an open brain, read at the first image that asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from alienlab.domain.errors import RecogniserError
from alienlab.domain.events import Image
from alienlab.domain.laboratories.declarations import Recogniser as OfferedRecogniser
from alienlab.domain.laboratories.ports import PluginFailed
from alienlab.domain.recognition import Recognition
from alienlab.engine.brains.hub import is_hub_id
from alienlab.engine.offered import Offered
from alienlab.engine.recognition.common_things import COMMON_THINGS
from alienlab.engine.recognition.finding import FOLDER, find_recogniser, known_subjects
from alienlab.engine.recognition.recogniser import Recogniser
from alienlab.engine.recognition.recognising import recognise


class AttachedRecogniser:
    """Reads nothing before it is asked. What cannot be read is not tried again."""

    def __init__(self, brain: Path, chosen: str | None = None, offered: Offered | None = None) -> None:
        """``brain`` is the brain's folder; ``chosen`` is a folder, a hub id, or the ``plugin/id`` of one that is
        ``offered`` by a plugin, and takes the place of its own.
        """
        self._brain, self._chosen, self._offered = brain, chosen, offered or Offered()
        self._recogniser: Recogniser | None = None
        self._error: RecogniserError | None = None
        self._is_said = False

    @property
    def name(self) -> str | None:
        """A hub id, or the last two parts of a folder's path; None where nothing can say what images are of."""
        if self._chosen and self.is_offered:
            return self._chosen
        if self._chosen:
            return _short_name(self._chosen)
        own = self._brain / FOLDER
        return _short_name(str(own)) if own.is_dir() else None

    @property
    def is_offered(self) -> bool:
        """Whether a plugin says what images are of; it embeds none."""
        return self._offered_one is not None

    @property
    def subjects(self) -> tuple[str, ...]:
        """What it can say that images are of, as far as that is known without its weights."""
        offered = self._offered_one
        return known_subjects(self._brain, self._chosen) if offered is None else offered.words

    def recognise(self, images: Sequence[Image], words: Sequence[str] | None = None) -> list[Recognition]:
        """See ``recognise``; raise RecogniserError where there is no recogniser, or none that can be used."""
        if self.is_offered:
            return self._asked_plugin(images, words)
        return recognise(self.get(), images, words=words, name=self.name or "")

    def get(self) -> Recogniser:
        """Raise RecogniserError where there is none, or none that can be read."""
        if self.is_offered or self._is_absent:
            raise RecogniserError(self._no_embeddings)
        if self._error is not None:
            raise self._error
        if self._recogniser is None:
            self._recogniser = self._read()
        return self._recogniser

    @property
    def _offered_one(self) -> OfferedRecogniser | None:
        return self._offered.equipment.recogniser(self._chosen) if self._chosen else None

    @property
    def _is_absent(self) -> bool:
        """Whether it is one of a plugin that cannot be used, or does not offer it."""
        plugin, slash, _ = (self._chosen or "").partition("/")
        equipment = self._offered.equipment
        offering = {one.plugin for one in equipment.recognisers}
        return bool(slash) and (plugin in equipment.absent or (plugin in offering and not self.is_offered))

    @property
    def _no_embeddings(self) -> str:
        if self._is_absent:
            equipment = self._offered.equipment
            plugin, _, name = (self._chosen or "").partition("/")
            if plugin in equipment.absent:
                return f"The recogniser {self._chosen} is offered by a plugin that is switched off. Choose another one."
            known = ", ".join(one.key for one in equipment.recognisers) or "none"
            return f"The plugin {plugin} offers no recogniser '{name}'. Known are {known}."
        return (
            f"The recogniser {self._chosen} says what images are of, but it measures no distances between them. "
            "Choose a CLIP model as the recogniser for that."
        )

    def _asked_plugin(self, images: Sequence[Image], words: Sequence[str] | None) -> list[Recognition]:
        offered = self._offered_one
        if offered is None:
            raise RecogniserError(self._no_embeddings)
        try:
            rankings = self._offered.recognise(offered, images, tuple(words or offered.words or COMMON_THINGS))
        except PluginFailed as failed:
            raise RecogniserError(failed.sentence) from failed
        return [Recognition(subjects=ranking, recogniser=offered.key) for ranking in rankings]

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
