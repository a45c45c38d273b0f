"""The watched plane: run as ``python -m alienlab.bench.space_window``, it prints what it measured as JSON."""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from alienlab.app.beginning import Beginning
from alienlab.bootstrap import build_window, make_application, start_engine
from alienlab.domain.ports import BrainSource
from alienlab.session.paths import AppPaths, embedded_brain
from alienlab.ui.main_window import MainWindow

SIZE = QSize(1440, 900)
FRAMES, TICK_MS = 300, 16
DRIFT = (6.0, 2.0)
"""Pixels that the view moves in a frame: new tiles come in at all times."""


class Watch(QObject):
    """Looks at the plane once the first images are there, waits for its first tiles, and pans while others come."""

    def __init__(self, window: MainWindow, app: QApplication) -> None:
        super().__init__(window)
        self._window, self._app = window, app
        self._tiles, self._view = window.lab.space.tiles, window.space_panel.plane.view
        self._canvas = QPixmap()
        self._asked = self._sketched = 0.0
        self._times: list[float] = []
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._pan)
        window.lab.settled.connect(self._look, Qt.ConnectionType.QueuedConnection)

    def _look(self) -> None:
        self._window.lab.settled.disconnect(self._look)
        self._tiles.progressed.connect(self._take)
        self._asked = time.perf_counter()
        self._window.actions_["space.show"].trigger()

    def _take(self) -> None:
        if self._tiles.progress.coarse and not self._timer.isActive():
            self._sketched = time.perf_counter() - self._asked
            self._tiles.progressed.disconnect(self._take)
            self._canvas = QPixmap(self._view.size())
            self._timer.start()

    def _pan(self) -> None:
        start = time.perf_counter()
        self._view.go(self._view.viewpoint.moved(*DRIFT))
        self._view.render(self._canvas)
        self._times.append((time.perf_counter() - start) * 1000)
        if len(self._times) == FRAMES:
            self._timer.stop()
            self._report()

    def _report(self) -> None:
        figures = {
            "plane_sketch_s": self._sketched,
            "plane_paint_p95_ms": float(np.percentile(self._times, 95)),
        }
        print(json.dumps(figures), flush=True)
        self._window.close()
        self._app.quit()


def main() -> int:
    paths = AppPaths.of_user()
    engine = start_engine(paths)
    app = make_application(sys.argv[:1])
    window = build_window(app, engine=engine, paths=paths)
    window.resize(SIZE)
    watch = Watch(window, app)
    source = BrainSource(location=str(embedded_brain()))
    window.show()
    QTimer.singleShot(0, watch, lambda: window.lab.begin(source, session=None, beginning=Beginning()))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
