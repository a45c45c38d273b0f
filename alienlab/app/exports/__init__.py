"""What leaves the laboratory as a sheet or an animation."""
