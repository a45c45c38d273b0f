"""Plugins and their laboratories: what they declare, what they are asked, and what they show."""
