"""Fetches brains from the Hugging Face hub, or takes them from its local cache."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from huggingface_hub import HfApi, constants, hf_hub_download, scan_cache_dir, try_to_load_from_cache
from huggingface_hub.errors import (
    CacheNotFound,
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    RepositoryNotFoundError,
)
from huggingface_hub.utils import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

from alienlab.domain.errors import AlienLabError, BrainError, UnsafeWeights, UnsupportedBrain
from alienlab.engine.brains.card import CARD_FILE, PROMPTS_FILE
from alienlab.engine.brains.folder import INDEX_FILE, files_to_open, inspect, missing_files
from alienlab.engine.brains.hostile_json import read_json_object
from alienlab.engine.brains.pipeline_kinds import require_supported_pipeline
from alienlab.engine.brains.weight_files import WEIGHT_COMPONENTS, choose_weights

Progress = Callable[[str, float | None], None]

_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_SECONDS = 10.0
"""How long the hub may take to answer a first question."""


def is_hub_id(location: str) -> bool:
    """Whether ``location`` has the form owner/name."""
    return _HUB_ID.fullmatch(location) is not None


def name_of(location: str) -> str | None:
    """Name of a brain that was asked for by a hub id; None for anything else."""
    return location.partition("/")[2] if is_hub_id(location) and not Path(location).is_dir() else None


def cached_brains() -> list[str]:
    """Hub ids of the brains in the local cache that open without the network, in alphabetical order."""
    try:
        cached = scan_cache_dir(constants.HF_HUB_CACHE)
    except (CacheNotFound, OSError):
        return []
    hub_ids = sorted(repository.repo_id for repository in cached.repos if repository.repo_type == "model")
    return [hub_id for hub_id in hub_ids if is_hub_id(hub_id) and _opens_from_cache(hub_id)]


def fetch(hub_id: str, *, allow_pickle: bool, progress: Progress) -> Path:
    """Folder of a brain from the hub. What is complete in the local cache is used as it is.

    Raises BrainError where it is neither cached nor to be had, UnsupportedBrain and UnsafeWeights by name
    before any weights are fetched.
    """
    cached = _cached(hub_id)
    lacking = _what_it_lacks(cached, allow_pickle=allow_pickle) if cached else None
    if cached and not lacking:
        return cached
    progress(f"Asking the hub for {hub_id}", None)
    with _no_progress_bars(), _explained(hub_id, lacking):
        return _download(hub_id, allow_pickle=allow_pickle, progress=progress)


def _cached(hub_id: str) -> Path | None:
    """The folder in the local cache that holds at least the brain's index."""
    try:
        index = try_to_load_from_cache(hub_id, INDEX_FILE)
    except HFValidationError:
        return None
    return Path(index).parent if isinstance(index, str) else None


def _opens_from_cache(hub_id: str) -> bool:
    cached = _cached(hub_id)
    try:
        return cached is not None and _what_it_lacks(cached, allow_pickle=False) is None
    except UnsupportedBrain:
        return False


def _what_it_lacks(cached: Path, *, allow_pickle: bool) -> BrainError | None:
    """Why a cached brain cannot be opened as it is: a download was broken off, or another program took only pickles."""
    try:
        inspect(cached, allow_pickle=allow_pickle)
    except UnsupportedBrain:
        raise
    except BrainError as error:
        return error
    return None


@contextmanager
def _no_progress_bars() -> Iterator[None]:
    were_off = are_progress_bars_disabled()
    disable_progress_bars()
    try:
        yield
    finally:
        if not were_off:
            enable_progress_bars()


@contextmanager
def _explained(hub_id: str, lacking: BrainError | None) -> Iterator[None]:
    """Turn what the hub's client raises into one sentence."""
    try:
        yield
    except AlienLabError:
        raise
    except RepositoryNotFoundError as error:
        reason = "needs an account that its owner admitted" if isinstance(error, GatedRepoError) else "does not exist"
        raise BrainError(f"There is no folder '{hub_id}', and on the hub the brain {hub_id} {reason}.") from error
    except HFValidationError as error:
        raise BrainError(f"'{hub_id}' is neither a folder nor a valid hub id.") from error
    except Exception as error:  # the library under the hub's client, and so its errors, differ between versions
        if isinstance(lacking, UnsafeWeights):
            raise lacking from error
        raise _unreachable(hub_id, error, is_cached=lacking is not None) from error


def _download(hub_id: str, *, allow_pickle: bool, progress: Progress) -> Path:
    # The question below fails at once without a network; hf_hub_download would try again for long.
    info = HfApi().model_info(hub_id, timeout=_SECONDS, files_metadata=True)
    sizes = {file.rfilename: file.size or 0 for file in info.siblings or ()}
    if INDEX_FILE not in sizes:
        raise BrainError(f"{hub_id} on the hub is not a brain: it has no {INDEX_FILE}.")
    index = Path(hf_hub_download(hub_id, INDEX_FILE))
    require_supported_pipeline(read_json_object(index))
    wanted = _wanted(sizes, allow_pickle=allow_pickle)
    total, done = max(1, sum(sizes[name] for name in wanted)), 0
    for name in wanted:
        progress(f"Fetching {name} ({sizes[name] / 1e6:.0f} MB)", done / total)
        hf_hub_download(hub_id, name)
        done += sizes[name]
    return index.parent


def _wanted(names: dict[str, int], *, allow_pickle: bool) -> list[str]:
    """The files to fetch: what opening reads, one variant of the weights, and the safety checker where there is one."""
    if missing := missing_files(names):
        raise BrainError(f"The brain on the hub is incomplete: {missing[0]} is missing.")
    weights = {name: choose_weights(name, names, allow_pickle=allow_pickle) for name in WEIGHT_COMPONENTS}
    extras = (CARD_FILE, PROMPTS_FILE, "safety_checker/config.json", "feature_extractor/preprocessor_config.json")
    try:
        weights["safety_checker"] = choose_weights("safety_checker", names, allow_pickle=allow_pickle)
    except BrainError:  # an optional part
        extras = (CARD_FILE, PROMPTS_FILE)
    return [*files_to_open(weights, names), *(name for name in extras if name in names)]


def _unreachable(hub_id: str, error: Exception, *, is_cached: bool) -> BrainError:
    if isinstance(error, HfHubHTTPError) and error.response is not None:
        reason = f"the hub answered with error {error.response.status_code}"
    elif isinstance(error, OSError) and error.errno == errno.ENOSPC:
        reason = "the disk has no space for it"
    else:
        reason = "the hub cannot be reached"
    kept = "is only in part in the local cache" if is_cached else "is not in the local cache"
    return BrainError(
        f"There is no folder '{hub_id}', and as a hub id it {kept} and {reason}. "
        "Connect to the network and try again, or give the path of a folder."
    )
