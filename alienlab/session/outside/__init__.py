"""Images that other programs made, or that lost their session."""
