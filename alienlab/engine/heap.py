"""How the C library hands out memory."""

from __future__ import annotations

import ctypes
import platform

_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_THRESHOLD = -1, -2, -3  # of glibc's malloc.h
_KEPT = 2**30
"""Bytes: blocks up to this size come from the heap, and so much free heap stays with the process."""
_TOP_PAD = 64 * 2**20


def keep_freed_memory() -> bool:
    """Let glibc keep what tensors leave behind; returns whether it could be asked to.

    By default every large tensor is mapped anew, and its first write waits for each page: a fifth of the time of a
    pass on two cores. Other C libraries are left as they are.
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    library = ctypes.CDLL(None)
    settings = ((_M_MMAP_THRESHOLD, _KEPT), (_M_TRIM_THRESHOLD, _KEPT), (_M_TOP_PAD, _TOP_PAD))
    accepted = [library.mallopt(name, value) == 1 for name, value in settings]
    return all(accepted)
