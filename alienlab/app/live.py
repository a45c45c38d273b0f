"""The Live switch: when a change is to be previewed, and when to be rendered."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

PREVIEW_STEPS = 4
PREVIEW_DELAY_MS = 120
"""From the first of a row of changes to its preview; while a slider moves, previews follow it at this pace."""
PREVIEW_PATIENCE_MS = 400
"""How long a preview may take before one of newer settings replaces it."""
SETTLE_DELAY_MS = 650
"""How long the hand must rest before the full render."""


class Live(QObject):
    """Debounces changes. What it asks for is done elsewhere."""

    touched = Signal()
    """Something changed; once for all changes of one turn of the event loop."""
    preview_due = Signal()
    render_due = Signal()
    enabled_changed = Signal(bool)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        preview_delay_ms: int = PREVIEW_DELAY_MS,
        settle_delay_ms: int = SETTLE_DELAY_MS,
    ) -> None:
        super().__init__(parent)
        self._enabled = False
        self._touch = self._timer(0, self.touched)
        self._preview = self._timer(preview_delay_ms, self.preview_due)
        self._settle = self._timer(settle_delay_ms, self.render_due)

    @property
    def enabled(self) -> bool:
        return self._enabled

    @property
    def is_pending(self) -> bool:
        """Whether a preview or a render is still to be asked for."""
        return self._preview.isActive() or self._settle.isActive()

    def set_enabled(self, enabled: bool) -> None:
        if enabled == self._enabled:
            return
        self._enabled = enabled
        if not enabled:
            self.rest()
        self.enabled_changed.emit(enabled)
        if enabled:
            self.touch()

    def touch(self) -> None:
        """Something changed that decides the image."""
        self._touch.start()
        if self._enabled:
            if not self._preview.isActive():
                self._preview.start()
            self._settle.start()

    def postpone_preview(self) -> None:
        """Ask for the preview once more, a little later."""
        if self._enabled:
            self._preview.start()

    def rest(self) -> None:
        """Nothing more is due: what changed has been dealt with."""
        self._preview.stop()
        self._settle.stop()

    def _timer(self, interval_ms: int, signal: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(signal)
        return timer
