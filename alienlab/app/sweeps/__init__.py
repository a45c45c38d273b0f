"""Sweeps in the window: running them, and models of their results."""
