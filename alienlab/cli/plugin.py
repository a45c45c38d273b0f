"""Commands about plugins: which there are, and which are on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from alienlab.cli.known_plugins import known_plugins

if TYPE_CHECKING:
    from alienlab.domain.laboratories.declarations import FoundPlugin
    from alienlab.domain.laboratories.shelf import Shelf

plugin_app = typer.Typer(
    help="Plugins: which there are, and which are on.", no_args_is_help=True, rich_markup_mode=None
)

IdArgument = Annotated[str, typer.Argument(help="Id of a plugin, as `alienlab plugin list` shows it.")]


@plugin_app.command("list")
def list_plugins(
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """List the plugins: id, on or off, where each comes from, what it offers, and why it cannot be used."""
    shelf = known_plugins()
    told = [_told(shelf, plugin) for plugin in shelf.found]
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    for plugin in told:
        what = plugin["error"] or ", ".join(plugin["offers"]) or "offers nothing"
        print(f"{plugin['id']}\t{plugin['state']}\t{plugin['origin']}: {plugin['place']}\t{what}")


@plugin_app.command()
def on(plugin: IdArgument) -> None:
    """Switch a plugin on. One in your plugins folder runs with your rights: know what it does first."""
    _switch(plugin, on=True)


@plugin_app.command()
def off(plugin: IdArgument) -> None:
    """Switch a plugin off."""
    _switch(plugin, on=False)


def _switch(id_: str, *, on: bool) -> None:
    from alienlab.domain.laboratories.shelf import PluginError
    from alienlab.session.paths import AppPaths
    from alienlab.session.settings import load_settings, save_settings

    shelf = known_plugins()
    found = shelf.get(id_)
    if found is None:
        raise PluginError(
            f"There is no plugin '{id_}'. Known are {', '.join(one.id for one in shelf.found) or 'none'}."
        )
    if on and found.plugin is None:
        raise PluginError(f"The plugin {id_} cannot be used. {found.error}")
    changed = shelf.switched(id_, on=on)
    file = AppPaths.of_user().settings_file
    update = {
        "plugins_on": tuple(sorted(changed.switched_on)),
        "plugins_off": tuple(sorted(changed.switched_off)),
    }
    save_settings(load_settings(file).model_copy(update=update), file)
    print(f"{id_}\t{'on' if on else 'off'}")


def _told(shelf: Shelf, found: FoundPlugin) -> dict:
    from alienlab.domain.laboratories.declarations import WORDS

    offers = () if found.plugin is None else found.plugin.offers
    # the second of two with one id is not the one that the shelf switches
    is_on = found is shelf.get(found.id) and shelf.is_on(found.id)
    return {
        "id": found.id,
        "state": "on" if is_on else "broken" if found.plugin is None else "off",
        "origin": str(found.origin),
        "place": found.place,
        "name": "" if found.plugin is None else found.plugin.name,
        "version": "" if found.plugin is None else found.plugin.version,
        "offers": [f"{WORDS[type(offer)][0]} {offer.id}" for offer in offers],
        "error": found.error,
    }
