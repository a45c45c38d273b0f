"""What goes wrong with offers."""

import os
import time

import numpy as np


def raises(weights, amount, random):
    weights[...] = 0
    raise ValueError("the weights are heavy")


def shape(weights, amount, random):
    return weights.reshape(-1)[:1]


def nan(weights, amount, random):
    return weights * np.float32("nan")


def nothing(weights, amount, random):
    return None


def endless(weights, amount, random):
    while True:
        time.sleep(0.05)  # without end is what is tested; a busy loop would take the core from the test


def ends(weights, amount, random):
    os._exit(3)


def measure_raises(image, reference):
    raise ValueError("there is nothing to measure")


def word(image, reference):
    return "much"


def strange(modules):
    return "abc"


def half(renders, file, workbench):
    file.write_text("half", encoding="utf-8")
    raise OSError("the pen broke")


def writes_nothing(renders, file, workbench):
    pass


def silent(images, words):
    return [[] for _ in images]
