"""What plugins should not do."""

import os
import sys
import time

import numpy as np

from alienlab.api import AlienLabError, Exhibit, Picture, Reading, Stopped


def fine(values, workbench):
    workbench.progress(0.5, "half")
    noise = (workbench.random.random((8, 9, 3)) * 255 * values.number("amount")).astype(np.uint8)
    picture = values.material("picture")
    if picture is not None:
        noise[:2, :2] = workbench.image(picture)[:2, :2]
    place = values.material("place")
    files = 0 if place is None else len(list(workbench.path(place).iterdir()))
    return Exhibit(Picture(noise), readings=(Reading("files", files),))


def raising(values, workbench):
    return 1 / 0


def mending(values, workbench):
    raise AlienLabError("Choose a larger amount.")


def endless(values, workbench):
    while True:
        time.sleep(0.01)  # without end is what is tested; a busy loop would take the core from the test


def telling(values, workbench):
    while True:
        workbench.progress(None, "on and on")
        time.sleep(0.005)  # stands for work that takes time, and leaves the core to the test


def deaf(values, workbench):
    while True:
        try:
            workbench.progress(None, "what?")
            time.sleep(0.005)  # as above
        except Stopped:
            continue


def leaving(values, workbench):
    os._exit(7)


def exiting(values, workbench):
    sys.exit(3)


def printing(values, workbench):
    for _ in range(3000):
        print("x" * 1000)
    os.write(1, b"past Python\n")
    print("complaint", file=sys.stderr)
    return Exhibit(Picture(np.zeros((2, 2, 3), np.uint8)))


def malformed(values, workbench):
    return Exhibit(Picture(np.full((4, 4, 3), np.nan)))


def showing(values, workbench):
    workbench.show(Exhibit(Picture("no pixels")))
    return Exhibit(Picture(np.zeros((2, 2, 3), np.uint8)))


def greedy(values, workbench):
    np.zeros((2**50,), np.uint8)


def no_network(values, workbench):
    return "not a network"


class Own:
    """A class that the window does not have."""


def strange(image, reference):
    return Own()


def brightness(image, reference):
    return float(image.mean())
