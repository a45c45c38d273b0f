"""Latent pixels: a plugin of AlienLab."""
