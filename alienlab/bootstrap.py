"""The one place that wires the layers together: it starts the window."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from dataclasses import replace
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from alienlab import __version__
from alienlab.app.beginning import Beginning
from alienlab.app.laboratory import Laboratory
from alienlab.app.live import Live
from alienlab.app.messages import Message, Tone
from alienlab.app.preferences import Preferences
from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.declarations import FoundPlugin
from alienlab.domain.laboratories.equipment import Equipment
from alienlab.domain.laboratories.ports import PluginEngine
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource, Engine
from alienlab.engine.client import WorkerEngine
from alienlab.extensions.client import PluginProcess
from alienlab.extensions.discovery import find_plugins
from alienlab.extensions.loading import called
from alienlab.session.paths import AppPaths, application_icon, embedded_brain
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.dialogs import Dialogs
from alienlab.ui.main_window import MainWindow
from alienlab.ui.theme import Appearance

log = logging.getLogger("alienlab")

SCREENSHOT_PATIENCE_MS = 300_000
"""How long a screenshot waits for its images."""


def main() -> int:
    """Open the window as it was left: for starters that give no arguments."""
    return run()


def run(
    *,
    source: BrainSource | None = None,
    session: str | None = None,
    prompt: str | None = None,
    lesions: tuple[str, ...] = (),
    recogniser: str | None = None,
    screenshot: Path | None = None,
    size: tuple[int, int] = (1440, 900),
) -> int:
    """Open the window and return the exit code; with ``screenshot``, save a picture of it and leave.

    ``recogniser`` takes the place of the one that is remembered, until the window closes.
    Raises LesionError for a lesion that cannot be understood.
    """
    beginning = Beginning(prompt=prompt, lesions=tuple(LesionSpec.parse(text) for text in lesions))
    if screenshot is not None and not os.environ.get("DISPLAY") and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    paths = AppPaths.of_user()
    keep_log(paths)
    engine = start_engine(paths)
    app = make_application(sys.argv[:1])
    window = build_window(
        app,
        engine=engine,
        paths=paths,
        found_plugins=find_plugins(paths.plugins),
        plugin_engine=PluginProcess(paths.cache),
    )
    report_defects_to(window)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Qt's event loop would never let Python see Ctrl+C
    if screenshot is not None:
        window.resize(*size)
        take_screenshot_when_settled(window, screenshot, app)
    window.show()
    opened = source or BrainSource(location=window.lab.preferences.settings.last_brain or str(embedded_brain()))
    opened = replace(opened, recogniser=recogniser)
    # After the window is on the screen: opening a session may read many files.
    QTimer.singleShot(0, window, lambda: window.lab.begin(opened, session=session, beginning=beginning))
    return app.exec()


def start_engine(paths: AppPaths) -> WorkerEngine:
    """The engine with its process on the way: torch is imported there while the window is built here."""
    engine = WorkerEngine(paths.cache, call=called)
    engine.start()
    return engine


def make_application(arguments: list[str]) -> QApplication:
    app = QApplication(arguments)
    app.setApplicationName("AlienLab")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(application_icon())))
    QGuiApplication.setDesktopFileName("alienlab")
    gc.freeze()  # what is imported stays: looking through it again and again would stop the window for 0.15 s
    return app


def build_window(
    app: QApplication,
    *,
    engine: Engine,
    paths: AppPaths,
    live: Live | None = None,
    dialogs: Dialogs | None = None,
    found_plugins: tuple[FoundPlugin, ...] = (),
    plugin_engine: PluginEngine | None = None,
) -> MainWindow:
    """The window with everything behind it; ``window.lab.begin`` sets it to work.

    ``plugin_engine`` starts its process when laboratories are first looked at.
    """
    preferences = Preferences(paths.settings_file)
    appearance = AppearanceSwitch(app, Appearance(preferences.settings.appearance))
    live = live or Live()
    lab = Laboratory(
        engine=engine,
        paths=paths,
        preferences=preferences,
        live=live,
        found_plugins=found_plugins,
        plugin_engine=plugin_engine,
    )
    if isinstance(engine, WorkerEngine):
        engine.equipment = lambda: Equipment.of(lab.plugins.shelf)
    live.set_enabled(preferences.settings.live)
    window = MainWindow(lab, appearance, dialogs)
    lab.setParent(window)
    return window


def keep_log(paths: AppPaths) -> None:
    """Write what goes wrong to a file in the data folder, where that is possible."""
    try:
        paths.data.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            paths.data / "alienlab.log", maxBytes=2**20, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)


def report_defects_to(window: MainWindow) -> None:
    """An exception that nobody caught becomes a message and a line in the log, not a crash."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("Not caught", exc_info=(kind, error, trace))
        text = str(error) if isinstance(error, AlienLabError) else f"Something in AlienLab failed: {error!r}"
        window.messages.show_message(Message(text))

    sys.excepthook = report


def take_screenshot_when_settled(window: MainWindow, file: Path, app: QApplication) -> None:
    """Grab the whole window once everything is rendered, and leave.

    Exit code 2 where something that the user can mend went wrong, after its sentence on standard error.
    """
    errors: list[str] = []

    def leave(error: str = "") -> None:
        if not window.lab.archive.settle():
            error = error or f"The disk is full: {window.lab.archive.unsaved} could not be saved."
            window.lab.archive.give_up()
        if error:
            print(f"alienlab: {error}", file=sys.stderr)
        window.close()
        app.exit(2 if error else 0)

    def note(message: Message) -> None:
        if message.tone is Tone.ERROR:
            errors.append(message.text)

    def grab() -> None:
        window.lab.settled.disconnect(grab)
        if errors:
            leave(errors[0])
            return
        window.lab.archive.finish()
        for _ in range(2):  # what is saved appears in the strip, and only then is its thumbnail asked for
            app.processEvents()
            window.grab()
            window.lab.log.finish()
        app.processEvents()
        leave("" if _save(window, file) else f"The picture cannot be written to {file}.")

    window.lab.message.connect(note)
    window.lab.settled.connect(grab, Qt.ConnectionType.QueuedConnection)
    QTimer.singleShot(SCREENSHOT_PATIENCE_MS, window, lambda: leave("The images did not come about in time."))


def _save(window: MainWindow, file: Path) -> bool:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return window.grab().save(str(file))
