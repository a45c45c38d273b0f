"""Files and SQLite: the log, images with their recipes, sheets, settings, paths."""
