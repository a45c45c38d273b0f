"""Finds plugins without importing any of their code: those that are installed, and those in the user's folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.machinery import PathFinder
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from alienlab.domain.laboratories.declarations import FoundPlugin, Origin
from alienlab.domain.laboratories.shelf import PluginError
from alienlab.extensions.manifest_file import DECLARATION, read_declaration

GROUP = "alienlab.plugins"
"""Entry points; the value of one is the package that holds ``plugin.toml``."""
OWN_DISTRIBUTION = "alienlab"


def find_plugins(folder: Path) -> tuple[FoundPlugin, ...]:
    """All plugins: built in, installed, then those below ``folder``, each group by name.

    One that cannot be used is among them, with the reason.
    """
    installed = sorted(
        map(_installed, entry_points(group=GROUP)), key=lambda found: (found.origin is not Origin.BUILT_IN, found.id)
    )
    return tuple(_with_own_ids([*installed, *_of_user(folder)]))


def _installed(entry: EntryPoint) -> FoundPlugin:
    distribution = entry.dist
    name, version = (distribution.name, distribution.version) if distribution is not None else (entry.value, "")
    origin = Origin.BUILT_IN if name == OWN_DISTRIBUTION else Origin.INSTALLED
    place = f"{name} {version}".strip()
    package = package_folder(entry.module)
    if package is None:
        return FoundPlugin(
            id=entry.name,
            origin=origin,
            place=place,
            error=f"Its package {entry.module} is not there. Install it anew.",
        )
    return _read(package / DECLARATION, entry.name, origin, place, folder=None)


def package_folder(dotted: str) -> Path | None:
    """Where a package is, found part by part so that none of them is imported; None where it is not there."""
    path: list[str] | None = None
    for end in range(1, dotted.count(".") + 2):
        name = ".".join(dotted.split(".")[:end])
        try:
            spec = PathFinder.find_spec(name, path)
        except (ImportError, ValueError, OSError):
            return None
        if spec is None or not spec.submodule_search_locations:
            return None
        path = list(spec.submodule_search_locations)
    return Path(path[0]) if path else None


def _of_user(folder: Path) -> Iterator[FoundPlugin]:
    try:
        inside = sorted(entry for entry in folder.iterdir() if (entry / DECLARATION).is_file())
    except OSError:
        return
    for entry in inside:
        is_package = (entry / "__init__.py").is_file()
        importable = entry.parent if is_package else entry
        yield _read(entry / DECLARATION, entry.name, Origin.USER_FOLDER, str(entry), folder=importable)


def _read(file: Path, name: str, origin: Origin, place: str, *, folder: Path | None) -> FoundPlugin:
    try:
        plugin = read_declaration(file, folder=folder)
    except PluginError as error:
        return FoundPlugin(id=name, origin=origin, place=place, error=str(error))
    return FoundPlugin(id=plugin.id, origin=origin, place=place, plugin=plugin)


def _with_own_ids(found: Iterable[FoundPlugin]) -> Iterator[FoundPlugin]:
    """Of two plugins with one id the first counts; the second says so."""
    places: dict[str, FoundPlugin] = {}
    for plugin in found:
        first = places.setdefault(plugin.id, plugin)
        if first is plugin:
            yield plugin
        else:
            taken = f"The id {plugin.id} is taken by the plugin from {first.place}. Remove one of them."
            yield replace(plugin, plugin=None, error=plugin.error or taken)
