"""Mechanical attractors: a plugin of AlienLab."""
