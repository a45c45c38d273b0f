"""The page of the canvas on which images are pinned."""
