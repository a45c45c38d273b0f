"""Where labels of renders are written."""
