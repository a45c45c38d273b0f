"""The window with the embedded brain in a real worker process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from alienlab.app.beginning import Beginning
from alienlab.app.comparison import TileState
from alienlab.bootstrap import build_window
from alienlab.domain.ports import BrainSource
from alienlab.domain.recipe import Precision
from alienlab.engine.client import WorkerEngine
from alienlab.session.paths import AppPaths
from alienlab.ui.main_window import MainWindow

PATIENCE_MS = 240_000
STEPS = 3


@pytest.fixture
def engine(tmp_path: Path) -> WorkerEngine:
    return WorkerEngine(tmp_path / "cache")


@pytest.fixture
def window(qtbot: QtBot, qapp, engine: WorkerEngine, paths: AppPaths, homunculus: Path) -> Iterator[MainWindow]:
    """The first comparison is there, in few steps."""
    opened = build_window(qapp, engine=engine, paths=paths)
    opened.show()
    opened.lab.settings.set_values(replace(opened.lab.settings.values, steps=STEPS))
    source = BrainSource(location=str(homunculus), precision=Precision.FP32, device="cpu")
    opened.lab.begin(source, session=None, beginning=Beginning())
    qtbot.waitUntil(lambda: _is_finished(opened) and len(opened.lab.log.records) == 2, timeout=PATIENCE_MS)
    yield opened
    opened.close()
    opened.deleteLater()


def _is_finished(window: MainWindow) -> bool:
    tiles = window.lab.comparison.pair
    return bool(tiles) and all(tile.state is TileState.FINISHED for tile in tiles) and not window.lab.renders.is_busy


def _render(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: _is_finished(window), timeout=PATIENCE_MS)


def test_knock_out_a_module_on_the_map_then_undo_and_see_the_same_image_again(qtbot: QtBot, window: MainWindow) -> None:
    window.lab.lesions.clear()
    _render(qtbot, window)
    intact = window.lab.comparison.pair[0].image
    module = "up_blocks.2.attentions.1.proj_out"
    qtbot.mouseClick(window.brain_map.view, Qt.MouseButton.LeftButton, pos=window.brain_map.cell_center(module))
    assert window.lab.selection.paths == {module}
    qtbot.mouseClick(window.lesion_panel.knock_out_button, Qt.MouseButton.LeftButton)
    _render(qtbot, window)
    altered = window.lab.comparison.pair[1].image
    assert not np.array_equal(altered, intact)
    window.lab.undo_stack.undo()
    # Neither canvas nor session may know the image any more: it is to be rendered anew.
    window.lab.comparison.clear()
    window.lab.session.open("another session")
    _render(qtbot, window)
    (again,) = window.lab.comparison.pair
    assert np.array_equal(again.image, intact)
    assert window.lab.workload.intact


def test_a_worker_that_is_killed_in_mid_render_is_replaced_and_nothing_is_lost(
    qtbot: QtBot, window: MainWindow, engine: WorkerEngine
) -> None:
    before = engine.process_id
    assert before is not None
    window.prompt_bar.steps.setValue(60)
    window.lab.render()
    qtbot.waitUntil(lambda: window.lab.comparison.pair[0].state is TileState.DENOISING, timeout=PATIENCE_MS)
    psutil.Process(before).kill()
    qtbot.waitUntil(lambda: _is_finished(window) and len(window.lab.log.records) == 4, timeout=PATIENCE_MS)
    assert engine.process_id != before
