import json
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from alienlab.domain.errors import SessionError, StoppedByUser
from alienlab.domain.log_query import LogQuery
from alienlab.session.bundles import entries as bundle_entries
from alienlab.session.bundles.bundle import export_session, import_session
from alienlab.session.files import DiskFull
from alienlab.session.log.database import DATABASE_FILE
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.search import LogSearch
from alienlab.session.log.store import Session
from tests.fakes.recipes import make_image, make_provenance, make_recipe


@pytest.fixture
def session(tmp_path: Path):
    """Open, with three renders."""
    with Session.open(tmp_path / "sessions" / "cats") as session:
        for seed in range(3):
            save(session, seed)
        yield session


def save(session: Session, seed: int) -> None:
    recipe = make_recipe(f"cat {seed}", seed=seed)
    session.save(recipe, make_image(seed), make_provenance(), recipe_id=f"r{seed}", computation_id=f"c{seed}")


@pytest.fixture
def archive(session: Session, tmp_path: Path) -> Path:
    path = tmp_path / "out" / "cats.zip"
    export_session(session, path)
    return path


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def rewritten(archive: Path, change) -> Path:
    """``change`` is given a name and its bytes, and returns pairs of a ZipInfo or name and bytes."""
    path = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            for entry, data in change(name, old.read(name)):
                new.writestr(entry, data)
    return path


def with_more(archive: Path, name: str | zipfile.ZipInfo, data: bytes = b"x") -> Path:
    def change(old: str, content: bytes):
        more = [(name, data)] if old.endswith(DATABASE_FILE) else []
        return [(old, content), *more]

    return rewritten(archive, change)


def with_log(archive: Path, tmp_path: Path, *statements: str) -> Path:
    def change(name: str, data: bytes):
        if not name.endswith(DATABASE_FILE):
            return [(name, data)]
        file = tmp_path / "changed.sqlite"
        file.write_bytes(data)
        with closing(sqlite3.connect(file)) as database:
            for statement in statements:
                database.execute(statement)
            database.commit()
        return [(name, file.read_bytes())]

    return rewritten(archive, change)


def test_a_session_comes_back_whole(session: Session, archive: Path, tmp_path: Path):
    folder = import_session(archive, tmp_path / "elsewhere")
    assert folder == tmp_path / "elsewhere" / "cats"
    with Session.open(folder) as again:
        assert again.findings == ()
        assert [record.recipe for record in again.records()] == [record.recipe for record in session.records()]
        assert [record.created for record in again.records()] == [record.created for record in session.records()]
        for seed, record in enumerate(reversed(again.records())):
            assert np.array_equal(again.load_image(record), make_image(seed))
        assert LogSearch(again).numbers(LogQuery.parse('prompt:"cat 2"')) == [3]
        save(again, 9)
        assert len(again) == 4


def test_it_may_be_exported_while_it_is_open_and_goes_on(session: Session, tmp_path: Path):
    """What is logged after the copy of the log is not in the archive, its image neither."""
    calls: list[int] = []

    def go_on(done: int, total: int) -> None:
        calls.append(done)
        save(session, 100 + len(calls))

    path = tmp_path / "cats.zip"
    export_session(session, path, progress=go_on)
    with SessionReader.open_read_only(import_session(path, tmp_path / "elsewhere")) as again:
        assert len(again) == 3
    assert len(session) == 3 + len(calls)
    with zipfile.ZipFile(path) as written:
        assert len([name for name in written.namelist() if name.endswith(".png")]) == 3
        assert not [name for name in written.namelist() if name.endswith(("-wal", ".lock"))]


def test_a_closed_session_is_exported_by_its_folder(session: Session, tmp_path: Path):
    session.close()
    export_session(session.folder, tmp_path / "cats.zip")
    assert import_session(tmp_path / "cats.zip", tmp_path / "elsewhere").name == "cats"


def test_blobs_go_with_it_and_other_files_do_not(session: Session, tmp_path: Path):
    blobs = session.folder / "blobs"
    blobs.mkdir()
    (blobs / "ab.png").write_bytes(b"a pinned image")
    (blobs / "secret.txt").write_text("not ours")
    (session.folder / "images" / "note.txt").write_text("not ours")
    export_session(session, tmp_path / "cats.zip")
    folder = import_session(tmp_path / "cats.zip", tmp_path / "elsewhere")
    assert (folder / "blobs" / "ab.png").read_bytes() == b"a pinned image"
    assert len(tree(folder)) == 1 + 1 + 3 + 2, "log, folder and three images, folder and blob"


