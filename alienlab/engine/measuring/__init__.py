"""Looks at images: what they are of, and how far they are from others."""
