"""Leaves a mark beside itself when it is imported."""

import time
from pathlib import Path

import numpy as np

from alienlab.api import Curve, Exhibit, Film, Picture, Plot, Reading, Scale

(Path(__file__).parent / "was_imported").touch()


def still(values, workbench):
    pixels = np.zeros((8, 12, 3), np.uint8)
    pixels[..., 0 if values.text("tone") == "red" else 2] = round(values.number("level") * 255)
    pixels[::2, :, 1] = 255 if values.switch("grid_lines") else 0
    pixels[0, 0] = workbench.random.integers(0, 256, 3)
    x = np.arange(3.0)
    plot = Plot("Squares", (Curve("square", x, x**2),), Scale("x", 0, 0), Scale("y", 0, 0, "m"))
    return Exhibit(Picture(pixels), (plot,), (Reading("level", values.number("level"), "of white"),), "A note.")


def film(values, workbench):
    return Exhibit(Film(tuple(np.full((6, 6, 3), 40 * frame, np.uint8) for frame in range(5)), seconds=0.2))


def endless(values, workbench):
    while True:
        workbench.progress(None, "going on")
        time.sleep(0.005)  # stands for work that takes time, and leaves the core to the test
