"""The geometry of concept space: what expressions mean as arrays, and walks through them."""
