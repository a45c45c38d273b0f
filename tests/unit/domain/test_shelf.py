"""Which plugins are on, and how what they offer is found."""

from __future__ import annotations

import pytest

from alienlab.domain.laboratories.declarations import Code, FoundPlugin, Measure, Origin, Plugin
from alienlab.domain.laboratories.shelf import PluginError, Shelf


def found(id_: str, *measures: str, origin: Origin = Origin.BUILT_IN, error: str = "") -> FoundPlugin:
    offers = tuple(
        Measure(plugin=id_, id=name, name=name, summary=name, code=Code(id_, f"{id_}:{name}")) for name in measures
    )
    plugin = Plugin(id=id_, name=id_, version="1", api=1, summary=id_, offers=offers)
    return FoundPlugin(id=id_, origin=origin, place="here", plugin=None if error else plugin, error=error)


SHELF = Shelf(
    found=(
        found("ours", "glow", "both"),
        found("theirs", "both", origin=Origin.INSTALLED),
        found("mine", "own", origin=Origin.USER_FOLDER),
        found("broken", error="It is torn."),
    )
)


def test_the_users_are_off_until_they_are_switched_on() -> None:
    assert [plugin.id for plugin in SHELF.plugins()] == ["ours", "theirs"]
    switched = SHELF.switched("mine", on=True).switched("ours", on=False)
    assert [plugin.id for plugin in switched.plugins()] == ["theirs", "mine"]
    assert switched.switched("mine", on=False).switched("ours", on=True).plugins() == SHELF.plugins()


def test_a_failure_lasts_until_it_is_switched_on_again() -> None:
    failed = SHELF.without("ours", "It broke.")
    assert not failed.is_on("ours")
    assert failed.is_wanted("ours")
    assert failed.switched("ours", on=True).is_on("ours")


def test_offers_are_found_by_their_key_and_by_an_id_that_one_has() -> None:
    assert SHELF.find(Measure, "glow").key == "ours/glow"
    assert SHELF.find(Measure, "theirs/both").key == "theirs/both"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("both", "Take one of: ours/both, theirs/both."),
        ("nothing", "There is no measure 'nothing'. Known are ours/glow, ours/both, theirs/both."),
        ("own", "offered by the plugin mine, which cannot be used. It is switched off"),
        ("mine/own", "switch it on in the settings, or with `alienlab plugin on mine`."),
        ("broken/x", "It is torn."),
    ],
)
def test_what_cannot_be_found_says_why(name: str, said: str) -> None:
    with pytest.raises(PluginError) as missing:
        SHELF.find(Measure, name)
    assert said in str(missing.value)