def test_links_in_a_session_are_not_followed(session: Session, tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("password")
    image = session.records()[0].file
    image.unlink()
    image.symlink_to(secret)
    export_session(session, tmp_path / "cats.zip")
    assert b"password" not in (tmp_path / "cats.zip").read_bytes()


def test_images_get_names_that_every_file_system_takes(session: Session, tmp_path: Path):
    record = session.records()[0]
    record.file.rename(record.file.with_name("con.png"))
    session.write("UPDATE renders SET file = ? WHERE number = ?", [("con.png", record.number)])
    export_session(session, tmp_path / "cats.zip")
    with Session.open(import_session(tmp_path / "cats.zip", tmp_path / "elsewhere")) as again:
        assert again.records()[0].file.name == "000003-image.png"
        assert np.array_equal(again.load_image(again.records()[0]), make_image(2))


def test_names_that_differ_by_case_alone_come_back_apart(session: Session, tmp_path: Path):
    for number, name in ((1, "cat.png"), (2, "Cat.png")):
        (session.folder / "images" / f"{number:06d}.png").rename(session.folder / "images" / name)
        session.write("UPDATE renders SET file = ? WHERE number = ?", [(name, number)])
    export_session(session, tmp_path / "cats.zip")
    with Session.open(import_session(tmp_path / "cats.zip", tmp_path / "elsewhere")) as read:
        assert [record.file.name for record in read.records()] == ["000003.png", "000002-image.png", "cat.png"]
        assert [record.missing for record in read.records()] == [False] * 3


def test_names_that_are_taken_get_a_number(session: Session, archive: Path):
    assert import_session(archive, session.folder.parent).name == "cats 2"
    assert import_session(archive, session.folder.parent).name == "cats 3"
    with pytest.raises(SessionError, match="is there already"):
        import_session(archive, session.folder.parent, name="cats")


def test_progress_ends_at_the_whole(session: Session, tmp_path: Path):
    steps: list[tuple[int, int]] = []
    export_session(session, tmp_path / "cats.zip", progress=lambda done, total: steps.append((done, total)))
    assert steps[-1][0] == steps[-1][1] > 0
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    steps.clear()
    import_session(tmp_path / "cats.zip", tmp_path / "to", progress=lambda done, total: steps.append((done, total)))
    assert steps[-1][0] == steps[-1][1] > 0


def test_cancelling_leaves_nothing(session: Session, archive: Path, tmp_path: Path):
    before = archive.read_bytes()
    with pytest.raises(StoppedByUser):
        export_session(session, archive, is_cancelled=lambda: True)
    assert archive.read_bytes() == before, "an older archive stays as it was"
    with pytest.raises(StoppedByUser):
        import_session(archive, tmp_path / "elsewhere", is_cancelled=lambda: True)
    assert tree(tmp_path / "elsewhere") == set()
    assert tree(archive.parent) == {"cats.zip"}


def test_an_archive_made_by_hand_of_a_closed_session(session: Session, tmp_path: Path):
    session.close()
    path = tmp_path / "by hand.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(session.folder.rglob("*")):
            archive.write(file, f"my cats/{file.relative_to(session.folder)}")
    folder = import_session(path, tmp_path / "elsewhere")
    assert folder.name == "by hand"
    assert "session.lock" not in tree(folder)
    with Session.open(folder) as again:
        assert len(again) == 3


@pytest.mark.parametrize(
    "name",
    [
        "../evil.png",
        "cats/../../evil.png",
        "cats/images/../../../evil.png",
        "/tmp/evil.png",
        "C:/evil.png",
        "cats/C:evil.png",
        "..\\evil.png",
        "cats\\images\\evil.png",
        "cats/images/a.png/b.png",
        "cats/images/con.png",
        "cats/images/COM1 .png",
        "cats/images/evil.png.",
        "cats/images/evil.png ",
        "cats/images/evil\x01.png",
        "cats/images/evil.exe",
        "cats/evil.png",
        "cats/session.sqlite-wal",
        "cats/images/",
        "other/images/evil.png",
        "cats/images/000001.PNG",
        "cats/./images/evil.png",
        "cats//evil.png",
    ],
)
def test_other_names_are_refused(archive: Path, tmp_path: Path, name: str):
    hostile = with_more(archive, name)
    before = tree(tmp_path)
    if name.endswith("/"):
        assert import_session(hostile, tmp_path / "elsewhere").is_dir()
        return
    with pytest.raises(SessionError, match="not imported"):
        import_session(hostile, tmp_path / "elsewhere")
    assert tree(tmp_path) - before == {"elsewhere"}


def test_links_are_refused(archive: Path, tmp_path: Path):
    link = zipfile.ZipInfo("cats/images/link.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(SessionError, match="it is a link"):
        import_session(with_more(archive, link, b"/etc/passwd"), tmp_path / "elsewhere")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused(archive: Path, tmp_path: Path):
    for name in ("cats/images/000001.png", "cats/IMAGES/000001.png"):
        with pytest.raises(SessionError, match="not imported"):
            import_session(with_more(archive, name), tmp_path / "elsewhere")


def test_encrypted_entries_are_refused(archive: Path, tmp_path: Path):
    data = bytearray(archive.read_bytes())
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    hostile = tmp_path / "encrypted.zip"
    hostile.write_bytes(data)
    with pytest.raises(SessionError, match="encrypted"):
        import_session(hostile, tmp_path / "elsewhere")


def test_bombs_are_refused_by_what_they_declare(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    entry = zipfile.ZipInfo("cats/images/bomb.png")
    entry.compress_type = zipfile.ZIP_DEFLATED
    hostile = with_more(archive, entry, bytes(4 * 2**20))
    with pytest.raises(SessionError, match="far too large"):
        import_session(hostile, tmp_path / "elsewhere")
    monkeypatch.setattr(bundle_entries, "MOST_ENTRIES", 3)
    with pytest.raises(SessionError, match="too many files"):
        import_session(archive, tmp_path / "elsewhere")
    monkeypatch.setattr(bundle_entries, "MOST_ENTRIES", 100)
    monkeypatch.setattr(bundle_entries, "MOST_BYTES", 1000)
    with pytest.raises(SessionError, match="too large when unpacked"):
        import_session(archive, tmp_path / "elsewhere")


def test_bombs_are_refused_by_what_they_hold(archive: Path, tmp_path: Path):
    """An entry that declares 100 bytes and holds four million."""
    entry = zipfile.ZipInfo("cats/images/bomb.png")
    entry.compress_type = zipfile.ZIP_DEFLATED
    hostile = with_more(archive, entry, bytes(4 * 2**20))
    data = hostile.read_bytes().replace((4 * 2**20).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    hostile.write_bytes(data)
    with pytest.raises(SessionError, match="damaged"):
        import_session(hostile, tmp_path / "elsewhere")
    assert tree(tmp_path / "elsewhere") == set()


def test_too_little_space_is_told_before_anything_is_written(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 1000})())
    with pytest.raises(DiskFull):
        import_session(archive, tmp_path / "elsewhere")


@pytest.mark.parametrize(
    "statements",
    [
        ["PRAGMA user_version = 900"],
        ["PRAGMA application_id = 7"],
        ["CREATE TRIGGER evil AFTER INSERT ON renders BEGIN DELETE FROM renders; END"],
        ["CREATE VIEW evil AS SELECT * FROM renders"],
        ["DROP TABLE names"],
    ],
)
def test_logs_that_are_not_ours_are_refused(archive: Path, tmp_path: Path, statements: list[str]):
    with pytest.raises(SessionError):
        import_session(with_log(archive, tmp_path, *statements), tmp_path / "elsewhere")
    assert tree(tmp_path / "elsewhere") == set()


def test_damaged_logs_are_refused(archive: Path, tmp_path: Path):
    def change(name: str, data: bytes):
        return [(name, data[:4096] + bytes(4096) + data[8192:] if name.endswith(DATABASE_FILE) else data)]

    with pytest.raises(SessionError, match="damaged"):
        import_session(rewritten(archive, change), tmp_path / "elsewhere")


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes):
    path = tmp_path / "some.zip"
    path.write_bytes(data)
    with pytest.raises(SessionError):
        import_session(path, tmp_path / "elsewhere")
    with pytest.raises(SessionError, match="There is no archive"):
        import_session(tmp_path / "gone.zip", tmp_path / "elsewhere")


def test_the_log_of_an_archive_can_be_older(archive: Path, tmp_path: Path):
    """A session of the first version of the schema is brought up to date when it is opened."""
    from alienlab.session.log.database import MIGRATIONS, migrate  # noqa: PLC0415

    def change(name: str, data: bytes):
        if not name.endswith(DATABASE_FILE):
            return [(name, data)]
        file = tmp_path / "old.sqlite"
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            migrate(database, 0, MIGRATIONS[:1])
        return [(name, file.read_bytes())]

    with Session.open(import_session(rewritten(archive, change), tmp_path / "elsewhere")) as again:
        assert len(again) == 3, "the images are taken in from what they say of themselves"
        assert json.dumps([record.recipe.seed for record in again.records()]) == "[2, 1, 0]"
