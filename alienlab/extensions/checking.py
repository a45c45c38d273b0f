"""Checks what plugins return before it travels on: what is malformed is named here, as the plugin's fault."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import PurePath
from typing import Any

import numpy as np

from alienlab.domain.errors import RecipeError
from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.domain.laboratories.exhibits import (
    Cloud,
    Curve,
    Exhibit,
    Film,
    Handle,
    Main,
    Picture,
    Plot,
    Reading,
    Scale,
    Wall,
)
from alienlab.domain.laboratories.ports import PluginFailed
from alienlab.domain.recipe import MAX_SIDE

LONGEST_TEXT = 4000
MOST_BYTES = 512 * 2**20
"""Of all arrays of an exhibit."""
MOST_PARTS = 400_000
MOST_PICTURES, MOST_CURVES, MOST_READINGS = 4096, 1000, 1000

_SIMPLE = (type(None), bool, int, float, str, bytes)


class _Malformed(Exception):
    """What is wrong, without the plugin's name."""


def check_exhibit(exhibit: Any, laboratory: Laboratory) -> None:
    """Raises PluginFailed where it is not an Exhibit that can be shown."""
    try:
        _require(type(exhibit) is Exhibit, f"an experiment returns an Exhibit, not {_kind(exhibit)}")
        _check_plain(exhibit)
        _require(_size(exhibit) <= MOST_BYTES, f"it is larger than {MOST_BYTES // 2**20} MiB")
        _check_main(exhibit.main, laboratory)
        _each(exhibit.plots, Plot, MOST_CURVES, "plots")
        for plot in exhibit.plots:
            _check_plot(plot, laboratory)
        _each(exhibit.readings, Reading, MOST_READINGS, "readings")
        for reading in exhibit.readings:
            _require(isinstance(reading.value, str | int | float | np.number), "a reading is a number or a text")
        _check_texts(exhibit)
    except _Malformed as error:
        plugin = laboratory.plugin
        raise PluginFailed(plugin, f"The plugin {plugin} returned something that cannot be shown: {error}.") from error


def check_plain(value: Any, plugin: str, name: str) -> None:
    """Raises PluginFailed for a value that cannot travel to the window without the plugin's own code."""
    try:
        _check_plain(value)
        _require(_size(value) <= MOST_BYTES, f"it is larger than {MOST_BYTES // 2**20} MiB")
    except _Malformed as error:
        raise PluginFailed(plugin, f"The plugin {plugin} returned a strange value for {name}: {error}.") from error


def _check_main(main: Main, laboratory: Laboratory) -> None:
    match main:
        case Picture():
            _check_picture(main, laboratory)
        case Wall(pictures=pictures, columns=columns):
            _each(pictures, Picture, MOST_PICTURES, "pictures")
            _require(bool(pictures), "a wall needs a picture")
            _require(type(columns) is int and columns >= 1, "a wall needs at least one column")
            for picture in pictures:
                _check_picture(picture, laboratory)
        case Film(frames=frames, seconds=seconds):
            _require(isinstance(frames, tuple) and bool(frames), "a film needs frames, in a tuple")
            for frame in frames:
                _check_pixels(frame)
            _require(len({frame.shape for frame in frames}) == 1, "the frames of a film have one size")
            _require(0.01 <= seconds <= 60, "the frames of a film take from 0.01 to 60 seconds")
        case Cloud(points=points, colours=colours):
            _check_cloud(points, colours)
        case Plot():
            _check_plot(main, laboratory)
        case _:
            raise _Malformed(f"the main part is a Picture, Wall, Film, Cloud or Plot, not {_kind(main)}")


def _check_picture(picture: Picture, laboratory: Laboratory) -> None:
    _check_pixels(picture.pixels)
    for scale in (picture.x, picture.y):
        if scale is not None:
            _check_scale(scale)
    _check_handles(picture.handles, laboratory)
    known = {parameter.id: parameter for parameter in laboratory.parameters}
    for id_, value in picture.sets.items():
        _require(id_ in known, f"a picture sets the parameter {id_!r}, which is not there")
        try:
            known[id_].check(value)
        except RecipeError as error:
            raise _Malformed(f"a picture sets a wrong value: {str(error).rstrip('.')}") from error


