"""Imports a plugin's code, in the process where it may run."""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.declarations import Code
from alienlab.domain.laboratories.ports import PluginFailed
from alienlab.extensions.fresh_code import forget_if_edited, without_traces


def load_code(code: Code) -> Callable[..., Any]:
    """The function that ``code`` names. Raises PluginFailed where it cannot be had."""
    dotted, _, name = code.target.partition(":")
    if code.folder is not None and str(code.folder) not in sys.path:
        sys.path.append(str(code.folder))  # last: a plugin's module never takes the place of a library's
    forget_if_edited(code)
    try:
        with without_traces(code):
            module = importlib.import_module(dotted)
    except (Exception, SystemExit) as error:
        raise PluginFailed(code.plugin, f"The plugin {code.plugin} cannot be imported: {told(error, code)}.") from error
    _require_own(code, module)
    function = getattr(module, name, None)
    if not callable(function):
        raise PluginFailed(code.plugin, f"The plugin {code.plugin} has no function {name} in {dotted}.")
    return function


def called(code: Code, *arguments: Any) -> Any:
    """What a plugin's function returns. Raises PluginFailed where it raises.

    AlienLabError, MemoryError and Stopped pass.
    """
    function: Callable[..., Any] = load_code(code)
    try:
        return function(*arguments)
    except (AlienLabError, MemoryError):
        raise
    except (Exception, SystemExit) as error:
        raise PluginFailed(code.plugin, f"The plugin {code.plugin} made a mistake: {told(error, code)}.") from error


def told(error: BaseException, code: Code) -> str:
    """An exception's type and message, and the line of the plugin where it rose."""
    message = " ".join(str(error).split())[:300]
    kind = type(error).__name__
    where = _place(error, code)
    return f"{kind}{': ' + message if message else ''}{f' ({where})' if where else ''}"


def _place(error: BaseException, code: Code) -> str:
    """The innermost line that is the plugin's own."""
    if isinstance(error, SyntaxError):
        return ""  # its message says so already
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_own(Path(frame.filename), code)]
    return f"{Path(own[-1].filename).name}, line {own[-1].lineno}" if own else ""


def _is_own(file: Path, code: Code) -> bool:
    if code.folder is not None:
        return file.is_relative_to(code.folder)
    package = code.target.partition(":")[0].partition(".")[0]
    return package in file.parts or file.stem == package


def _require_own(code: Code, module: ModuleType) -> None:
    """Refuse a module of the same name that belongs to something else."""
    file = getattr(module, "__file__", None)
    if code.folder is None or (file and Path(file).resolve().is_relative_to(code.folder.resolve())):
        return
    raise PluginFailed(
        code.plugin,
        f"The plugin {code.plugin} cannot be imported: another module is called {module.__name__}. "
        "Give the plugin's another name.",
    )
