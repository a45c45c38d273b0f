"""Which recogniser goes with a brain."""

from __future__ import annotations

from pathlib import Path

from huggingface_hub import snapshot_download
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

from alienlab.domain.errors import RecogniserError
from alienlab.engine.brains.hub import is_hub_id
from alienlab.engine.recognition.common_things import COMMON_THINGS, NOTHING
from alienlab.engine.recognition.recogniser import Recogniser
from alienlab.engine.recognition.vocabulary import read_vocabulary

FOLDER = "recogniser"
"""Inside a brain that brings its own."""

FILES = ("config.json", "model.safetensors", "preprocessor_config.json", "tokenizer*.json", "vocab*.json", "merges.txt")


def find_recogniser(brain: Path, chosen: str | None = None) -> Recogniser:
    """The one that was chosen, a folder or a hub id, else the brain's own.

    Raises RecogniserError, which says how to choose one, where there is none or it cannot be read.
    """
    if chosen:
        return Recogniser.load(_folder_of(chosen))
    if (brain / FOLDER).is_dir():
        return Recogniser.load(brain / FOLDER)
    raise RecogniserError(
        "This brain brings no recogniser, so what an image is of cannot be said. Choose a CLIP model, by folder "
        "or hub id such as openai/clip-vit-base-patch32, as the recogniser."
    )


def known_subjects(brain: Path, chosen: str | None = None) -> tuple[str, ...]:
    """What the recogniser that goes with a brain can say that images are of, without reading its weights.

    Empty where there is none, or its list cannot be read.
    """
    folder = Path(chosen).expanduser() if chosen else brain / FOLDER
    if not chosen and not folder.is_dir():
        return ()
    try:
        vocabulary = read_vocabulary(folder)
    except RecogniserError:
        return ()
    words, nothing = (COMMON_THINGS, NOTHING) if vocabulary is None else (vocabulary.subjects, vocabulary.nothing)
    return tuple(word for word in words if word != nothing)


def _folder_of(chosen: str) -> Path:
    folder = Path(chosen).expanduser()
    if folder.is_dir():
        return folder
    if not is_hub_id(chosen):
        raise RecogniserError(f"There is no recogniser at '{chosen}': it is neither a folder nor a hub id.")
    try:
        return Path(snapshot_download(chosen, allow_patterns=list(FILES)))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise RecogniserError(
            f"The recogniser {chosen} could not be fetched from the hub, and it is not in the local cache."
        ) from error
