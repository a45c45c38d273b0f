"""Opens brains: from a folder or the hub, checked before anything is believed."""
