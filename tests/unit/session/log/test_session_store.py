import multiprocessing
import sqlite3
import threading
from datetime import UTC, datetime

import numpy as np
import pytest

from alienlab.domain.errors import ImageError, SessionError, SessionLocked
from alienlab.session.log.database import DATABASE_FILE
from alienlab.session.log.store import Session
from tests.fakes.recipes import make_image, make_provenance, make_recipe


def test_a_render_is_there_after_a_restart(folder):
    recipe = make_recipe("a cat", "mid_block.*:zero", negative="fog")
    image = make_image(5, width=48, height=32)
    before = datetime.now(UTC)
    with Session.open(folder) as session:
        saved = session.save(recipe, image, make_provenance("a note"), recipe_id="r", computation_id="c")
    with Session.open(folder) as session:
        assert session.name == "cats"
        assert session.findings == ()
        [record] = session.records()
        assert record == saved
        assert (record.recipe, record.provenance) == (recipe, make_provenance("a note"))
        assert before <= record.created <= datetime.now(UTC)
        assert np.array_equal(session.load_image(record), image)
        assert session.find("c") == saved
        assert session.find("r") is None
        assert session.find("") is None


def test_records_come_newest_first_and_in_pages(session, save):
    saved = [save(session, seed=seed) for seed in range(7)]
    assert session.records() == saved[::-1]
    assert session.records(limit=2, offset=1) == [saved[5], saved[4]]
    assert session.records(limit=5, offset=5) == [saved[1], saved[0]]
    assert len(session) == 7
    assert [record.number for record in saved] == sorted({record.number for record in saved})


def test_numbers_go_on_after_a_restart(folder, save):
    with Session.open(folder) as session:
        first = save(session)
    with Session.open(folder) as session:
        assert save(session).number == first.number + 1


def test_the_newest_render_of_a_computation_is_found(session, save):
    save(session, seed=1)
    newer = save(session, seed=1)
    assert session.find(newer.computation_id) == newer


def test_only_one_may_write(folder):
    with Session.open(folder):
        with pytest.raises(SessionLocked, match=r"'cats' is open in another window"):
            Session.open(folder)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            assert pool.apply(_error_of_opening, (folder,)) == "SessionLocked"
    Session.open(folder).close()


def _error_of_opening(folder):
    try:
        Session.open(folder).close()
    except SessionError as error:
        return type(error).__name__
    return None


def test_reading_needs_no_lock_and_sees_what_is_written(session, save):
    with Session.open_read_only(session.folder) as reader:
        assert reader.records() == []
        record = save(session)
        assert reader.records()[0].number == record.number
        assert np.array_equal(reader.load_image(record), session.load_image(record))


def test_a_closed_session_says_so(folder, save):
    session = Session.open(folder)
    record = save(session)
    session.close()
    session.close()
    for use in (session.records, lambda: save(session), lambda: len(session)):
        with pytest.raises(SessionError, match="closed"):
            use()
    assert [path.name for path in (folder / "images").iterdir()] == [record.file.name]


