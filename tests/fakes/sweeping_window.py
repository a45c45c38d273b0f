"""Applications to be killed: the real window with a sweep that never ends, or that is gone on with to its end.

``python -m tests.fakes.sweeping_window`` reads a line for each: SESSION HOME BRAIN keep-on|finish, parted by tabs.
BRAIN is ``fake``, or the folder of a brain that is rendered with in a process of its own. Each application is a fork
of this process, which has imported everything. On standard output stand ``pid NUMBER``, ``sweeping`` once it is at
work, ``resting`` where its sweep was broken off, which it then goes on with, and ``ended CODE``.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from alienlab.app.beginning import Beginning
from alienlab.app.live import Live
from alienlab.app.messages import Message
from alienlab.bootstrap import build_window
from alienlab.domain.brain import Pace
from alienlab.domain.ports import BrainSource, Engine
from alienlab.domain.recipe import Precision
from alienlab.domain.sweeps.sweep import Kind
from alienlab.domain.sweeps.wishes import AxisWish, SweepWish
from alienlab.engine.client import WorkerEngine
from alienlab.session.log.sweep_log import SweepState
from alienlab.session.paths import AppPaths
from alienlab.ui.main_window import MainWindow
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import FakeEngine, brain_info

FAKE = "fake"
KEEP_ON, FINISH = "keep-on", "finish"
ATLAS = SweepWish(AxisWish(kind=Kind.KNOCKOUT, pattern="*"))
STEPS = 2


def main() -> None:
    for line in sys.stdin:
        process = os.fork()
        if not process:
            os._exit(live(*line.rstrip("\n").split("\t")))
        _say(f"pid {process}")
        _, status = os.waitpid(process, 0)
        _say(f"ended {os.waitstatus_to_exitcode(status)}")


def live(session: str, home: str, brain: str, mode: str) -> int:
    """One application; returns its exit code."""
    app = QApplication(["alienlab"])
    paths = AppPaths.below(Path(home))
    window = build_window(app, engine=_engine(brain, paths), paths=paths, live=Live())
    window.lab.settings.set_values(replace(window.lab.settings.values, steps=STEPS))
    window.lab.message.connect(_tell)
    window.lab.sweeps.changed.connect(lambda: _say_state(window))
    window.lab.sweeps.finished.connect(lambda: _go_on(window, app, mode))
    window.lab.opener.opened.connect(lambda before, info: _go_on(window, app, mode))
    source = BrainSource(location=brain, device="cpu", precision=Precision.FP32)
    window.lab.begin(source, session=session, beginning=Beginning())
    window.show()
    return app.exec()


def _engine(brain: str, paths: AppPaths) -> Engine:
    if brain != FAKE:
        return WorkerEngine(paths.cache, threads=1)
    return FakeEngine(unet_anatomy(), info=brain_info(paces=(Pace(8, 0.001),)))


def _go_on(window: MainWindow, app: QApplication, mode: str) -> None:
    """With the sweep that was broken off, else with another one."""
    sweeps = window.lab.sweeps
    if sweeps.is_resumable:
        sweeps.resume()
    elif mode == FINISH:
        window.close()
        app.exit(0)
    else:
        window.lab.settings.roll_seed()
        window.lab.lesions.replace_all(())
        sweeps.start(ATLAS.to_sweep(window.lab.sweep_display.base(), window.lab.brain.anatomy))


def _say_state(window: MainWindow) -> None:
    match window.lab.sweeps.state:
        case SweepState.RUNNING:
            _say("sweeping")
        case SweepState.PAUSED:
            _say("resting")
            QTimer.singleShot(0, window, window.lab.sweeps.resume)


def _say(line: str) -> None:
    print(line, flush=True)


def _tell(message: Message) -> None:
    print(message.text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
