"""How networks learn: the loop that all stages share, with its optimiser, processes and checkpoints."""
