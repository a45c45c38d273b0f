"""Menus and dialogs of what plugins offer beside laboratories."""
