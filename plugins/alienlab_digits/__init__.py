"""Digits as attractors: a plugin of AlienLab."""
