"""The laboratory from Python: for notebooks, scripts and the command line."""

from alienlab.lab.lab import Lab, Render, RenderOptions

__all__ = ["Lab", "Render", "RenderOptions"]
