"""The schema of the log's database: the steps from each version to the next.

The table ``words`` holds what a render is found by. Triggers keep it current with labels, names and sweeps, whoever
changes those; ``alienlab.session.log.indexing`` writes the rest of it with the record.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from alienlab.session.log.indexing import POINTS, TITLES, index_older

Step = str | Callable[[sqlite3.Connection], None]
Migration = tuple[Step, ...]
"""Statements, and functions where those do not suffice, that lead from one version of the schema to the next."""


def _following(table: str, column: str, words: str) -> tuple[str, ...]:
    """Triggers that write a column of ``words`` anew for the renders of the computations that change in ``table``."""
    changes = (
        ("INSERT", "new.computation_id"),
        ("UPDATE", "old.computation_id, new.computation_id"),
        ("DELETE", "old.computation_id"),
    )
    return tuple(
        f"""CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} BEGIN
            UPDATE words SET {column} = (SELECT {words} FROM renders WHERE number = words.rowid)
            WHERE rowid IN (SELECT number FROM renders WHERE computation_id IN ({changed}) AND computation_id <> '');
        END"""
        for event, changed in changes
    )


def _following_labels() -> tuple[str, ...]:
    label = "name = new.name, tags = new.tags, notes = new.notes WHERE rowid = new.number"
    nothing = "name = '', tags = '', notes = '' WHERE rowid = old.number"
    return tuple(
        f"CREATE TRIGGER labels_{event.lower()} AFTER {event} ON labels BEGIN UPDATE words SET {values}; END"
        for event, values in (("INSERT", label), ("UPDATE", label), ("DELETE", nothing))
    )


MIGRATIONS: tuple[Migration, ...] = (
    (
        """CREATE TABLE renders (
            number INTEGER PRIMARY KEY,
            created INTEGER NOT NULL,  -- microseconds since 1970, UTC
            file TEXT NOT NULL UNIQUE,  -- name within the images folder
            recipe_id TEXT NOT NULL,
            computation_id TEXT NOT NULL,
            recipe TEXT NOT NULL,  -- JSON
            provenance TEXT NOT NULL  -- JSON
        )""",
        "CREATE INDEX renders_by_computation ON renders (computation_id)",
    ),
    (
        """CREATE TABLE sweeps (
            id TEXT PRIMARY KEY,
            created INTEGER NOT NULL,  -- microseconds since 1970, UTC
            state TEXT NOT NULL,
            sweep TEXT NOT NULL  -- JSON
        )""",
        """CREATE TABLE measures (
            reference TEXT NOT NULL,  -- computation id of the intact render
            computation_id TEXT NOT NULL,
            measures TEXT NOT NULL,  -- JSON
            PRIMARY KEY (reference, computation_id)
        ) WITHOUT ROWID""",
        """CREATE TABLE yardsticks (
            reference TEXT PRIMARY KEY,
            yardsticks TEXT NOT NULL  -- JSON
        ) WITHOUT ROWID""",
        """CREATE TABLE latents (
            computation_id TEXT PRIMARY KEY,
            shape TEXT NOT NULL,  -- channels, height and width
            data BLOB NOT NULL  -- little-endian fp16
        ) WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE names (
            name TEXT PRIMARY KEY,
            created INTEGER NOT NULL,  -- microseconds since 1970, UTC
            concept TEXT NOT NULL,  -- JSON
            tags TEXT NOT NULL,  -- JSON
            computation_id TEXT NOT NULL  -- of the image that was named; empty where it was a point alone
        ) WITHOUT ROWID""",
        """CREATE TABLE drawings (
            name TEXT PRIMARY KEY,
            created INTEGER NOT NULL,  -- microseconds since 1970, UTC
            drawing TEXT NOT NULL  -- JSON
        ) WITHOUT ROWID""",
    ),
    (
        "ALTER TABLE renders ADD COLUMN binned INTEGER",  # microseconds since 1970, UTC; NULL outside the bin
        "ALTER TABLE renders ADD COLUMN recipe_hash TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE renders ADD COLUMN intact_hash TEXT NOT NULL DEFAULT ''",  # of the recipe without its lesions
        "CREATE INDEX renders_by_recipe ON renders (recipe_hash)",
        "CREATE INDEX renders_by_intact ON renders (intact_hash)",
        "CREATE INDEX renders_by_time ON renders (created)",
        "CREATE INDEX renders_in_bin ON renders (binned) WHERE binned IS NOT NULL",
        """CREATE TABLE discarded (
            file TEXT PRIMARY KEY  -- to be deleted: its record is gone already
        ) WITHOUT ROWID""",
        "CREATE TABLE spent (highest INTEGER NOT NULL)",  # numbers up to here are not given to renders again
        """CREATE TABLE labels (
            number INTEGER PRIMARY KEY REFERENCES renders (number) ON DELETE CASCADE,
            star INTEGER NOT NULL,
            name TEXT NOT NULL,
            tags TEXT NOT NULL,  -- JSON
            notes TEXT NOT NULL
        )""",
        """CREATE TABLE lesions (
            number INTEGER NOT NULL REFERENCES renders (number) ON DELETE CASCADE,
            text TEXT NOT NULL,
            pattern TEXT NOT NULL,
            operation TEXT NOT NULL,
            brain TEXT NOT NULL,  -- hash
            PRIMARY KEY (number, text)
        ) WITHOUT ROWID""",
        "CREATE INDEX lesions_by_pattern ON lesions (brain, pattern, operation)",
        "CREATE INDEX lesions_by_operation ON lesions (operation)",
        "ALTER TABLE sweeps ADD COLUMN title TEXT NOT NULL DEFAULT ''",
        """CREATE TABLE sweep_members (
            sweep TEXT NOT NULL REFERENCES sweeps (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,  -- among the sweep's trials, from 0
            computation_id TEXT NOT NULL,
            PRIMARY KEY (sweep, place)
        ) WITHOUT ROWID""",
        "CREATE INDEX sweep_members_by_computation ON sweep_members (computation_id)",
        """CREATE TABLE boards (
            name TEXT PRIMARY KEY,
            created INTEGER NOT NULL,  -- microseconds since 1970, UTC
            board TEXT NOT NULL  -- JSON
        ) WITHOUT ROWID""",
        """CREATE VIRTUAL TABLE words USING fts5 (  -- rowid is the number of a render
            prompt, negative, lesions, seen, noted, settings, name, tags, notes, sweeps, points,
            tokenize = "unicode61 remove_diacritics 2"
        )""",
        index_older,
        "CREATE TRIGGER words_of_renders AFTER DELETE ON renders BEGIN DELETE FROM words WHERE rowid = old.number; END",
        *_following_labels(),
        *_following("sweep_members", "sweeps", TITLES),
        *_following("names", "points", POINTS),
        f"""CREATE TRIGGER words_of_titles AFTER UPDATE OF title ON sweeps WHEN old.title <> new.title BEGIN
            UPDATE words SET sweeps = (SELECT {TITLES} FROM renders WHERE number = words.rowid)
            WHERE rowid IN (SELECT number FROM renders JOIN sweep_members USING (computation_id) WHERE sweep = new.id);
        END""",
    ),
)
