"""The page of the session log: filter, gallery, list and details."""
