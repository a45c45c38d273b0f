"""The comparison canvas."""
