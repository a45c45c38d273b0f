"""What the log keeps of a render besides its record, so that it is found without reading all records."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from alienlab.domain.brain import Provenance
from alienlab.domain.laboratories.telling import searchable
from alienlab.domain.lesions import format_amount
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe, Recipe, recipe_from_json
from alienlab.domain.sweeps.sweep import Sweep
from alienlab.session.log.values import understood

TITLES = """(SELECT coalesce(group_concat(title, char(10)), '') FROM (
    SELECT DISTINCT sweeps.title FROM sweep_members JOIN sweeps ON sweeps.id = sweep_members.sweep
    WHERE sweep_members.computation_id = renders.computation_id AND renders.computation_id <> ''))"""
"""Titles of the sweeps that a row of ``renders`` belongs to."""
POINTS = """(SELECT coalesce(group_concat(name || ' ' || CASE WHEN json_valid(tags) THEN
    (SELECT coalesce(group_concat(value, ' '), '') FROM json_each(tags)) ELSE '' END, char(10)), '') FROM names
    WHERE names.computation_id = renders.computation_id AND renders.computation_id <> '')"""
"""Names and tags that the image of a row of ``renders`` was given as a point of concept space."""

_HASHES = "UPDATE renders SET recipe_hash = ?, intact_hash = ? WHERE number = ?"
_LESIONS = "INSERT OR IGNORE INTO lesions (number, text, pattern, operation, brain) VALUES (?, ?, ?, ?, ?)"
_WORDS = f"""INSERT INTO words
    (prompt, negative, lesions, seen, noted, settings, rowid, name, tags, notes, sweeps, points)
    SELECT ?, ?, ?, ?, ?, ?, number, '', '', '', {TITLES}, {POINTS} FROM renders WHERE number = ?"""


def recipe_hash(recipe: Recipe) -> str:
    """32 hexadecimal digits, the same for equal recipes."""
    return _digest(_plain(recipe.to_json()))


def family_hash(recipe: Recipe) -> str:
    """32 hexadecimal digits, the same for recipes that are shown beside each other."""
    if isinstance(recipe, DiffusionRecipe):
        return recipe_hash(recipe.family)
    return _digest(recipe.family)


def index_render(connection: sqlite3.Connection, number: int, recipe: Recipe, provenance: Provenance | None) -> None:
    """Index a render that is in the log, within the transaction that logs it."""
    _keep_hashes(connection, number, recipe)
    _keep_words(connection, number, recipe, provenance)


def index_older(connection: sqlite3.Connection) -> None:
    """Index what an earlier version has logged. What cannot be understood is left out."""
    renders = list(_understood_renders(connection))
    for number, recipe, _ in renders:
        _keep_hashes(connection, number, recipe)
    for sweep in _understood_sweeps(connection):
        connection.execute("UPDATE sweeps SET title = ? WHERE id = ?", (sweep.title, sweep.id))
        connection.executemany(
            "INSERT INTO sweep_members (sweep, place, computation_id) VALUES (?, ?, ?)", _members(connection, sweep)
        )
    for number, recipe, provenance in renders:
        _keep_words(connection, number, recipe, provenance)


def _keep_hashes(connection: sqlite3.Connection, number: int, recipe: Recipe) -> None:
    own = recipe_hash(recipe)
    is_family = isinstance(recipe, DiffusionRecipe) and not recipe.lesions
    connection.execute(_HASHES, (own, own if is_family else family_hash(recipe), number))


def _keep_words(connection: sqlite3.Connection, number: int, recipe: Recipe, provenance: Provenance | None) -> None:
    if isinstance(recipe, DiffusionRecipe):
        connection.executemany(
            _LESIONS,
            ((number, str(spec), spec.pattern, str(spec.treatment.operation), recipe.brain) for spec in recipe.lesions),
        )
    connection.execute(_WORDS, (*_words(recipe, provenance), number))


def _words(recipe: Recipe, provenance: Provenance | None) -> tuple[str, ...]:
    seen = None if provenance is None else provenance.recognition
    prompt, negative, lesions, settings = _asked(recipe)
    return (
        prompt,
        negative,
        lesions,
        "" if seen is None else seen.summary,
        "" if provenance is None else "\n".join(provenance.notes),
        settings,
    )


def _asked(recipe: Recipe) -> tuple[str, str, str, str]:
    if isinstance(recipe, LabRecipe):
        return "", "", "", searchable(recipe)
    return (
        str(recipe.prompt),
        str(recipe.negative),
        "\n".join(map(str, recipe.lesions)) or "intact",
        f"seed {recipe.seed} · {recipe.steps} steps · guidance {format_amount(recipe.guidance)} · {recipe.scheduler} · "
        f"{recipe.width} × {recipe.height} · {recipe.precision}",
    )


def _understood_renders(
    connection: sqlite3.Connection,
) -> Iterator[tuple[int, Recipe, Provenance | None]]:
    for number, recipe, provenance in connection.execute("SELECT number, recipe, provenance FROM renders").fetchall():
        read = understood(recipe_from_json, recipe)
        if read is not None:
            yield number, read, understood(Provenance.from_json, provenance)


def _understood_sweeps(connection: sqlite3.Connection) -> Iterable[Sweep]:
    texts = connection.execute("SELECT sweep FROM sweeps ORDER BY created").fetchall()
    return (sweep for (text,) in texts if (sweep := understood(Sweep.from_json, text)) is not None)


def _members(connection: sqlite3.Connection, sweep: Sweep) -> Iterator[tuple[str, int, str]]:
    """Without an anatomy: the trials whose very recipes are in the log."""
    for place, trial in enumerate(sweep.trials()):
        found = connection.execute(
            "SELECT computation_id FROM renders WHERE recipe_hash = ? AND computation_id <> '' LIMIT 1",
            (recipe_hash(trial.recipe),),
        ).fetchone()
        if found is not None:
            yield sweep.id, place, found[0]


def _plain(value: Any) -> Any:
    """Numbers that are equal written alike: 1 for 1.0."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:32]
