"""Whether a log holds what AlienLab made, and nothing that would act by itself when it is read or written.

A log may come from anywhere. Triggers, views and computed columns run whenever SQLite meets them, for hours if need be.
"""

from __future__ import annotations

import functools
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing

from alienlab.session.log.schema import MIGRATIONS, Migration

Schema = dict[tuple[str, str], str]
"""Statements by the type and the name of what they made, without comments and spare spaces."""

_COMMENTS = re.compile(r"--[^\n]*")
_LONGEST = 2**20
_ACTIVE = ("trigger", "view")


def is_ours(connection: sqlite3.Connection, version: int, migrations: Sequence[Migration] = MIGRATIONS) -> bool:
    """Whether the schema is that of a version; tables that another program added are left alone."""
    if not 0 <= version <= len(migrations):
        return False
    ours, theirs = _made_by(tuple(migrations[:version])), _schema(connection)
    is_whole = all(theirs.get(key) == statement for key, statement in ours.items())
    return is_whole and not any(kind in _ACTIVE and (kind, name) not in ours for kind, name in theirs)


@functools.cache
def _made_by(migrations: tuple[Migration, ...]) -> Schema:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in (step for migration in migrations for step in migration):
            if callable(step):
                step(connection)
            else:
                connection.execute(step)
        return _schema(connection)


def _schema(connection: sqlite3.Connection) -> Schema:
    """Without what SQLite makes by itself, as the tables behind a full-text index."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND length(sql) <= ?"
    found = {(kind, name): _plain(sql) for kind, name, sql in connection.execute(query, (_LONGEST,))}
    indexes = [name for (_, name), sql in found.items() if sql.startswith("CREATE VIRTUAL TABLE")]
    inner = {f"{name}_{part}" for name in indexes for part in ("data", "idx", "content", "docsize", "config")}
    return {key: sql for key, sql in found.items() if key[0] != "table" or key[1] not in inner}


def _plain(statement: str) -> str:
    return " ".join(_COMMENTS.sub("", statement).split())
