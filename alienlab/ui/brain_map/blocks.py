"""Groups an anatomy as the map shows it: blocks of segments of groups of modules.

A block is an outer region (``down_blocks.0``), a segment a region directly inside it (``resnets.0``), and a
group what belongs together in a segment: in networks that normalise first, a norm and what it feeds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alienlab.domain.anatomy import Anatomy, Kind, Module, Stage

_LOOSE_TITLES = {Stage.TIME: "time", Stage.ENCODER: "input", Stage.MIDDLE: "middle", Stage.DECODER: "output"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A region inside a block; ``region`` is its whole path."""

    region: str
    groups: tuple[tuple[Module, ...], ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(module.path for group in self.groups for module in group)


@dataclass(frozen=True, slots=True)
class Block:
    """An outer region; ``region`` is empty for modules that stand at the top of the tree."""

    title: str
    region: str
    stage: Stage
    level: int
    segments: tuple[Segment, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(path for segment in self.segments for path in segment.paths)


def blocks_of(anatomy: Anatomy) -> tuple[Block, ...]:
    """All blocks, in the order in which they are first reached."""
    gathered: dict[tuple[Stage, str], list[Module]] = {}
    for module in sorted(anatomy, key=lambda module: module.order):
        gathered.setdefault((module.stage, _block_region(module)), []).append(module)
    return tuple(_block(stage, region, modules) for (stage, region), modules in gathered.items())


def _block(stage: Stage, region: str, modules: list[Module]) -> Block:
    gathered: dict[str, list[Module]] = {}
    for module in modules:
        gathered.setdefault(_segment_region(module, region), []).append(module)
    segments = tuple(Segment(inner, _groups(inside)) for inner, inside in gathered.items())
    title = region or _LOOSE_TITLES[stage]
    return Block(title, region, stage, modules[0].level, segments)


def _block_region(module: Module) -> str:
    parts = module.path.split(".")[:-1]
    return _head(parts)


def _segment_region(module: Module, block: str) -> str:
    parts = module.region.removeprefix(block).strip(".").split(".")
    return ".".join(part for part in (block, _head(parts)) if part)


def _head(parts: list[str]) -> str:
    """The first name of a path, with its number where it has one: ``down_blocks.0``, ``mid_block``."""
    numbered = len(parts) > 1 and parts[1].isdigit()
    return ".".join(parts[: 2 if numbered else 1])


def _groups(modules: Iterable[Module]) -> tuple[tuple[Module, ...], ...]:
    groups: list[list[Module]] = []
    for module in modules:
        if not groups or module.kind is Kind.NORM:
            groups.append([])
        groups[-1].append(module)
    return tuple(map(tuple, groups))