def test_threads_may_save_at_once(session, save):
    threads = [
        threading.Thread(target=lambda i=i: [save(session, seed=10 * i + k) for k in range(5)]) for i in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    records = session.records()
    assert len({record.number for record in records}) == 20
    assert {record.recipe.seed for record in records} == {10 * i + k for i in range(4) for k in range(5)}
    for record in records:
        assert np.array_equal(session.load_image(record), make_image(record.recipe.seed, width=16, height=16))


def test_an_image_without_a_record_is_adopted(folder, save):
    with Session.open(folder) as session:
        records = [save(session, "conv_in:zero", seed=seed) for seed in range(3)]
    for file in folder.glob(f"{DATABASE_FILE}*"):
        file.unlink()
    with Session.open(folder) as session:
        assert session.records() == records[::-1]
        assert "3 images" in session.findings[0]
        assert session.find(records[1].computation_id) == records[1]
    with Session.open(folder) as session:
        assert session.findings == ()


def test_an_image_put_in_by_hand_gets_a_number_of_its_own(folder, save, tmp_path):
    with Session.open(tmp_path / "other") as other:
        foreign = save(other, seed=99)
    with Session.open(folder) as session:
        own = save(session)
    (folder / "images" / "my cat.png").write_bytes(foreign.file.read_bytes())
    with Session.open(folder) as session:
        newest, oldest = session.records()
        assert oldest == own
        assert newest.recipe.seed == 99
        assert newest.number > own.number
        assert save(session).number > newest.number


def test_leftovers_go_and_strangers_stay(folder, save):
    with Session.open(folder) as session:
        data = save(session).file.read_bytes()
    images = folder / "images"
    (images / ".000009.png.0011.part").write_bytes(data[:100])
    (images / "half.png").write_bytes(data[: len(data) // 2])
    (images / "holiday.png").write_bytes(b"no image")
    (images / "notes.txt").write_text("mine")
    with Session.open(folder) as session:
        assert len(session) == 1
        assert "2 files" in session.findings[0]
    assert sorted(path.name for path in images.iterdir()) == ["000001.png", "half.png", "holiday.png", "notes.txt"]


def test_a_record_without_its_image_is_kept_and_marked(folder, save):
    with Session.open(folder) as session:
        lost, kept = save(session, seed=1), save(session, seed=2)
    data = lost.file.read_bytes()
    lost.file.unlink()
    with Session.open(folder) as session:
        assert [record.missing for record in session.records()] == [False, True]
        assert session.records()[1].recipe == lost.recipe
        assert session.find(lost.computation_id) is None
        assert session.find(kept.computation_id) == kept
        assert "1 record without an image" in session.findings[0]
        with pytest.raises(ImageError, match="gone"):
            session.load_image(session.records()[1])
    lost.file.write_bytes(data)
    with Session.open(folder) as session:
        assert session.find(lost.computation_id) == lost


def test_a_damaged_image_gives_a_sentence(session, save):
    record = save(session)
    record.file.write_bytes(record.file.read_bytes()[:200])
    with pytest.raises(ImageError, match=record.file.name):
        session.load_image(record)


def test_a_folder_of_other_things_is_refused(tmp_path):
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "holiday.png").write_bytes(b"x")
    with pytest.raises(SessionError, match="holds other files"):
        Session.open(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["images"]
    with pytest.raises(SessionError, match="is a file"):
        Session.open(tmp_path / "images" / "holiday.png")
    with pytest.raises(SessionError, match="There is no session"):
        Session.open_read_only(tmp_path)


def test_an_empty_folder_will_do(tmp_path):
    (tmp_path / ".DS_Store").write_bytes(b"")
    Session.open(tmp_path).close()
    Session.open(tmp_path).close()


def test_another_programs_database_is_refused_and_unchanged(folder):
    folder.mkdir()
    connection = sqlite3.connect(folder / DATABASE_FILE)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.commit()
    connection.close()
    before = (folder / DATABASE_FILE).read_bytes()
    for opening in (Session.open, Session.open_read_only):
        with pytest.raises(SessionError, match="not a session of AlienLab"):
            opening(folder)
    assert (folder / DATABASE_FILE).read_bytes() == before


@pytest.mark.parametrize("damage", ["text", "cut", "scrambled"])
def test_a_damaged_log_is_named_and_can_be_rebuilt(folder, save, damage):
    with Session.open(folder) as session:
        records = [save(session, seed=seed) for seed in range(20)]
    file = folder / DATABASE_FILE
    whole = file.read_bytes()
    noise = np.random.default_rng(0).bytes(len(whole) - 100)
    file.write_bytes({"text": b"hello " * 1000, "cut": whole[:5000], "scrambled": whole[:100] + noise}[damage])
    for opening in (Session.open, Session.open_read_only):
        with pytest.raises(SessionError, match=r"damaged.*Move"), opening(folder) as session:
            session.records()
    file.unlink()
    with Session.open(folder) as session:
        assert session.records() == records[::-1]


def test_one_unreadable_row_does_not_hide_the_others(folder, save):
    with Session.open(folder) as session:
        kept, broken = save(session, seed=1), save(session, seed=2)
    connection = sqlite3.connect(folder / DATABASE_FILE)
    connection.execute("UPDATE renders SET recipe = '{]' WHERE number = ?", (broken.number,))
    connection.commit()
    connection.close()
    with Session.open(folder) as session:
        assert session.records() == [kept]
    assert broken.file.is_file()


def test_a_name_in_the_log_cannot_lead_out_of_the_session(folder, save, tmp_path):
    with Session.open(folder) as session:
        save(session)
    connection = sqlite3.connect(folder / DATABASE_FILE)
    connection.execute("UPDATE renders SET file = '../../secret.png'")
    connection.commit()
    connection.close()
    (tmp_path / "secret.png").write_bytes(b"")
    with Session.open(folder) as session:
        assert all(record.file.parent == folder / "images" for record in session.records())


def test_a_read_only_session_is_refused_for_writing_and_read_all_the_same(folder, save, without_write_access):
    with Session.open(folder) as session:
        record = save(session)
    with without_write_access(folder):
        with pytest.raises(SessionError, match=r"cannot be written to. Choose another folder"):
            Session.open(folder)
        with pytest.raises(SessionError, match="cannot be written to"):
            Session.open(folder / "new")
        with Session.open_read_only(folder) as reader:
            assert reader.records() == [record]
            assert np.array_equal(reader.load_image(record), make_image(7, width=16, height=16))


def test_what_is_not_yet_merged_is_read_from_a_read_only_folder_too(folder, save, without_write_access, tmp_path):
    with Session.open(folder) as session:
        record = save(session)
        copy = tmp_path / "copy"
        copy.mkdir()
        for file in folder.glob("session.sqlite*"):
            if not file.name.endswith("-shm"):
                (copy / file.name).write_bytes(file.read_bytes())
    assert (copy / f"{DATABASE_FILE}-wal").stat().st_size > 0
    with without_write_access(copy), Session.open_read_only(copy) as reader:
        assert reader.records()[0].recipe == record.recipe
