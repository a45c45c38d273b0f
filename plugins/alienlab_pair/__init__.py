"""Two images, one noise: a plugin of AlienLab."""
