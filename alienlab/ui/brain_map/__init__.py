"""The brain map: all modules of a brain as a U."""

from alienlab.ui.brain_map.brain_map import BrainMap

__all__ = ["BrainMap"]
