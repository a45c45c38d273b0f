"""What is remembered of brains between starts."""
