"""The toy world: seeded, captioned scenes, drawn with numpy and Pillow alone."""
