"""Sweeps: ordered sets of recipes, what they are made of, and how they are carried out."""
