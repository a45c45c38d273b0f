"""What sets the parameters of a laboratory: an editor for each kind."""
