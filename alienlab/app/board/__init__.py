"""The board of pinned images."""
