"""Tools that lay two images over each other."""
