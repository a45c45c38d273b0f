"""Files as somebody might make them who means harm, or as a failing disk leaves them. Each by its number alone."""

from __future__ import annotations

import json
import random
import sqlite3
import stat
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

DEEP = "[" * 50_000
BOMB = zlib.compress(bytes(16_000_000), 9)
SMALL_BOMB = zlib.compress(bytes(900_000), 9)
WRONG = (None, True, -1, 1e300, 2**70, "", "x" * 300, [], {}, [[]], {"kind": "prompt"}, "\ud800", "../../evil", DEEP)


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def overwritten(data: bytes, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(data)), chance.choice((1, 16, 512, 4096))
    return data[:start] + chance.randbytes(length) + data[start + length :]


def spoilt(value, chance: random.Random):
    """JSON with one of its values, anywhere in it, made into something else; or with one left out."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        name = chance.choice(sorted(value))
        if chance.random() < 0.15:
            return {key: entry for key, entry in value.items() if key != name}
        return value | {name: spoilt(value[name], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        place = chance.randrange(len(value))
        return [*value[:place], spoilt(value[place], chance), *value[place + 1 :]]
    return chance.choice(WRONG)


def hostile_json(text: str, chance: random.Random) -> str:
    choices: tuple[Callable[[], str], ...] = (
        lambda: json.dumps(spoilt(json.loads(text), chance)),
        lambda: json.dumps(spoilt(json.loads(text), chance)),
        lambda: DEEP,
        lambda: '{"version":1,"recipe":' * 20_000,
        lambda: text.replace("7", "9" * 5000),
        lambda: text.replace("7", "NaN"),
        lambda: text[: chance.randrange(len(text) + 1)],
        lambda: text + " " * 3_000_000,
        lambda: json.dumps({"version": 1, "recipe": {"prompt": "x" * 2_000_000}}),
    )
    return chance.choice(choices)()


# PNG


def hostile_png(data: bytes, number: int) -> bytes:
    chance = random.Random(number)
    kinds = (flipped, truncated, overwritten, _chunk_changed, _chunk_changed, _text_changed, _text_changed, _foreign)
    return chance.choice(kinds)(data, chance)


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, place = [], 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        found.append((data[place + 4 : place + 8], data[place + 8 : place + 8 + length]))
        place += 12 + length
    return found


def _joined(chunks: list[tuple[bytes, bytes]]) -> bytes:
    parts = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk_changed(data: bytes, chance: random.Random) -> bytes:
    """With right checksums."""
    header, *others = _chunks(data)
    changes: tuple[Callable[[], list[tuple[bytes, bytes]]], ...] = (
        lambda: [(b"IHDR", struct.pack(">II", 50_000, 50_000) + header[1][8:]), *others],
        lambda: [(b"IHDR", struct.pack(">II", 4096, 4096) + header[1][8:]), *others],
        lambda: [(b"IHDR", struct.pack(">II", 9000, 9000) + b"\x01\x00\x00\x00\x00"), *others],
        lambda: [(b"IHDR", struct.pack(">II", 0, 2**31) + header[1][8:]), *others],
        lambda: [(b"IHDR", header[1][:8] + chance.randbytes(5)), *others],
        lambda: [(b"IHDR", header[1][: chance.randrange(13)]), *others],
        lambda: [header, (b"zTXt", b"parameters\0\0" + BOMB), *others],
        lambda: [header, (b"iTXt", b"alienlab\0\1\0\0\0" + BOMB), *others],
        lambda: [header, *[(b"zTXt", b"a%d\0\0" % n + SMALL_BOMB) for n in range(12)], *others],
        lambda: [header, (b"iCCP", b"x\0\0" + BOMB), *others],
        lambda: [header, (b"acTL", struct.pack(">II", 2**31 - 1, 0)), (b"fcTL", chance.randbytes(26)), *others],
        lambda: [header, (b"eXIf", chance.randbytes(200)), *others],
        lambda: [header, *[other for other in others if other[0] != b"IDAT"]],
        lambda: [header, *[(b"IDAT", BOMB) if name == b"IDAT" else (name, body) for name, body in others]],
        lambda: [header, (b"PLTE", chance.randbytes(7)), (b"tRNS", chance.randbytes(900)), *others],
        lambda: [header, *others, *others],
    )
    return _joined(chance.choice(changes)())


def _text_changed(data: bytes, chance: random.Random) -> bytes:
    """Hostile JSON in our own chunk."""
    chunks = _chunks(data)
    for place, (name, body) in enumerate(chunks):
        if name == b"tEXt" and body.startswith(b"alienlab\0"):
            text = hostile_json(body.removeprefix(b"alienlab\0").decode("latin-1"), chance)
            chunks[place] = (name, b"alienlab\0" + text.encode("latin-1", "replace"))
    return _joined(chunks)


_GRAPH = json.dumps(
    {
        "1": {"class_type": "KSampler", "inputs": {"seed": 7, "positive": ["2", 0], "negative": ["3", 0], "cfg": 7}},
        "2": {"class_type": "CLIPTextEncode", "inputs": {"text": ["2", 0], "clip": ["9", 1]}},
        "3": {"class_type": "ConditioningCombine", "inputs": {"conditioning_1": ["3", 0], "conditioning_2": ["2", 0]}},
    }
)
_INVOKE = json.dumps({"positive_prompt": "a cat", "negative_prompt": "", "seed": 7, "steps": 7, "cfg_scale": 7.5})


def _foreign(data: bytes, chance: random.Random) -> bytes:
    """Metadata of other programs, and what pretends to be."""
    header, *others = [chunk for chunk in _chunks(data) if chunk[0] != b"tEXt"]
    texts: tuple[Callable[[], tuple[str, str]], ...] = (
        lambda: ("prompt", hostile_json(_GRAPH, chance)),
        lambda: ("invokeai_metadata", hostile_json(_INVOKE, chance)),
        lambda: ("sd-metadata", hostile_json(json.dumps({"image": {"prompt": [{"prompt": "a"}], "seed": 7}}), chance)),
        lambda: ("Dream", '"' + '\\"' * 500_000),
        lambda: ("Dream", '"a"' + " -s -S" * 100_000),
        lambda: ("parameters", "Steps: 1, " + "a" * 1_000_000),
        lambda: ("parameters", "Steps: 1, " + 'a: "\\", ' * 100_000),
        lambda: ("parameters", "Negative prompt:\n" * 100_000 + "Steps: 20, Seed: 1"),
        lambda: ("parameters", f"Steps: {'9' * 100_000}, Seed: -{'1' * 30}, CFG scale: 1e999, Size: xxx"),
    )
    name, text = chance.choice(texts)()
    return _joined([header, (b"tEXt", name.encode() + b"\0" + text.encode("latin-1", "replace")), *others])


# Sessions


def hostile_database(data: bytes, number: int, place: Path) -> None:
    """Write a changed copy of a log to ``place``."""
    chance = random.Random(number)
    kind = chance.choice((flipped, flipped, truncated, overwritten, None, None, None, None, None))
    place.write_bytes(data if kind is None else kind(data, chance))
    if kind is None:
        with closing(sqlite3.connect(place, isolation_level=None)) as database, suppress(sqlite3.Error, ValueError):
            for _ in range(chance.choice((1, 2, 5))):
                _harm(database, chance)


_TEXTS = (
    ("renders", "recipe"),
    ("renders", "provenance"),
    ("sweeps", "sweep"),
    ("measures", "measures"),
    ("yardsticks", "yardsticks"),
    ("names", "concept"),
    ("names", "tags"),
    ("drawings", "drawing"),
    ("labels", "tags"),
    ("boards", "board"),
)
_VALUES = (
    *(
        "'x'",
        "-1",
        "9223372036854775807",
        "1e300",
        "x'ff00fe'",
        "zeroblob(4000000)",
        "'../../evil.png'",
        "'/etc/passwd'",
    ),
    *("''", "char(0)", "'C:\\evil'", "CAST(x'c328' AS TEXT)", "printf('%.*c', 3000000, 'x')"),
)
_STATEMENTS = (
    "PRAGMA user_version = 900",
    "PRAGMA user_version = 1",
    "PRAGMA user_version = -5",
    "PRAGMA application_id = 1",
    "DROP TABLE renders",
    "DROP TABLE labels",
    "DROP TABLE words",
    "ALTER TABLE renders RENAME COLUMN file TO place",
    "ALTER TABLE renders RENAME TO other; CREATE VIEW renders AS SELECT * FROM other",
    "CREATE TRIGGER endless AFTER INSERT ON renders BEGIN INSERT INTO spent "
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c; END",
    "ALTER TABLE renders RENAME TO other; CREATE VIEW renders AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT "
    "x + 1 FROM c) SELECT x AS number, x AS created, x AS file, x AS recipe_id, x AS computation_id, x AS recipe, "
    "x AS provenance, NULL AS binned, '' AS recipe_hash, '' AS intact_hash FROM c",
    "DELETE FROM words_data",
    "UPDATE words_data SET block = randomblob(100)",
    "INSERT INTO discarded (file) VALUES ('../../precious.txt'), ('/etc/passwd'), ('../session.sqlite')",
    "INSERT INTO spent VALUES ('x'), (9223372036854775807)",
    "UPDATE renders SET number = 9223372036854775807 WHERE number = 1",
    "UPDATE renders SET number = -5 WHERE number = 1",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE renders (x)' WHERE name = 'renders'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 1 WHERE name = 'renders'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'nonsense'",
)


def _harm(database: sqlite3.Connection, chance: random.Random) -> None:
    kind = chance.randrange(3)
    if kind == 0:
        table, column = chance.choice(_TEXTS)
        row = database.execute(f"SELECT {column} FROM {table} LIMIT 1").fetchone()
        text = hostile_json(row[0], chance) if row and isinstance(row[0], str) and row[0] else DEEP
        database.execute(f"UPDATE {table} SET {column} = ?", (text.encode("utf-8", "replace").decode(),))
    elif kind == 1:
        table = chance.choice(("renders", "sweeps", "measures", "names", "labels", "latents", "boards", "lesions"))
        columns = [column for _, column, *_ in database.execute(f"PRAGMA table_info({table})")]
        database.execute(f"UPDATE {table} SET {chance.choice(columns)} = {chance.choice(_VALUES)}")
    else:
        database.executescript(chance.choice(_STATEMENTS))


# Archives


def hostile_archive(data: bytes, number: int, place: Path) -> None:
    """Write a changed copy of an exported session to ``place``."""
    chance = random.Random(number)
    kind = chance.choice((flipped, flipped, truncated, overwritten, None, None, None))
    if kind is not None:
        place.write_bytes(kind(data, chance))
        return
    original = place.with_name("original.zip")
    original.write_bytes(data)
    with zipfile.ZipFile(original) as old, zipfile.ZipFile(place, "w") as new, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in old.namelist():
            new.writestr(name, old.read(name))
        _add_harm(new, chance)
    original.unlink()


def _add_harm(archive: zipfile.ZipFile, chance: random.Random) -> None:
    names = (
        *("../evil.png", "s/../../evil.png", "/tmp/evil.png", "C:\\evil.png", "..\\..\\evil.png", "s/images/con.png"),
        *("s/images/000001.png", "s/IMAGES/000001.PNG", "s/session.sqlite", "s/images/x.exe", "s/images/a/b.png"),
        *(
            "s/session.sqlite-wal",
            "s/images/evil.png/",
            "s/" + "x" * 5000,
            "s/images/\u202egnp.png",
            "",
            "s/images/..png",
        ),
    )
    entry = zipfile.ZipInfo(chance.choice(names))
    entry.compress_type = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    if chance.random() < 0.3:
        entry.external_attr = (chance.choice((stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR)) | 0o777) << 16
    archive.writestr(entry, chance.choice((b"x", bytes(4_000_000), b"/etc/passwd")))
    if chance.random() < 0.2:
        for number in range(300):
            archive.writestr(f"s/images/n{number}.png", b"")
