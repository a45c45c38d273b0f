"""The real window on a fake engine, in folders of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from alienlab.app.beginning import Beginning
from alienlab.app.live import Live
from alienlab.bootstrap import build_window
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource
from alienlab.session.paths import AppPaths
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.main_window import MainWindow
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import FakeEngine

PATIENCE_MS = 60_000
"""How long a test waits for what takes no time on a machine that does nothing else."""


@dataclass
class Answers(Dialogs):
    """Answers at once what a user would."""

    folder_answer: Path | None = None
    text_answer: str | None = None
    file_answer: Path | None = None
    choices: list[str | None] = field(default_factory=list)
    """What is chosen, one after another; after that the last of what is offered."""
    asked: list[str] = field(default_factory=list)

    def folder(self, title: str, start: Path) -> Path | None:
        self.asked.append(title)
        return self.folder_answer

    def text(self, title: str, label: str, start: str) -> str | None:
        self.asked.append(title)
        return self.text_answer

    def sheet_file(self, start: Path) -> Path | None:
        return self.file_answer

    def image_file(self, start: Path) -> Path | None:
        return self.file_answer

    def animation_file(self, start: Path) -> Path | None:
        return self.file_answer

    def table_file(self, start: Path) -> Path | None:
        return self.file_answer

    def figures_file(self, start: Path) -> Path | None:
        return self.file_answer

    def image_to_open(self, title: str, start: Path) -> Path | None:
        return self.file_answer

    def any_image(self, title: str, start: Path) -> Path | None:
        return self.file_answer

    def any_file(self, title: str, start: Path) -> Path | None:
        return self.file_answer

    def result_file(self, start: Path, suffixes: Sequence[str]) -> Path | None:
        return self.file_answer

    def archive_to_open(self, title: str, start: Path) -> Path | None:
        return self.file_answer

    def archive_file(self, start: Path) -> Path | None:
        return self.file_answer

    def lines_file(self, start: Path) -> Path | None:
        return self.file_answer

    def choice(self, title: str, text: str, answers: Sequence[str]) -> str | None:
        self.asked.append(text)
        return self.choices.pop(0) if self.choices else answers[-1]

    def about(self, title: str, text: str) -> None:
        self.asked.append(title)


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return AppPaths.below(tmp_path / "home")


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(unet_anatomy())


@pytest.fixture
def answers() -> Answers:
    return Answers()


OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, qapp, engine: FakeEngine, paths: AppPaths, answers: Answers) -> Iterator[OpenWindow]:
    """Opens a window; every one is closed at the end."""
    windows: list[MainWindow] = []

    def open_one(
        *lesions: str, prompt: str | None = None, session: str | None = None, recogniser: str | None = None
    ) -> MainWindow:
        live = Live(preview_delay_ms=0, settle_delay_ms=0)
        window = build_window(qapp, engine=engine, paths=paths, live=live, dialogs=answers)
        windows.append(window)
        window.show()
        specs = tuple(LesionSpec.parse(text) for text in lesions)
        source = BrainSource(location="fake", recogniser=recogniser)
        window.lab.begin(source, session=session, beginning=Beginning(prompt=prompt, lesions=specs))
        return window

    yield open_one
    engine.gate.set()
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow) -> MainWindow:
    """Open, with the first comparison finished and logged."""
    opened = open_window()
    wait_until_settled(qtbot, opened)
    return opened


@pytest.fixture(scope="module")
def lasting_window(request: pytest.FixtureRequest, qapp, tmp_path_factory: pytest.TempPathFactory):
    """One like ``window`` for all tests of a module, each of which leaves it as it was or puts it back first."""
    engine = FakeEngine(unet_anatomy())
    paths = AppPaths.below(tmp_path_factory.mktemp("lasting") / "home")
    opened = build_window(qapp, engine=engine, paths=paths, live=Live(), dialogs=Answers())
    opened.show()
    opened.lab.begin(BrainSource(location="fake"), session=None, beginning=Beginning())
    wait_until_settled(QtBot(request), opened)
    yield opened
    opened.close()
    opened.deleteLater()


def wait_until_settled(qtbot: QtBot, window: MainWindow, *, renders: int | None = None) -> None:
    """Until nothing is being rendered, and so many renders are in the log."""
    lab = window.lab

    def settled() -> bool:
        tiles = lab.comparison.pair
        finished = [tile for tile in lab.comparison.tiles if tile.image is not None]
        logged = len(finished) <= len(lab.log.records) if renders is None else len(lab.log.records) == renders
        return bool(tiles) and not lab.renders.is_busy and logged

    qtbot.waitUntil(settled, timeout=PATIENCE_MS)
