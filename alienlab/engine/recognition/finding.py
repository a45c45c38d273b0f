"""Which recogniser goes with a brain."""

from __future__ import annotations

from pathlib import Path

from huggingface_hub import snapshot_download
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

from alienlab.domain.errors import RecogniserError
from alienlab.engine.brains.hub import is_hub_id
from alienlab.engine.recognition.recogniser import Recogniser

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
