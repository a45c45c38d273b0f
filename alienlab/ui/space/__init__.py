"""Concept space in the window."""
