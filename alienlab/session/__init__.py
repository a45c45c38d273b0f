"""Files and SQLite: what is remembered and exported."""
