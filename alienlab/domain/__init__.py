"""Pure: standard library, numpy, networkx."""
