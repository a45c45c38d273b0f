"""Alters a mind: what lesions make of weights, for single rows or in place, and the proof that they are undone."""
