"""Cellular automata: a plugin of AlienLab."""
