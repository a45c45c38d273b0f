"""When the Live switch asks for previews and renders."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from alienlab.app.live import Live

NEVER_MS = 1_000_000


def test_previews_come_while_the_hand_moves_and_the_render_waits_for_rest(qtbot: QtBot) -> None:
    live = Live(preview_delay_ms=5, settle_delay_ms=NEVER_MS)
    live.set_enabled(True)
    moving = QTimer(live)
    moving.timeout.connect(live.touch)
    moving.start(0)
    for _ in range(3):
        with qtbot.waitSignal(live.preview_due):
            pass
    assert live.is_pending


def test_the_render_comes_once_after_the_last_change(qtbot: QtBot) -> None:
    live = Live(preview_delay_ms=NEVER_MS, settle_delay_ms=5)
    due: list[None] = []
    live.render_due.connect(lambda: due.append(None))
    live.set_enabled(True)
    with qtbot.waitSignal(live.render_due):
        for _ in range(10):
            live.touch()
    live.rest()
    assert len(due) == 1
    assert not live.is_pending


def test_nothing_is_due_while_the_switch_is_off(qtbot: QtBot) -> None:
    live = Live(preview_delay_ms=0, settle_delay_ms=0)
    with qtbot.waitSignal(live.touched):
        live.touch()
    assert not live.is_pending
