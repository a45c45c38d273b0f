import pytest

from alienlab.domain.errors import SessionError
from alienlab.session.settings import Appearance, Settings, load_settings, save_settings


def test_what_was_saved_is_there_at_the_next_start(tmp_path):
    file = tmp_path / "config" / "settings.json"
    settings = Settings(appearance=Appearance.LIGHT, window_state="AAAA", blur_flagged=True).with_brain("sd/15")
    save_settings(settings, file)
    assert load_settings(file) == settings


def test_without_a_file_there_are_defaults(tmp_path):
    assert load_settings(tmp_path / "none.json") == Settings()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b'{"appearance": "purple"}',
        b'{"recent_brains": 7}',
        b"[" * 100_000,
        b"\0" * 99,
    ],
)
def test_a_broken_file_is_kept_aside_and_never_stops_the_start(tmp_path, content):
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    assert load_settings(file) == Settings()
    assert (tmp_path / "settings.json.broken").read_bytes() == content
    save_settings(Settings(live=True), file)
    assert load_settings(file).live


def test_a_folder_in_its_place_does_not_stop_the_start(tmp_path):
    (tmp_path / "settings.json").mkdir()
    assert load_settings(tmp_path / "settings.json") == Settings()


def test_fields_of_a_later_version_are_passed_over(tmp_path):
    (tmp_path / "settings.json").write_text('{"live": true, "holograms": "on"}')
    assert load_settings(tmp_path / "settings.json").live


def test_the_latest_stands_first_once():
    settings = Settings()
    for folder in ["a", "b", "a", *map(str, range(20))]:
        settings = settings.with_session(folder)
    assert settings.recent_sessions[0] == "19" == settings.last_session
    assert len(settings.recent_sessions) == len(set(settings.recent_sessions)) == 10


def test_a_place_that_cannot_be_written_gives_a_sentence(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SessionError):
        save_settings(Settings(), tmp_path / "file" / "settings.json")
