"""Statistics of natural images: a plugin of AlienLab."""
