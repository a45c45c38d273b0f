"""The watched application: run as ``python -m alienlab.bench.window``, it prints what it measured as JSON."""

from __future__ import annotations

import json
import sys
import time

import numpy as np
import psutil
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from alienlab.app.beginning import Beginning
from alienlab.bootstrap import build_window, make_application, start_engine
from alienlab.domain.anatomy import Anatomy, Kind, Module, Role, Stage
from alienlab.domain.ports import BrainSource
from alienlab.session.paths import AppPaths, embedded_brain
from alienlab.ui.brain_map.paint_times import paint_times
from alienlab.ui.main_window import MainWindow

TICK_MS = 5
RENDERS = 5
LARGE = 2000


class FirstPaint(QObject):
    """Notes when a window has been painted for the first time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.at = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.at and event.type() == QEvent.Type.Paint:
            self.at = time.time()
        return False


class Pulse(QObject):
    """Ticks in the event loop and notes how long it ever had to wait, in milliseconds beyond its interval."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.longest_wait = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self.longest_wait = 0.0
        self._clock.start()
        self._timer.start()

    def _tick(self) -> None:
        waited = self._clock.nsecsElapsed() / 1e6 - TICK_MS
        self._clock.start()
        self.longest_wait = max(self.longest_wait, waited)


class Watch(QObject):
    """Takes the application through its first images and some renders more, then reports and leaves."""

    def __init__(self, window: MainWindow, app: QApplication) -> None:
        super().__init__(window)
        self._window, self._app = window, app
        self._paint, self._pulse = FirstPaint(window), Pulse(self)
        self._left = RENDERS
        self._figures: dict[str, float] = {}
        window.lab.settled.connect(self._next, Qt.ConnectionType.QueuedConnection)

    def _next(self) -> None:
        if "first_images_at" not in self._figures:
            self._figures["visible_at"] = self._paint.at
            self._figures["first_images_at"] = time.time()
            self._pulse.start()
        if self._left:
            self._left -= 1
            self._window.lab.settings.roll_seed()
            self._window.lab.render()
            return
        self._window.lab.settled.disconnect(self._next)
        self._report()

    def _report(self) -> None:
        self._figures["ui_blocked_ms"] = self._pulse.longest_wait
        self._figures |= _memory()
        anatomy = self._window.lab.brain.anatomy
        assert anatomy is not None
        for key, shown in (("map_paint_p95_ms", anatomy), ("map_paint_2000_p95_ms", large_anatomy(LARGE))):
            self._figures[key] = float(np.percentile(paint_times(shown), 95))
        print(json.dumps(self._figures), flush=True)
        self._window.close()
        self._app.quit()


def _memory() -> dict[str, float]:
    """Of this process and the worker, in GB: resident, and with what both share counted once."""
    own = psutil.Process()
    infos = [process.memory_full_info() for process in (own, *own.children(recursive=True))]
    resident, proportional = (sum(getattr(info, kind, info.rss) for info in infos) for kind in ("rss", "pss"))
    return {"memory_gb": resident / 1e9, "memory_unshared_gb": proportional / 1e9}


def large_anatomy(modules: int) -> Anatomy:
    """A made-up brain: regions of twelve modules, half of them in an encoder and half in a decoder."""

    def module(order: int) -> Module:
        encoder = order < modules // 2
        block = order // 100
        path = f"{'down' if encoder else 'up'}_blocks.{block}.resnets.{order // 12}.conv{order}"
        stage = Stage.ENCODER if encoder else Stage.DECODER
        kind = (Kind.CONV, Kind.LINEAR, Kind.NORM)[order % 3]
        return Module(path, kind, Role.RESNET, stage, min(block, 3), order, order, {"weight": (order + 1, 8)})

    return Anatomy(tuple(map(module, range(modules))), ())


def main() -> int:
    paths = AppPaths.of_user()
    engine = start_engine(paths)
    app = make_application(sys.argv[:1])
    window = build_window(app, engine=engine, paths=paths)
    watch = Watch(window, app)
    source = BrainSource(location=str(embedded_brain()))
    window.show()
    QTimer.singleShot(0, watch, lambda: window.lab.begin(source, session=None, beginning=Beginning()))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
