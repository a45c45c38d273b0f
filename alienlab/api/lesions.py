"""Lesions of everything, for experiments in which there is more and more of one."""

from __future__ import annotations


def lesion_of_all(kind: str, *, seed: int) -> str:
    """The text of a lesion of every weight of a network, to be given a dose.

    ``noise`` is randomness instead of it, ``fading`` zero, ``growing`` twice its strength. Raises KeyError for others.
    """
    return {"noise": f"*:randomize@{seed}", "fading": "*:zero", "growing": "*:scale=2"}[kind]
