"""Reads the anatomy of a network: modules, kinds, roles, and the flow of data between them."""
