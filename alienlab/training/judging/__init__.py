"""How good a brain is: figures and sheets."""
