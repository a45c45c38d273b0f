"""Starts the application in a process of its own, as a user does, and collects what it measured of itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time

from alienlab.domain.errors import AlienLabError

PATIENCE_SECONDS = 300


def measure_window() -> dict[str, float]:
    """Start the window with an empty home, let it make its first images, and render while it is watched."""
    started = time.time()
    figures = measure_watched("alienlab.bench.window")
    figures["window_visible_s"] = figures.pop("visible_at") - started
    figures["first_images_s"] = figures.pop("first_images_at") - started
    return figures


def measure_watched(module: str) -> dict[str, float]:
    """Run a module that watches a window, with an empty home, and take what it prints."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "ALIENLAB_HOME": home}
        if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        done = subprocess.run(
            [sys.executable, "-m", module],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
    if done.returncode != 0:
        raise AlienLabError(f"The window could not be measured: {done.stderr.strip().splitlines()[-1:]}.")
    return json.loads(done.stdout.splitlines()[-1])
