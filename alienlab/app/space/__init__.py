"""The plane through concept space: which one, which of its tiles are wanted, and their images."""
