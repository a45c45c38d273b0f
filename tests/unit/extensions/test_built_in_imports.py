"""Plugins that come with AlienLab use its interface as anyone's would."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from alienlab.domain.laboratories.declarations import Laboratory, Plugin
from alienlab.extensions.manifest_file import DECLARATION, read_declaration

PLUGINS = Path(__file__).parents[3] / "plugins"
PACKAGES = sorted(file.parent for file in PLUGINS.glob(f"*/{DECLARATION}"))
REACHING = ("import_module", "__import__", "exec")
WINDOWS = ("PySide6", "PyQt6", "pyqtgraph", "qtpy", "tkinter", "multiprocessing", "subprocess")


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=module, level=0):
                yield module or ""


def called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def targets(plugin: Plugin) -> Iterator[str]:
    for offer in plugin.offers:
        if isinstance(offer, Laboratory):
            yield from (experiment.code.target for experiment in offer.experiments)
            yield from () if offer.network is None else (offer.network.target,)
        else:
            yield offer.code.target


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_a_built_in_plugin_imports_the_api_alone(package: Path) -> None:
    files = list(package.rglob("*.py"))
    assert files
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
        for module in imported(tree):
            top = module.partition(".")[0]
            if top == "alienlab":
                assert module == "alienlab.api", f"{file} imports {module}"
            assert not top.startswith("alienlab_") or top == package.name, f"{file} imports {module}"
            assert top not in WINDOWS, f"{file} imports {module}"
        assert not set(called(tree)) & set(REACHING), f"{file} reaches around imports"


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_what_a_built_in_plugin_declares_is_there(package: Path) -> None:
    plugin = read_declaration(package / DECLARATION, folder=None)
    for target in targets(plugin):
        module, _, name = target.partition(":")
        file = PLUGINS / f"{module.replace('.', '/')}.py"
        tree = ast.parse(file.read_text(encoding="utf-8"))
        bound = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        assert name in bound, f"{file} has no {name}"
