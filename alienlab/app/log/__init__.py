"""What the session log is shown from: records in pages, thumbnails, what a filter lets through."""
