"""Torch, diffusers, transformers: opens brains, alters them, denoises."""
