"""Laboratories of plugins at work: the thread that asks their process, and what is on each bench."""
