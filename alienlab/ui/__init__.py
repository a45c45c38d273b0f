"""Widgets: each panel takes its model in the constructor."""
