"""Silences the libraries: their progress bars and advice are not the application's voice."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from diffusers.utils import logging as diffusers_logging
from transformers.utils import logging as transformers_logging

_LIBRARIES = (diffusers_logging, transformers_logging)


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """No progress bars, log lines below an error, or warnings from diffusers and transformers inside."""
    before = [(library, library.get_verbosity(), library.is_progress_bar_enabled()) for library in _LIBRARIES]
    for library in _LIBRARIES:
        library.set_verbosity_error()
        library.disable_progress_bar()
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        for library, verbosity, has_bar in before:
            library.set_verbosity(verbosity)
            if has_bar:
                library.enable_progress_bar()
