"""The watched session log: run as ``python -m alienlab.bench.log_window``, it prints what it measured as JSON."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from alienlab.bench.many_renders import make_many_renders
from alienlab.bootstrap import build_window, make_application
from alienlab.engine.client import WorkerEngine
from alienlab.session.paths import AppPaths
from alienlab.ui.log.log_bar import Shape
from alienlab.ui.main_window import MainWindow

RENDERS = 20_000
SIZE = QSize(1440, 900)
FRAMES, TICK_MS = 200, 16
STEP = 90
"""Pixels that the view moves in a frame, and every tenth frame a whole screen: new rows come in at all times."""
WORDS = "fox crown"


class Watch(QObject):
    """Opens a large session, scrolls through its gallery and its list, and filters it."""

    def __init__(self, window: MainWindow, app: QApplication, folder: Path) -> None:
        super().__init__(window)
        self._window, self._app, self._folder = window, app, folder
        self._panel = window.log_panel
        self._canvas, self._times = QPixmap(), list[float]()
        self._figures: dict[str, float] = {}
        self._asked = self._answered = 0.0
        self._course = self._steps()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(lambda: next(self._course, None))

    def start(self) -> None:
        """Once the empty window stands."""
        self._window.actions_["log.show"].trigger()
        start = time.perf_counter()
        self._window.lab.session.open(self._folder)
        for view in (self._panel.gallery, self._window.strip.list):
            view.viewport().repaint()
        self._figures["log_open_ms"] = (time.perf_counter() - start) * 1000
        self._timer.start()

    def _steps(self) -> Iterator[None]:
        """One thing in each turn of the timer."""
        for key, shape in (("log_paint_p95_ms", Shape.GALLERY), ("log_list_paint_p95_ms", Shape.LIST)):
            self._panel.set_shape(shape)
            self._times = []
            yield
            self._canvas = QPixmap(self._panel.view.viewport().size())
            for frame in range(FRAMES):
                self._scroll(frame)
                yield
            self._figures[key] = float(np.percentile(self._times, 95))
        self._figures["log_memory_mb"] = psutil.Process().memory_info().rss / 1e6
        self._panel.rows.arranged.connect(self._take_answer)
        self._asked = time.perf_counter()
        self._panel.rows.set_text(WORDS)
        while self._panel.rows.is_waiting:
            yield
        self._figures["log_filter_ms"] = (self._answered - self._asked) * 1000
        self._report()

    def _take_answer(self) -> None:
        self._answered = time.perf_counter()

    def _scroll(self, frame: int) -> None:
        view = self._panel.view
        bar = view.verticalScrollBar()
        start = time.perf_counter()
        bar.setValue(bar.value() + (bar.pageStep() if frame % 10 == 0 else STEP))
        view.viewport().render(self._canvas)
        self._times.append((time.perf_counter() - start) * 1000)

    def _report(self) -> None:
        self._timer.stop()
        print(json.dumps(self._figures), flush=True)
        self._window.close()
        self._app.quit()


def main() -> int:
    paths = AppPaths.of_user()
    engine = WorkerEngine(paths.cache)  # not started: nothing is rendered
    app = make_application(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        session = Path(folder) / "many"
        make_many_renders(session, RENDERS)
        window = build_window(app, engine=engine, paths=paths)
        window.resize(SIZE)
        watch = Watch(window, app, session)
        window.show()
        QTimer.singleShot(0, watch, watch.start)
        return app.exec()


if __name__ == "__main__":
    sys.exit(main())
