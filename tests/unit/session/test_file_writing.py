import errno
import os

import pytest

from alienlab.domain.errors import SessionError
from alienlab.session.files import DiskFull, remove_leftovers, write_atomically, write_error


def test_what_is_written_is_there_and_nothing_else(tmp_path):
    write_atomically(tmp_path / "new" / "a.bin", b"one")
    write_atomically(tmp_path / "new" / "a.bin", b"two")
    assert (tmp_path / "new" / "a.bin").read_bytes() == b"two"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.bin"]


@pytest.mark.parametrize("call", ["fsync", "write"])
def test_a_full_disk_leaves_the_earlier_file(tmp_path, monkeypatch, call):
    file = tmp_path / "a.bin"
    write_atomically(file, b"earlier")
    _fail(monkeypatch, call, errno.ENOSPC)
    with pytest.raises(DiskFull, match=r"The disk is full.*Make space"):
        write_atomically(file, b"later")
    assert file.read_bytes() == b"earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_each_reason_has_its_sentence(tmp_path):
    assert "cannot be written to" in str(write_error(OSError(errno.EROFS, "x"), tmp_path))
    assert "Input/output" in str(write_error(OSError(errno.EIO, "Input/output error"), tmp_path))
    assert isinstance(write_error(OSError(errno.EDQUOT, "x"), tmp_path), DiskFull)


def test_a_folder_below_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SessionError):
        write_atomically(tmp_path / "file" / "a.bin", b"x")


def test_only_leftovers_are_removed(tmp_path):
    (tmp_path / ".000001.png.ab12.part").write_bytes(b"half")
    (tmp_path / "notes.part").write_bytes(b"the user's")
    (tmp_path / ".hidden").write_bytes(b"the user's")
    assert remove_leftovers(tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [".hidden", "notes.part"]


def _fail(monkeypatch, call, code):
    def fail(*_):
        raise OSError(code, os.strerror(code))

    if call == "fsync":
        monkeypatch.setattr("alienlab.session.files.os.fsync", fail)
    else:
        monkeypatch.setattr("alienlab.session.files._write_and_sync", fail)
