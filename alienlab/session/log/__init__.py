"""The log of a session: its database, and what is kept in it beside images."""
