"""The selection says when it changes, and only then."""

from __future__ import annotations

from alienlab.app.selection import Selection


def changes_of(selection: Selection) -> list[frozenset[str]]:
    seen: list[frozenset[str]] = []
    selection.changed.connect(lambda: seen.append(selection.paths))
    return seen


def test_replacing_by_the_same_paths_is_no_change(qapp) -> None:
    selection = Selection()
    seen = changes_of(selection)
    selection.replace(["a", "b"])
    selection.replace(["b", "a"])
    assert seen == [{"a", "b"}]


def test_toggling_a_partly_selected_group_selects_all_of_it_first(qapp) -> None:
    selection = Selection()
    selection.replace(["a", "x"])
    selection.toggle(["a", "b"])
    assert selection.paths == {"a", "b", "x"}
    selection.toggle(["a", "b"])
    assert selection.paths == {"x"}


def test_another_brain_leaves_only_what_it_has(qapp) -> None:
    selection = Selection()
    selection.replace(["a", "b"])
    selection.retain(["b", "c"])
    assert selection.paths == {"b"}


def test_extending_and_clearing(qapp) -> None:
    selection = Selection()
    selection.extend(["a"])
    selection.extend(["b"])
    assert selection.paths == {"a", "b"}
    selection.clear()
    assert not selection.paths