def _check_pixels(pixels: Any) -> None:
    _require(type(pixels) is np.ndarray, f"pixels are a numpy array, not {_kind(pixels)}")
    shape, dtype = pixels.shape, pixels.dtype
    _require(dtype == np.uint8, f"pixels are bytes (uint8), not {dtype}: to_bytes makes them of numbers from 0 to 1")
    _require(len(shape) == 3 and shape[2] == 3, f"pixels have the shape [height, width, 3], not {list(shape)}")
    _require(min(shape) > 0 and max(shape) <= MAX_SIDE, f"a picture's sides are from 1 to {MAX_SIDE} pixels")


def _check_cloud(points: Any, colours: Any) -> None:
    _require(isinstance(points, np.ndarray) and points.ndim == 2 and points.shape[1] == 3, "points are [n, 3]")
    _require(points.dtype == np.float32, f"points are float32, not {points.dtype}")
    _require(bool(np.isfinite(points).all()), "points must be finite")
    _require(isinstance(colours, np.ndarray) and colours.shape == points.shape, "each point needs a colour")
    _require(colours.dtype == np.uint8, f"colours are bytes (uint8), not {colours.dtype}")


def _check_plot(plot: Plot, laboratory: Laboratory) -> None:
    _each(plot.curves, Curve, MOST_CURVES, "curves")
    for curve in plot.curves:
        for values in (curve.x, curve.y):
            is_row = isinstance(values, np.ndarray) and values.ndim == 1 and values.dtype.kind in "fiub"
            _require(is_row, f"the curve {curve.name!r} needs rows of numbers")
        _require(len(curve.x) == len(curve.y), f"the curve {curve.name!r} needs as many x as y")
        _require(bool(np.isfinite(curve.x).all()), f"the curve {curve.name!r} has an x that is not finite")
    for scale in (plot.x, plot.y):
        _check_scale(scale)
    _check_handles(plot.handles, laboratory)


def _check_scale(scale: Any) -> None:
    _require(type(scale) is Scale, f"an axis is a Scale, not {_kind(scale)}")
    _require(math.isfinite(scale.low) and math.isfinite(scale.high), f"the axis {scale.title!r} must have finite ends")


def _check_handles(handles: Any, laboratory: Laboratory) -> None:
    _each(handles, Handle, 100, "handles")
    known = {parameter.id for parameter in laboratory.parameters}
    for handle in handles:
        _require(handle.parameter in known, f"a handle moves the parameter {handle.parameter!r}, which is not there")


def _each(values: Any, kind: type, most: int, what: str) -> None:
    _require(isinstance(values, tuple), f"{what} are given as a tuple, not {_kind(values)}")
    _require(len(values) <= most, f"there are more than {most:,} {what}")
    for value in values:
        _require(type(value) is kind, f"{what} must be of type {kind.__name__}, not {_kind(value)}")


def _check_texts(value: Any) -> None:
    for text in _parts(value):
        if isinstance(text, str):
            _require(len(text) <= LONGEST_TEXT, f"a text has more than {LONGEST_TEXT:,} letters")


def _check_plain(value: Any) -> None:
    """Only types that need none of the plugin's code to be read."""
    for part in _parts(value):
        if isinstance(part, np.ndarray | np.generic):
            _require(part.dtype.kind in "biufcSU", f"an array of {part.dtype} cannot travel")
            _require(not isinstance(part, np.ndarray) or type(part) is np.ndarray, f"{_kind(part)} cannot travel")
        else:
            is_plain = type(part) in _SIMPLE or _is_known(part) or _is_alienlabs(part)
            _require(is_plain or type(part) in (tuple, list, dict), f"{_kind(part)} cannot travel")


def _parts(value: Any) -> Iterable[Any]:
    """The value and all that it holds."""
    left = [value]
    seen = 0
    while left:
        part = left.pop()
        seen += 1
        _require(seen <= MOST_PARTS, f"it has more than {MOST_PARTS:,} parts")
        yield part
        if type(part) in (tuple, list):
            left.extend(part)
        elif type(part) is dict:
            left.extend((*part.keys(), *part.values()))
        elif _is_alienlabs(part):
            left.extend(getattr(part, field.name) for field in fields(part))


def _is_known(value: Any) -> bool:
    """Whether it is a path, or one of AlienLab's words; a class of the plugin's own would have to be imported."""
    return isinstance(value, PurePath | Enum) and type(value).__module__.partition(".")[0] in ("pathlib", "alienlab")


def _is_alienlabs(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, type) and type(value).__module__.startswith("alienlab.")


def _size(value: Any) -> int:
    return sum(part.nbytes for part in _parts(value) if isinstance(part, np.ndarray))


def _kind(value: Any) -> str:
    return f"a {type(value).__name__}" if value is not None else "nothing"


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise _Malformed(otherwise)
