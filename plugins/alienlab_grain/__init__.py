"""Grain: a plugin of AlienLab."""
