"""The camera: what is pointed at stays there while zooming."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF
from pytest import approx

from alienlab.ui.brain_map.camera import CLOSEST, Camera
from alienlab.ui.brain_map.geometry import Box

CAMERAS = st.builds(Camera, st.floats(0.1, 10), st.floats(-2000, 2000), st.floats(-2000, 2000))
POINTS = st.builds(QPointF, st.floats(0, 1440), st.floats(0, 900))


@given(CAMERAS, POINTS, st.floats(0.2, 5))
def test_zooming_keeps_what_is_under_the_pointer(camera: Camera, pointer: QPointF, factor: float) -> None:
    before = camera.to_map(pointer)
    after = camera.zoomed(factor, pointer, farthest=0.05).to_map(pointer)
    assert after == approx(before, abs=1e-6)


def test_zooming_ends_somewhere() -> None:
    camera = Camera()
    for _ in range(100):
        camera = camera.zoomed(2, QPointF(10, 10), farthest=0.5)
    assert camera.scale == CLOSEST
    for _ in range(100):
        camera = camera.zoomed(0.5, QPointF(10, 10), farthest=0.5)
    assert camera.scale == 0.5


@given(st.floats(1, 3000), st.floats(1, 3000), st.floats(50, 3000), st.floats(50, 3000))
def test_fitting_shows_everything_in_the_middle(width: float, height: float, across: float, down: float) -> None:
    camera = Camera.fitted(QSizeF(width, height), QSizeF(across, down))
    shown = camera.to_view(Box(0, 0, width, height))
    assert QRectF(-0.01, -0.01, across + 0.02, down + 0.02).contains(shown)
    assert shown.center().x() == approx(across / 2) and shown.center().y() == approx(down / 2)


@given(CAMERAS)
def test_the_map_cannot_be_lost(camera: Camera) -> None:
    kept = camera.kept_near(QSizeF(640, 500), QSizeF(800, 600))
    assert kept.to_view(Box(0, 0, 640, 500)).adjusted(-0.01, -0.01, 0.01, 0.01).contains(QPointF(400, 300))


@given(CAMERAS, st.floats(0, 500), st.floats(0, 500))
def test_boxes_go_there_and_back(camera: Camera, x: float, y: float) -> None:
    box = camera.to_box(camera.to_view(Box(x, y, 14, 10)))
    assert (box.x, box.y, box.width, box.height) == approx((x, y, 14, 10), abs=1e-6)
