"""Everything that the log knows of its renders as JSON Lines, for programs that analyse it: one object a line."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from alienlab.domain.effects import Effect
from alienlab.domain.errors import StoppedByUser
from alienlab.session.files import writing
from alienlab.session.log.effects import effects_of
from alienlab.session.log.labels import Label, LabelLog
from alienlab.session.log.reading import IMAGES_FOLDER, SessionReader
from alienlab.session.log.records import RenderRecord

DUMP_VERSION = 1
_AT_ONCE = 256
_SWEEPS = """SELECT DISTINCT renders.number, sweeps.id, sweeps.title, sweeps.created FROM renders
    JOIN sweep_members USING (computation_id) JOIN sweeps ON sweeps.id = sweep_members.sweep
    WHERE renders.computation_id <> '' AND renders.number IN (SELECT value FROM json_each(?))
    ORDER BY sweeps.created, sweeps.id"""


def dump_session(
    session: SessionReader,
    path: Path,
    *,
    numbers: Sequence[int] | None = None,
    progress: Callable[[int, int], object] = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write ``lines`` to a file, whole or not at all; ``progress`` is given renders.

    Raises DiskFull, SessionError or StoppedByUser.
    """
    wanted = every_number(session) if numbers is None else numbers
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with writing(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("x", encoding="utf-8", newline="\n") as file:
                for done, line in enumerate(lines(session, wanted), start=1):
                    if is_cancelled():
                        raise StoppedByUser
                    file.write(f"{line}\n")
                    progress(done, len(wanted))
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def every_number(session: SessionReader) -> list[int]:
    """Of all renders, oldest first, with those in the bin."""
    return sorted([*session.numbers(), *session.bin_numbers()])


def lines(session: SessionReader, numbers: Sequence[int]) -> Iterator[str]:
    """A JSON object for each of these renders, in this order; the keys always come in one order.

    A record that this version cannot understand is left out.
    """
    binned = frozenset(session.bin_numbers())
    for start in range(0, len(numbers), _AT_ONCE):
        page = numbers[start : start + _AT_ONCE]
        labels, effects, sweeps = LabelLog(session).of(page), effects_of(session, page), _sweeps(session, page)
        for record in session.records_of(page):
            number = record.number
            entry = {
                **_entry(record, is_binned=number in binned),
                "label": _label(labels.get(number, Label())),
                "sweeps": sweeps.get(number, []),
                "recipe": record.recipe.to_json(),
                "provenance": record.provenance.to_json(),
                **_effect(effects.get(number)),
            }
            yield json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace").decode()


def _entry(record: RenderRecord, *, is_binned: bool) -> dict[str, Any]:
    return {
        "version": DUMP_VERSION,
        "number": record.number,
        "created": record.created.isoformat(),
        "file": f"{IMAGES_FOLDER}/{record.file.name}",
        "missing": record.missing,
        "binned": is_binned,
        "recipe_id": record.recipe_id,
        "computation_id": record.computation_id,
    }


def _label(label: Label) -> dict[str, Any]:
    return {"star": label.star, "name": label.name, "tags": list(label.tags), "notes": label.notes}


def _effect(effect: Effect | None) -> dict[str, Any]:
    """Null where the render was not measured beside its intact one."""
    if effect is None:
        return {"measures": None, "spreads": None, "verdict": None}
    return {"measures": effect.measures.to_json(), "spreads": effect.spreads, "verdict": str(effect.verdict)}


def _sweeps(session: SessionReader, numbers: Iterable[int]) -> dict[int, list[dict[str, str]]]:
    """By number, the sweeps that a render belongs to, oldest first."""
    found: dict[int, list[dict[str, str]]] = {}
    for number, sweep, title, _ in session.read(_SWEEPS, json.dumps(list(numbers))):
        found.setdefault(number, []).append({"id": str(sweep), "title": str(title)})
    return found
