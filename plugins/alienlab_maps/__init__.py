"""Iterated maps: a plugin of AlienLab."""
