"""Finds, loads and isolates plugins."""
