"""Draws the toy world and trains the embedded brain on it."""
