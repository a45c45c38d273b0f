"""Where plugins are found, and that finding them runs none of their code."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from alienlab.domain.laboratories.declarations import Origin
from alienlab.domain.laboratories.shelf import Shelf
from alienlab.extensions.discovery import find_plugins, package_folder

HEAD = 'id = "{id}"\nname = "N"\nversion = "1.0"\napi = 1\nsummary = "S."\n'


def write(folder: Path, id_: str, text: str = HEAD) -> Path:
    folder.mkdir(parents=True)
    (folder / "plugin.toml").write_text(text.replace("{id}", id_))
    return folder


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which packages are installed whose import would fail."""
    folder = tmp_path / "site"
    for name, package, id_ in (("Zoo", "zoo", "zoo-plugin"), ("Ape", "apes.of.mine", "ape-plugin")):
        info = folder / f"{name.lower()}-2.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 2.0\n")
        (info / "entry_points.txt").write_text(f"[alienlab.plugins]\n{id_} = {package}\n")
        place = folder
        for part in package.split("."):
            place /= part
            place.mkdir()
            (place / "__init__.py").write_text("raise RuntimeError('imported')\n")
        (place / "plugin.toml").write_text(HEAD.replace("{id}", id_))
    monkeypatch.syspath_prepend(str(folder))
    return folder


def test_built_in_come_before_installed_before_the_users(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "mine" / "a-folder", "my-plugin")
    found = find_plugins(tmp_path / "mine")
    origins = [plugin.origin for plugin in found]
    assert origins == sorted(origins, key=list(Origin).index)
    assert [(plugin.id, plugin.place) for plugin in found if plugin.origin is Origin.INSTALLED] == [
        ("ape-plugin", "Ape 2.0"),
        ("zoo-plugin", "Zoo 2.0"),
    ]
    assert found[-1].place == str(tmp_path / "mine" / "a-folder")
    assert not {"zoo", "apes", "apes.of"} & set(sys.modules)


def test_all_that_come_with_alienlab_can_be_used(tmp_path: Path) -> None:
    built_in = [plugin for plugin in find_plugins(tmp_path) if plugin.origin is Origin.BUILT_IN]
    assert len(built_in) == 8
    assert {plugin.error for plugin in built_in} == {""}
    assert all(plugin.place.startswith("alienlab ") for plugin in built_in)


def test_the_users_plugins_are_off_and_the_others_on(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "mine" / "one", "my-plugin")
    shelf = Shelf(found=find_plugins(tmp_path / "mine"))
    assert shelf.is_on("zoo-plugin")
    assert not shelf.is_on("my-plugin")
    assert shelf.switched("my-plugin", on=True).is_on("my-plugin")


def test_a_broken_one_says_why_and_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path / "mine" / "broken", "x", "id = ")
    write(tmp_path / "mine" / "fine", "fine")
    (tmp_path / "mine" / "no-plugin").mkdir()
    (tmp_path / "mine" / "file.txt").write_text("")
    broken, fine = find_plugins(tmp_path / "mine")[-2:]
    assert (broken.id, broken.plugin) == ("broken", None)
    assert "not valid TOML" in broken.error
    assert fine.plugin is not None


def test_an_id_that_is_taken_is_refused_to_the_second(tmp_path: Path) -> None:
    write(tmp_path / "mine" / "1", "alienlab-maps")
    write(tmp_path / "mine" / "2", "twin")
    write(tmp_path / "mine" / "3", "twin")
    impostor, first, second = find_plugins(tmp_path / "mine")[-3:]
    assert (impostor.plugin, impostor.origin) == (None, Origin.USER_FOLDER)
    assert "The id alienlab-maps is taken by the plugin from alienlab " in impostor.error
    assert first.plugin is not None
    assert str(tmp_path / "mine" / "2") in second.error
    shelf = Shelf(found=find_plugins(tmp_path / "mine")).switched("alienlab-maps", on=False)
    assert not shelf.is_on("alienlab-maps")


def test_a_package_that_is_gone_says_so(site: Path, tmp_path: Path) -> None:
    (site / "zoo" / "__init__.py").unlink()
    (site / "zoo" / "plugin.toml").unlink()
    (site / "zoo").rmdir()
    (gone,) = [plugin for plugin in find_plugins(tmp_path) if plugin.id == "zoo-plugin"]
    assert "Its package zoo is not there" in gone.error


def test_a_folder_in_the_users_is_imported_as_what_it_is(tmp_path: Path) -> None:
    lab = '[[measure]]\nid = "m"\nname = "M"\nsummary = "M."\ncode = "{id}:f"\n'
    write(tmp_path / "mine" / "module", "module", HEAD + lab)
    package = write(tmp_path / "mine" / "package", "package", HEAD + lab)
    (package / "__init__.py").write_text("")
    folders = {found.id: found.plugin.offers[0].code.folder for found in find_plugins(tmp_path / "mine")[-2:]}
    assert folders == {"module": tmp_path / "mine" / "module", "package": tmp_path / "mine"}


@pytest.mark.parametrize("dotted", ["no_such_package", "json.no_part", "os", "", ".", "a..b"])
def test_what_is_no_package_has_no_folder(dotted: str) -> None:
    assert package_folder(dotted) is None
