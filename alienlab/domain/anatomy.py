"""The anatomy of a brain: its modules, their regions, and the data flow between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

import networkx as nx

ANATOMY_VERSION = 1


class Kind(StrEnum):
    """What a module computes."""

    CONV = "conv"
    LINEAR = "linear"
    NORM = "norm"
    EMBEDDING = "embedding"
    OTHER = "other"


class Role(StrEnum):
    """What a module is for, within its region."""

    Q = "q"
    K = "k"
    V = "v"
    OUT = "out"
    FF = "ff"
    RESNET = "resnet"
    SHORTCUT = "shortcut"
    TIME = "time"
    NORM = "norm"
    PROJECTION = "projection"
    SAMPLER = "sampler"
    INPUT = "input"
    OUTPUT = "output"
    OTHER = "other"


class Stage(StrEnum):
    """The part of the U that a module stands in."""

    TIME = "time"
    ENCODER = "encoder"
    MIDDLE = "middle"
    DECODER = "decoder"


class Flow(StrEnum):
    """How data reaches a module: along the network, or across a skip connection."""

    DIRECT = "direct"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class WeightStatistics:
    """Summary of a module's weight tensor (without bias), in fp32.

    ``counts`` has 32 equal bins between ``low`` and ``high``.
    """

    mean: float
    std: float
    low: float
    high: float
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Module:
    """A leaf module with parameters of its own."""

    path: str
    kind: Kind
    role: Role
    stage: Stage
    level: int
    """Halvings of resolution at which it works: 0 is the full latent."""
    order: int
    """Place in the order of execution, from 0."""
    depth: int
    """Modules on the longest path of data flow from the latent to this one."""
    shapes: Mapping[str, tuple[int, ...]]
    """Shape of each of its parameter tensors, by name (``weight``, ``bias``)."""
    weights: WeightStatistics | None = None

    @property
    def region(self) -> str:
        """Dotted path of the region that holds it; empty at the top."""
        return self.path.rpartition(".")[0]

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def parameters(self) -> int:
        """Number of parameters, all tensors together."""
        return sum(_product(shape) for shape in self.shapes.values())

    @property
    def has_bias(self) -> bool:
        return "bias" in self.shapes


@dataclass(frozen=True)
class Anatomy:
    """All modules of a brain in execution order, and the data flow between them.

    ``flows`` holds (source, target, flow); a source is a module path or one of the inputs
    ``latent``, ``text`` and ``time``.
    """

    modules: tuple[Module, ...]
    flows: tuple[tuple[str, str, Flow], ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.modules)

    def __iter__(self) -> Iterator[Module]:
        return iter(self.modules)

    def __getitem__(self, path: str) -> Module:
        return self._by_path[path]

    def __contains__(self, path: object) -> bool:
        return path in self._by_path

    @cached_property
    def _by_path(self) -> dict[str, Module]:
        return {module.path: module for module in self.modules}

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Module paths in execution order."""
        return tuple(self._by_path)

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Every region's path, an outer one before those inside it, in execution order."""
        seen: dict[str, None] = {}
        for path in self.paths:
            parts = path.split(".")[:-1]
            for end in range(1, len(parts) + 1):
                seen.setdefault(".".join(parts[:end]))
        return tuple(seen)

    @property
    def parameters(self) -> int:
        """Number of parameters of the whole brain."""
        return sum(module.parameters for module in self.modules)

    def within(self, region: str) -> tuple[str, ...]:
        """Paths of the modules inside ``region``, in execution order; all of them for ``""``."""
        return self._by_region.get(region, ()) if region else self.paths

    @cached_property
    def _by_region(self) -> dict[str, tuple[str, ...]]:
        inside: dict[str, list[str]] = {}
        for path in self.paths:
            parts = path.split(".")
            for end in range(1, len(parts)):
                inside.setdefault(".".join(parts[:end]), []).append(path)
        return {region: tuple(paths) for region, paths in inside.items()}

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """Data flow as a networkx graph.

        Nodes are module paths (attribute ``module``) and the inputs ``latent``, ``text``, ``time``
        (``module`` is None); edges carry ``flow``.
        """
        graph = nx.MultiDiGraph()
        for module in self.modules:
            graph.add_node(module.path, module=module)
        for source, target, flow in self.flows:
            if source not in graph:
                graph.add_node(source, module=None)
            graph.add_edge(source, target, flow=flow)
        return graph

    def to_json(self) -> dict[str, Any]:
        """A JSON object that ``from_json`` reads back to an equal anatomy."""
        return {
            "version": ANATOMY_VERSION,
            "modules": [_module_to_json(module) for module in self.modules],
            "flows": [[source, target, str(flow)] for source, target, flow in self.flows],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Anatomy:
        """Raise ValueError where ``data`` is of another version or malformed."""
        if data.get("version") != ANATOMY_VERSION:
            raise ValueError(f"anatomy of version {data.get('version')!r}, not {ANATOMY_VERSION}")
        try:
            modules = tuple(_module_from_json(entry) for entry in data["modules"])
            flows = tuple((source, target, Flow(flow)) for source, target, flow in data["flows"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"malformed anatomy: {error}") from error
        return cls(modules, flows)


def _module_to_json(module: Module) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "path": module.path,
        "kind": str(module.kind),
        "role": str(module.role),
        "stage": str(module.stage),
        "level": module.level,
        "order": module.order,
        "depth": module.depth,
        "parameters": module.parameters,
        "shapes": {name: list(shape) for name, shape in module.shapes.items()},
    }
    if module.weights is not None:
        statistics = module.weights
        entry["weights"] = {
            "mean": statistics.mean,
            "std": statistics.std,
            "low": statistics.low,
            "high": statistics.high,
            "counts": list(statistics.counts),
        }
    return entry


def _module_from_json(entry: Mapping[str, Any]) -> Module:
    weights = entry.get("weights")
    return Module(
        path=entry["path"],
        kind=Kind(entry["kind"]),
        role=Role(entry["role"]),
        stage=Stage(entry["stage"]),
        level=int(entry["level"]),
        order=int(entry["order"]),
        depth=int(entry["depth"]),
        shapes={name: tuple(shape) for name, shape in entry["shapes"].items()},
        weights=None if weights is None else WeightStatistics(**{**weights, "counts": tuple(weights["counts"])}),
    )


def _product(shape: Iterable[int]) -> int:
    product = 1
    for length in shape:
        product *= length
    return product
