"""A plugin that takes the engine's process with it: it is named, and its job is not tried again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pytestqt.qtbot import QtBot

from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import OpenJob
from alienlab.domain.errors import WorkerDied
from alienlab.domain.events import Done, Event, Failed, Failure, Loading, Opened, PluginBroke
from alienlab.domain.ports import BrainSource, RenderJob
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.recipes import make_recipe

RECIPE = make_recipe(seed=1, size=(32, 32))
SENTENCE = "The plugin some-plugin did not return while it worked for the process that renders."


@dataclass
class EngineWithPlugin(FakeEngine):
    """Whose process a plugin ends in the first job."""

    asked: list[str] = field(default_factory=list)

    def open(self, source: BrainSource) -> Iterator[Event]:
        self.asked.append("open")
        return super().open(source)

    def render(self, job: RenderJob) -> Iterator[Event]:
        self.asked.append("render")
        if self.asked.count("render") == 1:
            raise WorkerDied(SENTENCE, plugin="some-plugin")
        yield from super().render(job)


def test_the_plugin_is_named_and_the_queue_goes_on(qtbot: QtBot) -> None:
    engine = EngineWithPlugin(unet_anatomy())
    thread = GenerationThread(engine)
    heard: list[Event] = []
    thread.happened.connect(heard.append)
    thread.start()
    try:
        thread.submit(OpenJob(number=1, source=BrainSource(location="fake")))
        thread.submit(RenderJob(number=2, recipes=(RECIPE,)))
        thread.submit(RenderJob(number=3, recipes=(RECIPE,)))
        qtbot.waitUntil(lambda: Done(3, intact=True) in heard)
    finally:
        thread.stop()
    told = [event for event in heard if not isinstance(event, Opened | Loading)]
    assert told[:2] == [
        PluginBroke(2, "some-plugin", SENTENCE),
        Failed(2, None, Failure.WORKER, SENTENCE),
    ]
    assert engine.asked == ["open", "render", "open", "render"]
