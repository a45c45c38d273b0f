"""What can go wrong in training and can be mended by its user."""

from __future__ import annotations

from alienlab.domain.errors import AlienLabError


class TrainingError(AlienLabError):
    """A sprite, a checkpoint, memory or disk is not as training needs it; the message says what to do."""
