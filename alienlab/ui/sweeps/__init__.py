"""The results of sweeps: a wall of images, a table, plots."""
