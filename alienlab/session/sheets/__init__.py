"""Comparison sheets and films of what a session holds."""
