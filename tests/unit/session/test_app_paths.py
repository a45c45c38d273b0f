from pathlib import Path

import pytest

from alienlab.domain.errors import SessionError
from alienlab.session.paths import (
    AppPaths,
    bold_font,
    embedded_brain,
    regular_font,
    resources_folder,
    session_folder,
)


def test_one_variable_moves_everything(tmp_path):
    paths = AppPaths.of_user({"ALIENLAB_HOME": str(tmp_path)})
    assert all(folder.is_relative_to(tmp_path) for folder in (paths.data, paths.cache, paths.config))
    assert len({paths.data, paths.cache, paths.config}) == 3


def test_without_it_the_platform_decides():
    paths = AppPaths.of_user({})
    assert paths.data.is_absolute()
    assert "alienlab" in str(paths.config).lower()


def test_a_bare_name_lives_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    paths = AppPaths.below(tmp_path / "home")
    assert session_folder("cats", paths=paths) == paths.sessions / "cats"
    assert session_folder("My cats 2", paths=paths).parent == paths.sessions


def test_a_path_and_an_existing_folder_are_themselves(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    paths = AppPaths.below(tmp_path / "home")
    (tmp_path / "here").mkdir()
    assert session_folder("here", paths=paths) == tmp_path / "here"
    assert session_folder("a/b", paths=paths) == tmp_path / "a" / "b"
    assert session_folder("./new", paths=paths) == tmp_path / "new"
    assert session_folder(tmp_path / "abs", paths=paths) == tmp_path / "abs"


@pytest.mark.parametrize("name", ["", "  ", "a:b", "what?", "..hidden", "a\nb", "x" * 300])
def test_a_name_that_no_folder_can_have_is_refused(name, tmp_path):
    with pytest.raises(SessionError, match="cannot name a session"):
        session_folder(name, paths=AppPaths.below(tmp_path))


def test_the_resources_are_found():
    assert embedded_brain() == resources_folder() / "brains" / "homunculus"
    assert (embedded_brain() / "model_index.json").is_file()
    assert regular_font().is_file()
    assert bold_font().is_file()
    assert "Bitstream Vera" in (Path(regular_font()).parent / "LICENSE").read_text(encoding="utf-8")
