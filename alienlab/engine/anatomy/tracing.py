"""Data flow of a network, traced in one forward pass.

Every tensor carries its sources: the modules (or inputs) whose output it was made from without another module
in between. A residual sum has the sources of both its terms. Works on the meta device, where a pass costs
neither memory nor arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_leaves

from alienlab.domain.anatomy import Flow, Stage
from alienlab.engine.anatomy.names import stage_of

LATENT, TEXT, TIME = "latent", "text", "time"
INPUTS = (LATENT, TEXT, TIME)

Sources = frozenset[tuple[str, Flow]]
"""From where, and how; both a direct flow and a skip may lead from one module to another."""


@dataclass
class Trace:
    """What one forward pass showed."""

    order: list[str] = field(default_factory=list)
    """Paths of the modules that ran, in the order in which they first ran."""
    flows: list[tuple[str, str, Flow]] = field(default_factory=list)
    """(source, target, flow) in the order in which the targets ran."""
    heights: dict[str, int] = field(default_factory=dict)
    """Height of the feature map last computed when a module had run, in latent pixels."""


def modules_with_parameters(network: nn.Module) -> Iterator[tuple[str, nn.Module]]:
    """Path and module for every module that owns parameters itself."""
    for path, module in network.named_modules():
        if next(module.parameters(recurse=False), None) is not None:
            yield path, module


def trace(network: nn.Module, forward: Callable[[], object], inputs: Mapping[str, torch.Tensor]) -> Trace:
    """Run ``forward`` once, which passes ``inputs`` (by name) through ``network``."""
    recorder = _Recorder(height=inputs[LATENT].shape[-2])
    for name, tensor in inputs.items():
        recorder.assign(tensor, frozenset({(name, Flow.DIRECT)}))
    hooks = []
    try:
        for path, module in modules_with_parameters(network):
            hooks.append(module.register_forward_pre_hook(recorder.before(path), with_kwargs=True))
            hooks.append(module.register_forward_hook(recorder.after(path)))
        with torch.no_grad(), recorder:
            forward()
    finally:
        for hook in hooks:
            hook.remove()
    return recorder.trace


class _Recorder(TorchFunctionMode):
    """Sees every torch function and hands the sources of its arguments on to its results."""

    def __init__(self, *, height: int) -> None:
        super().__init__()
        self.trace = Trace()
        self._height = height
        # The tensors are kept, because the identity of a dead one would be given to another.
        self._sources: dict[int, tuple[torch.Tensor, Sources]] = {}

    def assign(self, tensor: torch.Tensor, sources: Sources) -> None:
        self._sources[id(tensor)] = (tensor, sources)

    def sources(self, values: object) -> Sources:
        """Sources of all tensors in a nest of arguments."""
        return _union(self._sources[id(tensor)][1] for tensor in _tensors(values) if id(tensor) in self._sources)

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        result = func(*args, **kwargs)
        results = _tensors(result)
        if results:
            sources = self._concatenated(args, kwargs) if func is torch.cat else self.sources((args, kwargs))
            for tensor in results:
                self.assign(tensor, sources)
        return result

    def _concatenated(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Sources:
        """Where the decoder joins what the encoder put aside, that part arrives across a skip connection.

        It counts as coming from the one module that finished it.
        """
        parts = [self.sources(part) for part in (args[0] if args else kwargs["tensors"])]
        if any(_is_of_decoder(part) for part in parts):
            parts = [self._skipped(part) if _is_of_encoder(part) else part for part in parts]
        return _union(parts)

    def _skipped(self, part: Sources) -> Sources:
        return frozenset({(max((source for source, _ in part), key=self.trace.order.index), Flow.SKIP)})

    def _by_order(self, sources: Sources) -> list[tuple[str, Flow]]:
        places = {path: place for place, path in enumerate((*INPUTS, *self.trace.order))}
        return sorted(sources, key=lambda entry: (places[entry[0]], entry[1]))

    def before(self, path: str) -> Callable[..., None]:
        def hook(module: nn.Module, args: object, kwargs: object) -> None:
            if path not in self.trace.order:
                self.trace.order.append(path)
            arrived = [(source, path, flow) for source, flow in self._by_order(self.sources((args, kwargs)))]
            self.trace.flows += [flow for flow in arrived if flow not in self.trace.flows]

        return hook

    def after(self, path: str) -> Callable[..., None]:
        def hook(module: nn.Module, args: object, output: object) -> None:
            for tensor in _tensors(output):
                self.assign(tensor, frozenset({(path, Flow.DIRECT)}))
                if tensor.ndim == 4:
                    self._height = tensor.shape[-2]
            self.trace.heights[path] = self._height

        return hook


def _tensors(values: object) -> list[torch.Tensor]:
    return [leaf for leaf in tree_leaves(values) if isinstance(leaf, torch.Tensor)]


def _union(parts: Iterable[Sources]) -> Sources:
    return frozenset().union(*parts)


def _is_of_encoder(part: Sources) -> bool:
    return bool(part) and all(source not in INPUTS and stage_of(source) is Stage.ENCODER for source, _ in part)


def _is_of_decoder(part: Sources) -> bool:
    return any(source not in INPUTS and stage_of(source) in (Stage.MIDDLE, Stage.DECODER) for source, _ in part)
