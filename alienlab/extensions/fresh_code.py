"""Code of the user's folder that was edited is imported anew: its author need not restart anything."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alienlab.domain.laboratories.declarations import Code

State = frozenset[tuple[str, int, int]]
_imported: dict[Path, State] = {}
"""By the folder of a plugin, its files as they were when they were imported."""


def state_of(code: Code) -> State:
    """Names, sizes and times of a plugin's files; nothing of what is installed, which does not change meanwhile."""
    if code.folder is None:
        return frozenset()
    files = (file for file in _root(code, code.folder).rglob("*.py"))
    try:
        return frozenset((str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files)
    except OSError:
        return frozenset()


def forget_if_edited(code: Code) -> None:
    """Let the next import read the plugin's files, where they are other ones than those that were imported."""
    if code.folder is None:
        return
    root, state = _root(code, code.folder), state_of(code)
    if _imported.get(root, state) != state:
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            if file and Path(file).is_relative_to(root):
                del sys.modules[name]
        importlib.invalidate_caches()
    _imported[root] = state


@contextmanager
def without_traces(code: Code) -> Iterator[None]:
    """Within it no compiled files are written into the user's folder, where they could also hide an edit."""
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = before or code.folder is not None
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _root(code: Code, folder: Path) -> Path:
    """The plugin's own folder: a package's within the folder that is on the path."""
    package = folder / code.target.partition(":")[0].partition(".")[0]
    return package if (package / "__init__.py").is_file() else folder
