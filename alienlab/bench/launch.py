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
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "ALIENLAB_HOME": home}
        if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        started = time.time()
        done = subprocess.run(
            [sys.executable, "-m", "alienlab.bench.window"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
    if done.returncode != 0:
        raise AlienLabError(f"The window could not be measured: {done.stderr.strip().splitlines()[-1:]}.")
    figures = json.loads(done.stdout.splitlines()[-1])
    figures["window_visible_s"] = figures.pop("visible_at") - started
    figures["first_images_s"] = figures.pop("first_images_at") - started
    return figures
