"""Says what an image is of, and how far two images are apart: a CLIP, small or large."""
