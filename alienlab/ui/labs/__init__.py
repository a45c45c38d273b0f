"""The tab of laboratories: a gallery, and a page for each with what it shows and what it is set to."""
