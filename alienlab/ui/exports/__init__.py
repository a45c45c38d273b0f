"""Dialogs in which sheets and animations are put together."""
