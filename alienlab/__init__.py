"""AlienLab: a laboratory for artificial neuroscience on text-to-image diffusion models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alienlab.lab import Lab

__all__ = ["Lab", "__version__"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import ``Lab`` on first use, so that the window does not wait for torch."""
    if name == "Lab":
        from alienlab.lab import Lab

        return Lab
    raise AttributeError(f"module 'alienlab' has no attribute {name!r}")
