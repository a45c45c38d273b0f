"""Who compiles passes, keeps them, and steps back where that fails."""

from __future__ import annotations

import logging
from typing import Any

from alienlab.engine.compiled.passes import Compile, CompiledPasses, PassShape, compiled
from alienlab.engine.passes import HookedPasses, Passes

_log = logging.getLogger(__name__)
KEPT = 8
"""Programs that are kept, the latest used: each holds memory for what it computes."""


class PassCompiler:
    """Compiles a UNet's passes at the first batch of each shape. After a failure all passes run as usual."""

    def __init__(self, compile: Compile = compiled) -> None:
        self._compile = compile
        self._programs: dict[tuple[Any, PassShape], CompiledPasses] = {}
        self._failed = False

    def will_compile(self, unet: Any, shape: PassShape) -> bool:
        """Whether ``passes`` is going to take its time."""
        return not self._failed and (unet, shape) not in self._programs

    def passes(self, unet: Any, shape: PassShape) -> Passes:
        """For a batch that ``fits``; the first after a failure say so in their notes."""
        if self._failed:
            return HookedPasses(unet)
        try:
            return self._remember((unet, shape))
        except Exception as error:  # whatever goes wrong in a compiler: the passes can do without
            if "out of memory" in str(error):
                raise  # smaller batches help
            self._failed = True
            self._programs.clear()
            note = f"The UNet's passes could not be compiled and ran as usual: {_reason(error)}."
        _log.warning(note)
        return HookedPasses(unet, (note,))

    def _remember(self, key: tuple[Any, PassShape]) -> CompiledPasses:
        program = self._programs.pop(key, None) or CompiledPasses(*key, self._compile)
        self._programs[key] = program
        if len(self._programs) > KEPT:
            del self._programs[next(iter(self._programs))]
        return program


def _reason(error: BaseException) -> str:
    """The first line of what was raised within the compiler."""
    inner = getattr(error, "inner_exception", error)
    return (str(inner).strip().partition("\n")[0] or type(inner).__name__).rstrip(".")
