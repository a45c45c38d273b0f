"""The parts of a brain, and what each of them learns from."""
