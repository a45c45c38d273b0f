"""Proof that a brain was restored: its weights hash to what they hashed to when it was opened."""

from __future__ import annotations

import hashlib

import torch
from torch import nn


def weight_hash(module: nn.Module) -> str:
    """SHA-256 over names and bytes of all parameters and buffers."""
    digest = hashlib.sha256()
    for name, tensor in _tensors(module):
        digest.update(name.encode())
        raw = tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8)
        digest.update(raw.numpy().data)
    return digest.hexdigest()


class IntegrityCheck:
    """Tells whether a module's weights are what they were at construction.

    Every write to a tensor through torch raises its version number, so tensors whose versions have not moved
    since the last full hash need not be hashed again.
    """

    def __init__(self, module: nn.Module) -> None:
        self._module = module
        self._hash = weight_hash(module)
        self._versions = self._current_versions()

    def is_intact(self) -> bool:
        """Whether the weights are bit for bit the original ones."""
        versions = self._current_versions()
        if versions != self._versions:
            if weight_hash(self._module) != self._hash:
                return False
            self._versions = versions
        return True

    def _current_versions(self) -> list[tuple[str, int, int]]:
        return [(name, tensor.data_ptr(), tensor._version) for name, tensor in _tensors(self._module)]


def _tensors(module: nn.Module) -> list[tuple[str, torch.Tensor]]:
    return sorted([*module.named_parameters(), *module.named_buffers()], key=lambda entry: entry[0])
